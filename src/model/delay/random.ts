/** Where randomness comes from: the platform, libraries, and this plugin's own helper. */
import { AST_NODE_TYPES as T, type TSESTree } from "@typescript-eslint/utils";
import { memberName, unwrap } from "../../ast/nodes.ts";
import { helperExport } from "../helper.ts";
import { importedName, isGlobal } from "../program/binding.ts";
import { type Flow, randomFlow } from "./flow.ts";

/** The helper's ceiling for one delay unless it is told otherwise. */
const HELPER_MAX_DELAY_MS = 20_000;

/** Exports that draw a random number, by package; the empty name is the package's only export. */
const RANDOM_EXPORTS = new Map<string, ReadonlySet<string>>([
  ["crypto", new Set(["getRandomValues", "randomBytes", "randomInt", "webcrypto.getRandomValues"])],
  ["es-toolkit", new Set(["random", "randomInt"])],
  ["es-toolkit/math", new Set(["random", "randomInt"])],
  ["lodash", new Set(["random"])],
  ["lodash-es", new Set(["random"])],
  ["lodash/random", new Set([""])],
  ["lodash-es/random", new Set([""])],
  ["lodash.random", new Set([""])],
  ["radash", new Set(["random"])],
  ["random-int", new Set([""])],
  ["random-number", new Set([""])],
  ["underscore", new Set(["random"])],
]);

/** What a call draws at random; `undefined` when it is no known source of randomness. */
export function randomCall(call: TSESTree.CallExpression): Flow | undefined {
  const callee = unwrap(call.callee);
  const name = callee.type === T.MemberExpression ? memberName(callee) : undefined;
  if (callee.type === T.MemberExpression) {
    if (name === "random" && isGlobal(callee.object, "Math")) return randomFlow(call, 0, 1);
    if (name === "getRandomValues" && isPlatformCrypto(callee.object)) return randomFlow(call);
  }
  const helper = helperExport(callee);
  if (helper === "backoffDelay")
    return randomFlow(call, 0, call.arguments.length > 1 ? undefined : HELPER_MAX_DELAY_MS);
  if (helper === "jitter") return randomFlow(call);
  const imported = importedName(callee);
  const exports =
    imported === undefined ? undefined : RANDOM_EXPORTS.get(imported.module.replace(/^node:/, ""));
  return imported !== undefined && exports?.has(imported.path.join(".")) === true
    ? randomFlow(call)
    : undefined;
}

function isPlatformCrypto(node: TSESTree.Node): boolean {
  if (isGlobal(node, "crypto")) return true;
  return (
    node.type === T.MemberExpression &&
    memberName(node) === "crypto" &&
    ["globalThis", "window", "self"].some((name) => isGlobal(node.object, name))
  );
}
