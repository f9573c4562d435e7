/** Where clients are built, and which of them an expression can be. */
import { AST_NODE_TYPES as T, type TSESTree } from "@typescript-eslint/utils";
import { type ClassNode, isClass, isFunction } from "../../ast/nodes.ts";
import { walk, walkOwn } from "../../ast/walk.ts";
import { once } from "../once.ts";
import { originsOf } from "../program/values.ts";
import { oncePerProgram, openUnit, projectFiles, type Unit, unitOf } from "../program/unit.ts";
import { constructedClient, passedClient } from "../sdk/client-class.ts";
import type { ClientClass } from "../sdk/service.ts";

/** A `new ConnectClient(…)` of a judged service. */
export interface Construction {
  readonly node: TSESTree.NewExpression;
  readonly client: ClientClass;
}

export interface ClientOrigins {
  readonly constructions: readonly Construction[];
  /** False when the client may also be one that the program does not build in sight. */
  readonly complete: boolean;
}

/** The constructions that a client expression can be an instance of. */
export const constructionsOf: (expression: TSESTree.Node) => ClientOrigins = once(
  (expression) => {
    const { nodes, complete } = originsOf(expression);
    const constructions: Construction[] = [];
    let all = complete && nodes.length > 0;
    for (const origin of nodes) {
      const passed = passedClient(origin);
      if (passed !== undefined) {
        const inner = constructionsOf(passed);
        constructions.push(...inner.constructions);
        all &&= inner.complete;
        continue;
      }
      const client = origin.type === T.NewExpression ? constructedClient(origin) : undefined;
      if (origin.type === T.NewExpression && client !== undefined)
        constructions.push({ node: origin, client });
      else all = false;
    }
    return { constructions, complete: all };
  },
  // `client = traced(client)` comes back here, which adds nothing.
  { value: { constructions: [], complete: true } },
);

/** Whether an expression is built in sight by something that is no client for all that is known: `new given({ … })` in a factory. */
export function isBuiltUnread(expression: TSESTree.Node): boolean {
  return originsOf(expression).nodes.some(
    (origin) => origin.type === T.NewExpression && constructedClient(origin) === undefined,
  );
}

/** All constructions of judged clients in a file. */
export const constructionsIn = once((unit: Unit): readonly Construction[] => {
  const found: Construction[] = [];
  for (const node of walk(unit.ast, unit.visitorKeys)) {
    const client = node.type === T.NewExpression ? constructedClient(node) : undefined;
    if (node.type === T.NewExpression && client !== undefined) found.push({ node, client });
  }
  return found;
});

/** The answers of {@link isConstructedInProgram} so far, by package. */
const constructed = oncePerProgram(() => new Map<string, boolean>());

/** Whether a file of the program, the given one or another, constructs a client of a package. */
export function isConstructedInProgram(from: Unit, packageName: string): boolean {
  if (constructs(from, packageName)) return true;
  const known = constructed(from);
  let found = known?.get(packageName);
  if (found === undefined) {
    found = projectFiles(from).some((file) => {
      if (!/\bnew\b/.test(file.text) || !mentionsPackage(file.text, packageName)) return false;
      const unit = openUnit(from, file);
      return unit !== undefined && constructs(unit, packageName);
    });
    known?.set(packageName, found);
  }
  return found;
}

function constructs(unit: Unit, packageName: string): boolean {
  return constructionsIn(unit).some(({ client }) => client.package === packageName);
}

/** Whether a file's text names a client package, by its v3 name or as a v2 service. */
export function mentionsPackage(text: string, packageName: string): boolean {
  return text.includes(packageName) || /["']aws-sdk(?:["']|\/clients\/)/.test(text);
}

/**
 * The configuration argument of a construction. Where a subclass of the project has a constructor of its own, it is what that
 * passes to `super`; of several, the one nearest to the SDK.
 * @returns `undefined` when nothing is passed
 */
export function configurationOf({ node }: Construction): TSESTree.Node | undefined {
  let [configuration] = node.arguments;
  let owner = classBehind(node.callee);
  for (let depth = 0; owner !== undefined && depth < MAX_BASES; depth += 1) {
    const call = superCall(owner);
    if (call !== undefined) [configuration] = call.arguments;
    owner = owner.superClass === null ? undefined : classBehind(owner.superClass);
  }
  return configuration;
}

const MAX_BASES = 8;

function classBehind(expression: TSESTree.Node): ClassNode | undefined {
  return originsOf(expression, { intoCallers: false }).nodes.find(isClass);
}

function superCall(owner: ClassNode): TSESTree.CallExpression | undefined {
  for (const member of owner.body.body) {
    if (
      member.type !== T.MethodDefinition ||
      member.kind !== "constructor" ||
      !isFunction(member.value)
    )
      continue;
    for (const inner of walkOwn(member.value.body, unitOf(owner).visitorKeys)) {
      if (inner.type === T.CallExpression && inner.callee.type === T.Super) return inner;
    }
  }
  return undefined;
}
