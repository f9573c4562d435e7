/** All judged AWS calls of a file, or of the program. */
import { AST_NODE_TYPES as T, type TSESTree } from "@typescript-eslint/utils";
import { walk } from "../../ast/walk.ts";
import type ts from "typescript";
import { once } from "../once.ts";
import {
  oncePerProgram,
  openUnit,
  projectFiles,
  sourceFileOf,
  type Unit,
  unitOf,
} from "../program/unit.ts";
import { append } from "../append.ts";
import { mayCallMethod } from "../program/unopened-members.ts";
import type { SdkCall } from "./call.ts";
import { sdkCallAt } from "./identify.ts";
import { isOfTheSdk } from "./service.ts";
import { isOperationMethod, isSpeltAsCommand } from "./spelling.ts";

/** The AWS calls of a file in source order. */
export const sdkCallsIn = once((unit: Unit): readonly SdkCall[] => {
  const found: SdkCall[] = [];
  for (const node of walk(unit.ast, unit.visitorKeys)) {
    const call = node.type === T.CallExpression ? sdkCallAt(node) : undefined;
    if (call !== undefined) found.push(call);
  }
  return found;
});

/** The project files that make judged AWS calls, in the order of the program. */
export const filesCallingTheSdk = oncePerProgram((from) =>
  projectFiles(from).filter((file) => {
    const unit = mayCallTheSdk(from, file) ? openUnit(from, file) : undefined;
    return unit !== undefined && sdkCallsIn(unit).length > 0;
  }),
);

const CALLS_BY_NAME =
  /aws-sdk|\.promise\s*\(\s*\)|\bpaginate[A-Z]|\bsendWithBackoff\b|\[\s*["'`]send["'`]\s*\]/;
const CALLED_MEMBER = /\.\s*([a-z]\w*)\s*(?:\?\.\s*)?\(/g;

/** A file that calls AWS names one of its packages, or calls methods of a client that it was given. */
function mayCallTheSdk(from: Unit, file: ts.SourceFile): boolean {
  if (CALLS_BY_NAME.test(file.text)) return true;
  const names = [...file.text.matchAll(CALLED_MEMBER)].map(([, name = ""]) => name);
  return (
    names.some((name) => name === "send" || isOperationMethod(name)) &&
    mayCallMethod(from, file, isSpeltAsCall, isOfTheSdk)
  );
}

function isSpeltAsCall(method: string, argument: string | undefined): boolean {
  if (method !== "send") return isOperationMethod(method);
  return argument === undefined || isSpeltAsCommand(argument);
}

type Links = ReadonlyMap<ts.SourceFile, readonly ts.SourceFile[]>;

/**
 * The AWS calls that have to do with a file, wherever in the program they stand: those that are linked to a node of it. Which files are
 * linked is found out once for the program, and is all that is remembered of them: trees come and go.
 */
export class CallLinks {
  readonly #nodesOf: (call: SdkCall) => readonly TSESTree.Node[];
  readonly #linksOf: (from: Unit) => Links | undefined;
  readonly #calls = new WeakMap<TSESTree.Program, readonly SdkCall[]>();

  /** @param nodesOf - the nodes that a call is linked to */
  constructor(nodesOf: (call: SdkCall) => readonly TSESTree.Node[]) {
    this.#nodesOf = nodesOf;
    this.#linksOf = oncePerProgram((from) => this.#collect(from));
  }

  /** The calls linked to a file: its own first, then those of other files in the order of the program. */
  callsOf(unit: Unit): readonly SdkCall[] {
    const known = this.#calls.get(unit.ast);
    if (known !== undefined) return known;
    const own = sourceFileOf(unit);
    const linked = own === undefined ? [] : (this.#linksOf(unit)?.get(own) ?? []);
    const elsewhere = linked
      .filter((file) => file !== own)
      .flatMap((file) => {
        const other = openUnit(unit, file);
        return other === undefined ? [] : sdkCallsIn(other);
      });
    const calls = [...sdkCallsIn(unit), ...elsewhere].filter((call) =>
      this.#nodesOf(call).some((node) => unitOf(node) === unit),
    );
    this.#calls.set(unit.ast, calls);
    return calls;
  }

  #collect(from: Unit): Links {
    const links = new Map<ts.SourceFile, ts.SourceFile[]>();
    for (const file of filesCallingTheSdk(from) ?? []) {
      const unit = openUnit(from, file);
      const nodes = unit === undefined ? [] : sdkCallsIn(unit).flatMap(this.#nodesOf);
      const targets = nodes.flatMap((node) => sourceFileOf(unitOf(node)) ?? []);
      for (const target of new Set(targets)) append(links, target, file);
    }
    return links;
  }
}
