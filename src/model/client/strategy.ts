/** What the SDK waits between attempts where it uses a function of the user's as it is: `ConfiguredRetryStrategy`, v2's `customBackoff`. */
import { AST_NODE_TYPES as T, type TSESTree } from "@typescript-eslint/utils";
import { calleeName, type FunctionNode, isFunction } from "../../ast/nodes.ts";
import { delayReturnedBy } from "../delay/analyse.ts";
import { importedName } from "../program/binding.ts";
import { namedTypesAt } from "../program/checker.ts";
import { numberOf } from "../program/constant.ts";
import { lookUp } from "../program/object.ts";
import { openUnit, projectFiles, type Unit, unitOf } from "../program/unit.ts";
import { functionsOf } from "../program/values.ts";
import { type Construction, constructionsIn } from "./construction.ts";
import { makerOf, settingOf } from "./setting.ts";

/** A strategy whose delays are not drawn at random. */
export interface UnjitteredStrategy {
  readonly node: TSESTree.NewExpression;
  /** Its second argument; `undefined` where none is given. */
  readonly delay: TSESTree.CallExpressionArgument | undefined;
  /** The milliseconds, where they are a number. */
  readonly fixedMs: number | undefined;
  /** The function that computes the delay, where it is one. */
  readonly fn: FunctionNode | undefined;
}

const SDK_PACKAGE = /^@(?:smithy\/(?:core|util-retry)|aws-sdk\/util-retry)$/;

/** The name of the strategy class that an expression builds, by which its package exports it. */
export function strategyClass(node: TSESTree.NewExpression): string | undefined {
  return importedName(node.callee)?.path.at(-1) ?? calleeName(node);
}

/** Whether an expression builds the SDK's `ConfiguredRetryStrategy`. */
export function isConfiguredStrategy(node: TSESTree.Node): node is TSESTree.NewExpression {
  if (node.type !== T.NewExpression) return false;
  const imported = importedName(node.callee);
  if (
    imported?.path.at(-1) === "ConfiguredRetryStrategy" &&
    SDK_PACKAGE.test(imported.module.replace(/\/retry$/, ""))
  )
    return true;
  return namedTypesAt(node).some(
    (type) => type.name === "ConfiguredRetryStrategy" && SDK_PACKAGE.test(type.package.name),
  );
}

/** The delay of a `ConfiguredRetryStrategy` that is sure to wait without jitter. */
export function unjitteredStrategy(node: TSESTree.NewExpression): UnjitteredStrategy | undefined {
  // Asked of everything that is built: the name of the class or of the setting stands in the files that matter.
  if (!NAMED.test(unitOf(node).text) || !isConfiguredStrategy(node)) return undefined;
  const [attempts, delay] = node.arguments;
  if (attempts?.type === T.SpreadElement || delay?.type === T.SpreadElement) return undefined;
  if (delay === undefined) return { node, delay, fixedMs: undefined, fn: undefined };
  const fixedMs = numberOf(delay);
  if (fixedMs !== undefined) return { node, delay, fixedMs, fn: undefined };
  const fn = unjitteredFunction(delay);
  return fn === undefined ? undefined : { node, delay, fixedMs: undefined, fn };
}

const NAMED = /RetryStrategy/i;

/** Whether a client of the program has a strategy, in whatever file that client is built. */
export function isGivenToClient(strategy: TSESTree.NewExpression): boolean {
  const own = unitOf(strategy);
  const gives = (unit: Unit): boolean =>
    constructionsIn(unit).some((construction) => {
      const { answer, value } = settingOf(construction, "retryStrategy");
      const isRead = construction.client.api === "v3" && answer === "yes";
      return isRead && value !== undefined && makerOf(value) === strategy;
    });
  return (
    gives(own) ||
    projectFiles(own).some((file) => {
      const unit = MAY_CONFIGURE.test(file.text) ? openUnit(own, file) : undefined;
      return unit !== undefined && gives(unit);
    })
  );
}

/** A file that gives a client a strategy names the setting, or the client's package where the configuration comes from elsewhere. */
const MAY_CONFIGURE = /@aws-sdk\/client-|retryStrategy/;

/** The `customBackoff` of a v2 client that is sure to wait without jitter. */
export function unjitteredBackoff(construction: Construction): TSESTree.Node | undefined {
  if (construction.client.api !== "v2") return undefined;
  const { value } = settingOf(construction, "retryDelayOptions");
  const [given, ...others] = lookUp(value, "customBackoff").values;
  if (given === undefined || others.length > 0) return undefined;
  return unjitteredFunction(given) === undefined ? undefined : given;
}

/** The function that an expression is, if it is sure to give delays without jitter. */
function unjitteredFunction(expression: TSESTree.Node): FunctionNode | undefined {
  const { functions, complete } = functionsOf(expression);
  const [fn] = functions;
  const isRead = complete && functions.length === 1 && fn !== undefined;
  return isRead && isUnjittered(fn) ? fn : undefined;
}

function isUnjittered(fn: FunctionNode): boolean {
  if (!isFunction(fn) || fn.async || fn.generator) return false;
  const attemptVariables = unitOf(fn)
    .scopes.getDeclaredVariables(fn)
    .filter(({ defs }) => defs[0]?.type === "Parameter");
  const { kind } = delayReturnedBy(fn, { attemptVariables });
  return kind === "fixed" || kind === "growing" || kind === "none";
}
