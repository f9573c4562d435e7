/** The one factory of rules: documentation link, settings, type services, and no listeners where no AWS SDK is in reach. */
import { ESLintUtils, type TSESLint } from "@typescript-eslint/utils";
import { isSdkInReach } from "./model/sdk/reach.ts";
import { lintView } from "./model/program/lint-view.ts";
import { type FileInSight, fileInSight, type Unit, unitOfContext } from "./model/program/unit.ts";
import { readSettings } from "./settings.ts";

export interface RuleDocs {
  readonly description: string;
  /** Presets that the rule belongs to, beside `all`. A new rule starts with none. */
  readonly presets: readonly ("recommended" | "strict")[];
  readonly requiresTypeChecking: true;
}

type Context<MessageIds extends string, Options extends readonly unknown[]> = Readonly<
  TSESLint.RuleContext<MessageIds, Options>
>;

interface ConnectRule<MessageIds extends string, Options extends readonly unknown[]> {
  readonly name: string;
  readonly meta: Omit<TSESLint.RuleMetaData<MessageIds, RuleDocs, Options>, "docs"> & {
    readonly docs: Omit<RuleDocs, "requiresTypeChecking">;
    /** Left out by rules without options. */
    readonly defaultOptions?: Options;
  };
  /** Called only for files in which the SDK is in reach. */
  readonly create: (
    context: Context<MessageIds, Options>,
    options: Options,
    unit: Unit,
  ) => TSESLint.RuleListener;
  /**
   * Whether the rule has anything to look at in a file; by default, whether an AWS client is in reach.
   */
  readonly isInReach?: (file: FileInSight) => boolean;
}

const HOMEPAGE =
  "https://github.com/eslint-plugin-connect-resilience/eslint-plugin-connect-resilience";

/**
 * Builds a rule of this plugin. Does what `RuleCreator` of `@typescript-eslint/utils` does, but copies the default options only for files in
 * which the rule has work to do: the copies are most of what a rule costs elsewhere.
 * @throws Error at lint time, where type services are required by the settings and missing, or settings are invalid
 */
export function createRule<MessageIds extends string, Options extends readonly unknown[]>(
  rule: ConnectRule<MessageIds, Options>,
): ESLintUtils.RuleModule<MessageIds, Options, RuleDocs> {
  const { name, meta, isInReach = isSdkInReach } = rule;
  return {
    name,
    meta: {
      ...meta,
      docs: {
        ...meta.docs,
        requiresTypeChecking: true,
        url: `${HOMEPAGE}/blob/main/docs/rules/${name}.md`,
      },
      // Read by ESLint 10, which refuses the rule in JSON, CSS and Markdown instead of letting it fail there.
      ...({ languages: ["js/js"] } as object),
    },
    create(context): TSESLint.RuleListener {
      const settings = readSettings(context.settings);
      if (settings.types === "required") ESLintUtils.getParserServices(context);
      // Asked before a unit is made: in most files the answer is no.
      if (!isInReach(fileInSight(context.sourceCode))) return {};
      const unit = unitOfContext(context, settings);
      if (unit === undefined) return {};
      const options = ESLintUtils.applyDefault<readonly unknown[], Options>(
        meta.defaultOptions ?? ([] as unknown as Options),
        context.options,
      );
      const view = lintView(context, unit);
      return view.listening(rule.create(view.context, options, unit));
    },
  };
}
