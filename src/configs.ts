/** Flat presets, derived from what each rule says of itself. */
import type { ESLint, Linter } from "eslint";
import { rules } from "./rules/index.ts";

/** The prefix under which the presets register the plugin. */
export const NAMESPACE = "connect-resilience";

/** Typed rules run where TypeScript files are; JavaScript is added by the user, together with type services or `types: "optional"`. */
const FILES = ["**/*.ts", "**/*.tsx", "**/*.mts", "**/*.cts"];

export interface Presets {
  /** Rules whose reports were read on real code and found right. */
  readonly recommended: Linter.Config[];
  /** `recommended` and the rules that ask for more than most projects do. */
  readonly strict: Linter.Config[];
  /** Every rule. */
  readonly all: Linter.Config[];
}

/** Builds the presets around the plugin object itself, as flat configs need. */
export function createPresets(plugin: ESLint.Plugin): Presets {
  const preset = (name: keyof Presets): Linter.Config[] => [
    {
      name: `${NAMESPACE}/${name}`,
      files: FILES,
      plugins: { [NAMESPACE]: plugin },
      rules: Object.fromEntries(
        Object.entries(rules)
          .filter(([, { meta }]) => name === "all" || meta.docs?.presets.includes(name) === true)
          .map(([rule]) => [`${NAMESPACE}/${rule}`, "error"]),
      ),
    },
  ];
  return { recommended: preset("recommended"), strict: preset("strict"), all: preset("all") };
}
