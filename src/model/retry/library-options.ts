/** What is written in the options of a library's retry function. */
import { AST_NODE_TYPES as T, type TSESTree } from "@typescript-eslint/utils";
import type { OptionValue, RetryFunction, WrittenOptions } from "../../knowledge/index.ts";
import { constantOf } from "../program/constant.ts";
import { lookUp } from "../program/object.ts";
import { originsOf } from "../program/values.ts";

/** A number stands for the option that bounds the attempts; unreadable options are `"unknown"`. */
export type Options = WrittenOptions | number | "unknown" | undefined;

/** Reads the options that say how often, how long and after which errors a library retries. */
export function readOptions(known: RetryFunction, node: TSESTree.Node): Options {
  const constant = constantOf(node);
  if (typeof constant?.value === "number") return constant.value;
  if (originsOf(node).nodes.some((origin) => origin.type !== T.ObjectExpression)) return "unknown";
  const { attempts: bound, delay: wait } = known;
  const names = [
    bound.option,
    ...bound.unlimited.map(({ option }) => option),
    ...bound.otherBounds,
    wait.option,
    wait.factorOption,
    wait.kindOption,
    wait.jitter?.option,
    wait.cap.option,
    known.filterOption,
  ];
  const written = new Map<string, OptionValue | undefined>();
  for (const name of names) {
    if (name === undefined || written.has(name)) continue;
    const found = lookUp(node, name);
    if (found.answer === "no") continue;
    const [only, ...others] = found.answer === "yes" ? found.values : [];
    const value = only === undefined || others.length > 0 ? undefined : constantOf(only)?.value;
    written.set(name, isOptionValue(value) ? value : undefined);
  }
  return written;
}

function isOptionValue(value: unknown): value is OptionValue {
  return typeof value === "number" || typeof value === "string" || typeof value === "boolean";
}
