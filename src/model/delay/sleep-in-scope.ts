/** A sleeping function that the code at a place can call by name. */
import { AST_NODE_TYPES as T, type TSESLint, type TSESTree } from "@typescript-eslint/utils";
import { isFunction, unwrap } from "../../ast/nodes.ts";
import { boundIdentifier } from "../program/members.ts";
import { importedName, scopeOf } from "../program/binding.ts";
import { functionsOf } from "../program/values.ts";
import { delayFunction } from "../../knowledge/index.ts";
import { soleSleepOf } from "./own-sleep.ts";
import { sleepAt } from "./sleep.ts";

/** Only worth reading what sounds like it; what it does is read all the same. */
const SLEEP_NAME = /sleep|delay|wait|pause|snooze|timeout|timer/i;

/** The name of a function in scope that takes milliseconds and resolves after them, if there is one. */
export function sleepInScope(place: TSESTree.Node): string | undefined {
  const seen = new Set<string>();
  for (
    let scope: TSESLint.Scope.Scope | null = scopeOf(place);
    scope !== null;
    scope = scope.upper
  ) {
    for (const variable of scope.variables) {
      if (seen.has(variable.name)) continue;
      seen.add(variable.name);
      if (SLEEP_NAME.test(variable.name) && isSleep(variable)) return variable.name;
    }
  }
  return undefined;
}

function isSleep({ defs, references }: TSESLint.Scope.Variable): boolean {
  const [definition, ...more] = defs;
  if (definition === undefined || more.length > 0) return false;
  if (references.some((reference) => reference.isWrite() && reference.init !== true)) return false;
  const { node } = definition;
  if (isFunction(node)) return takesMilliseconds(node);
  if (node.type === T.VariableDeclarator && isFunction(node.init))
    return takesMilliseconds(node.init);
  const use = references.find((reference) => reference.isRead())?.identifier;
  if (use?.type !== T.Identifier) return false;
  const imported = importedName(use);
  if (imported !== undefined && isLibrarySleep(imported.module, imported.path.join(".")))
    return true;
  const { functions, complete } = functionsOf(use);
  const [fn] = functions;
  return complete && functions.length === 1 && fn !== undefined && takesMilliseconds(fn);
}

function isLibrarySleep(module: string, path: string): boolean {
  if (/^(?:node:)?timers\/promises$/.test(module)) return path === "setTimeout";
  const known = delayFunction(module, path === "" ? "default" : path);
  return known?.unit === "ms" && !known.random && known.durationArgument === 0;
}

function takesMilliseconds(fn: Parameters<typeof soleSleepOf>[0]): boolean {
  const [parameter, ...more] = fn.params;
  const id = parameter === undefined ? undefined : boundIdentifier(parameter);
  if (id === undefined || more.length > 0) return false;
  const sleep = soleSleepOf(fn, sleepAt);
  if (sleep?.certainty !== "sure" || sleep.scale !== 1 || sleep.duration === undefined)
    return false;
  const duration = unwrap(sleep.duration);
  return duration.type === T.Identifier && duration.name === id.name;
}
