/** Clients that limit the rate of their own requests. */
import { AST_NODE_TYPES as T, type TSESTree } from "@typescript-eslint/utils";
import { contains, isFunction, unwrap } from "../../ast/nodes.ts";
import { walk } from "../../ast/walk.ts";
import { type Construction, configurationOf, constructionsOf } from "../client/construction.ts";
import { policyOf } from "../client/policy.ts";
import { packageRoot, retryEra } from "../client/remedy.ts";
import { strategyClass } from "../client/strategy.ts";
import { parameterOf, variableOf } from "../program/binding.ts";
import { argumentsFor } from "../program/arguments.ts";
import { constantOf } from "../program/constant.ts";
import { lookUp } from "../program/object.ts";
import { unitOf } from "../program/unit.ts";
import { functionsOf, originsOf } from "../program/values.ts";
import type { SdkCall } from "../sdk/call.ts";

/**
 * Whether a call goes, or may go, through a client that queues its requests when it is throttled: this plugin's strategy, or
 * adaptive mode where the installed SDK does not forget it between requests; or through one with a quota of its own. Otherwise one
 * client for each item limits nothing.
 * @param site - where the repeated code makes the call, or calls the function that does
 * @param repeated - the code that runs for each item
 */
export function isLimitedByClient(
  call: SdkCall,
  site: TSESTree.CallExpression,
  repeated: TSESTree.Node,
): boolean {
  if (call.client === undefined) return false;
  if (hasOwnQuota(handedClient(call.client, site), repeated)) return true;
  const { constructions } = constructionsOf(call.client);
  return constructions.some(
    (construction) =>
      isForItem(construction, repeated) ||
      (call.api !== "v2" && !contains(repeated, construction.node) && limits(construction)),
  );
}

/** What a function that is called with a client was given for it; the client itself otherwise. */
function handedClient(client: TSESTree.Node, site: TSESTree.CallExpression): TSESTree.Node {
  const name = unwrap(client);
  const variable = name.type === T.Identifier ? variableOf(name) : undefined;
  const parameter = variable === undefined ? undefined : parameterOf(variable);
  if (parameter === undefined || parameter.pattern !== parameter.name) return client;
  const isCalled = functionsOf(site.callee).functions.some((fn) => fn === parameter.owner);
  return (isCalled ? site.arguments[parameter.index] : undefined) ?? client;
}

/** A client that each item makes for its own Region or account meets quotas of its own. */
function hasOwnQuota(client: TSESTree.Node, repeated: TSESTree.Node): boolean {
  const name = unwrap(client);
  const declared = name.type === T.Identifier ? variableOf(name)?.defs[0]?.name : name;
  if (declared === undefined || !contains(repeated, declared)) return false;
  // Items that are clients, `clients.map((client) => …)`, are those of several Regions or accounts.
  if (isFunction(repeated) && repeated.params.some((item) => contains(item, declared))) return true;
  if (isParameter(declared)) return false;
  return constructionsOf(client).constructions.some((construction) => {
    const config = configurationOf(construction);
    return ["region", "credentials"].some((key) => {
      const { values } = lookUp(config, key);
      return values.some((value) => constantOf(value) === undefined);
    });
  });
}

/** Whether the code for an item leads to a client that is built for a Region or account which comes with the item: `list(account, region)`. */
function isForItem({ node }: Construction, repeated: TSESTree.Node): boolean {
  const [config] = node.arguments;
  if (config === undefined || !isFunction(repeated) || contains(repeated, node)) return false;
  const parts =
    config.type === T.ObjectExpression
      ? ["region", "credentials"].flatMap((key) => lookUp(config, key).values)
      : [config];
  const found = parts.flatMap((part) => parametersIn(part));
  const seen = new Set(found.map(({ name }) => name));
  // The list grows by what the parameters are given, from call to call.
  for (const { owner, index } of found) {
    if (owner === repeated) return true;
    if (!isFunction(owner) || found.length > MAX_PARAMETERS) return false;
    for (const given of argumentsFor(owner, index).values.flatMap((value) => parametersIn(value))) {
      if (!seen.has(given.name)) found.push(given);
      seen.add(given.name);
    }
  }
  return false;
}

type Parameter = NonNullable<ReturnType<typeof parameterOf>>;

/** The parameters that an expression is made of, by way of variables that are declared with them. */
function parametersIn(expression: TSESTree.Node, depth = 0): readonly Parameter[] {
  return [...walk(expression, unitOf(expression).visitorKeys)].flatMap((node) => {
    const variable = node.type === T.Identifier ? variableOf(node) : undefined;
    if (variable === undefined) return [];
    const parameter = parameterOf(variable);
    if (parameter !== undefined) return [parameter];
    const declared = variable.defs[0]?.node;
    return declared?.type === T.VariableDeclarator && declared.init !== null && depth < MAX_HOPS
      ? parametersIn(declared.init, depth + 1)
      : [];
  });
}

const MAX_HOPS = 3;
/** How many parameters a Region may come through, of all functions that hand it on. */
const MAX_PARAMETERS = 100;

function isParameter(declared: TSESTree.Node): boolean {
  const variable = declared.type === T.Identifier ? variableOf(declared) : undefined;
  return variable !== undefined && parameterOf(variable) !== undefined;
}

function limits(construction: Construction): boolean {
  const { strategy, mode, evidence, kind } = policyOf(construction);
  if (strategy === "helper") return true;
  const isAdaptiveStrategy =
    strategy !== "none" &&
    evidence !== undefined &&
    originsOf(evidence).nodes.some(
      (origin) =>
        origin.type === T.NewExpression && strategyClass(origin) === "AdaptiveRetryStrategy",
    );
  if (mode !== "adaptive" && !isAdaptiveStrategy) return kind === "unknown";
  const root = packageRoot(construction);
  return root === undefined || retryEra(root)?.adaptiveWorks !== false;
}
