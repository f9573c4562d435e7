/** The retry policy that a client was built with. */
import { AST_NODE_TYPES as T, type TSESTree } from "@typescript-eslint/utils";
import { calleeMember, isFunction, memberName, unwrap } from "../../ast/nodes.ts";
import { walk } from "../../ast/walk.ts";
import type { Answer } from "../answer.ts";
import { helperExport } from "../helper.ts";
import { numberOf, stringOf } from "../program/constant.ts";
import { type KeyLookup, lookUp } from "../program/object.ts";
import { originsOf } from "../program/values.ts";
import { oncePerProgram, openUnit, projectFiles, type Unit, unitOf } from "../program/unit.ts";
import { type Construction, configurationOf } from "./construction.ts";
import { strategyClass } from "./strategy.ts";

export interface ClientPolicy {
  /**
   * - `default`: nothing about retries was said, so the SDK's own default holds
   * - `deliberate`: someone chose
   * - `off`: one attempt, no retry
   * - `unknown`: part of the configuration cannot be seen
   */
  readonly kind: "default" | "deliberate" | "off" | "unknown";
  /** Attempts, the first included, where the number can be read. */
  readonly attempts: number | undefined;
  /** `helper` is this plugin's `backoffStrategy`, which also retries what the SDK does not. */
  readonly strategy: "configured" | "helper" | "none" | "other";
  /** `retryMode` where it can be read. */
  readonly mode: string | undefined;
  /** The value that decides it, for the report to point at. */
  readonly evidence: TSESTree.Node | undefined;
}

/** Attempts of a v3 client and of a v2 client that were told nothing (source: measured, three and four requests). */
export const DEFAULT_ATTEMPTS = { v3: 3, v2: 4 } as const;

const policies = new WeakMap<TSESTree.NewExpression, ClientPolicy>();

/** Reads the retry policy of a construction. */
export function policyOf(construction: Construction): ClientPolicy {
  const known = policies.get(construction.node);
  if (known !== undefined) return known;
  const policy =
    construction.client.api === "v2" ? policyOfV2(construction) : policyOfV3(construction);
  policies.set(construction.node, policy);
  return policy;
}

function policyOfV3(construction: Construction): ClientPolicy {
  const config = configurationOf(construction);
  const strategy = lookUp(config, "retryStrategy");
  const attempts = lookUp(config, "maxAttempts");
  const mode = lookUp(config, "retryMode");
  const modeName = mode.values[0] === undefined ? undefined : stringOf(mode.values[0]);
  if (strategy.answer === "yes") {
    const [evidence] = strategy.values;
    const { kind, attempts: count } =
      evidence === undefined
        ? { kind: "other" as const, attempts: undefined }
        : readStrategy(evidence);
    if (count === 1) return policy("off", { attempts: 1, strategy: kind, evidence });
    return policy("deliberate", { attempts: count, strategy: kind, evidence });
  }
  if (strategy.answer === "unknown") return policy("unknown", { evidence: strategy.values[0] });
  if (attempts.answer === "yes") {
    const [evidence] = attempts.values;
    const count = soleNumber(attempts);
    // Zero still sends the request once.
    if (count !== undefined && count <= 1)
      return policy("off", { attempts: 1, mode: modeName, evidence });
    return policy("deliberate", { attempts: count, mode: modeName, evidence });
  }
  if (mode.answer === "yes")
    return policy("deliberate", {
      attempts: DEFAULT_ATTEMPTS.v3,
      mode: modeName,
      evidence: mode.values[0],
    });
  if (attempts.answer === "unknown" || mode.answer === "unknown") return policy("unknown", {});
  if (LATER_POLICY.test(unitOf(construction.node).text)) return policy("unknown", {});
  return policy("default", { attempts: DEFAULT_ATTEMPTS.v3 });
}

/** The number that a setting is, where it is the same on all ways. */
function soleNumber({ values }: KeyLookup): number | undefined {
  const [first, ...others] = values.map((value) => numberOf(value));
  return others.every((other) => other === first) ? first : undefined;
}

function policyOfV2(construction: Construction): ClientPolicy {
  const config = configurationOf(construction);
  const retries = lookUp(config, "maxRetries");
  const delay = lookUp(config, "retryDelayOptions");
  if (retries.answer === "yes") {
    const [evidence] = retries.values;
    const count = soleNumber(retries);
    if (count === 0) return policy("off", { attempts: 1, evidence });
    return policy("deliberate", {
      attempts: count === undefined ? undefined : count + 1,
      evidence,
    });
  }
  if (delay.answer === "yes")
    return policy("deliberate", { attempts: DEFAULT_ATTEMPTS.v2, evidence: delay.values[0] });
  if (retries.answer === "unknown" || delay.answer === "unknown") return policy("unknown", {});
  const everywhere = globalPolicyV2(unitOf(construction.node));
  if (everywhere !== "no") return policy(everywhere === "yes" ? "deliberate" : "unknown", {});
  return policy("default", { attempts: DEFAULT_ATTEMPTS.v2 });
}

/** `client.config.maxAttempts = …`, and retry middleware that is put into or taken out of a client's stack. */
const LATER_POLICY =
  /\.\s*config\s*\.\s*(?:maxAttempts|retryMode|retryStrategy)\s*=[^=]|\bmiddlewareStack\b[^;]*\bretry/i;

/** `AWS.config.update({ maxRetries })` and `AWS.config.maxRetries = …` hold for every v2 client of the process. */
const GLOBAL_POLICY =
  /\bconfig\s*(?:\.\s*update\s*\([^)]*\b(?:maxRetries|retryDelayOptions)\b|\.\s*(?:maxRetries|retryDelayOptions)\s*=[^=])/;

/** The same with something that has to be looked up. */
const GLOBAL_UPDATE = /\bconfig\s*\.\s*update\s*\(\s*[^\s)]/;

/** Whether something was said about retries for all v2 clients. */
function globalPolicyV2(unit: Unit): Answer {
  const own = globalPolicyIn(unit, unit.text);
  return own === "yes" ? own : either(own, globalPolicyOfProject(unit) ?? "no");
}

const globalPolicyOfProject = oncePerProgram((from): Answer => {
  let found: Answer = "no";
  for (const file of projectFiles(from))
    if (file.text.includes("aws-sdk"))
      found = either(
        found,
        globalPolicyIn(GLOBAL_UPDATE.test(file.text) ? openUnit(from, file) : undefined, file.text),
      );
  return found;
});

function globalPolicyIn(unit: Unit | undefined, text: string): Answer {
  if (GLOBAL_POLICY.test(text)) return "yes";
  if (unit === undefined || !GLOBAL_UPDATE.test(text)) return "no";
  const given = [...walk(unit.ast, unit.visitorKeys)].flatMap((node) =>
    node.type === T.CallExpression && isGlobalUpdate(node) ? (node.arguments[0] ?? []) : [],
  );
  return given
    .flatMap((options) =>
      ["maxRetries", "retryDelayOptions"].map((key) => lookUp(options, key).answer),
    )
    .reduce(either, "no");
}

function isGlobalUpdate(call: TSESTree.CallExpression): boolean {
  const member = calleeMember(call);
  const config = member === undefined ? undefined : unwrap(member.object);
  return (
    member !== undefined &&
    memberName(member) === "update" &&
    config?.type === T.MemberExpression &&
    memberName(config) === "config"
  );
}

function either(one: Answer, other: Answer): Answer {
  if (one === "yes" || other === "yes") return "yes";
  return one === "unknown" ? one : other;
}

function readStrategy(value: TSESTree.Node): {
  kind: ClientPolicy["strategy"];
  attempts: number | undefined;
} {
  for (const origin of originsOf(value, {
    isOpaque: (call) => helperExport(call.callee) !== undefined,
  }).nodes) {
    if (origin.type === T.CallExpression && helperExport(origin.callee) === "backoffStrategy") {
      const given = lookUp(origin.arguments[0], "maxAttempts");
      const attempts = given.values[0] === undefined ? undefined : numberOf(given.values[0]);
      return { kind: "helper", attempts: given.answer === "no" ? HELPER_ATTEMPTS : attempts };
    }
    if (
      origin.type === T.NewExpression &&
      /^(?:Configured|Standard|Adaptive)RetryStrategy$/.test(strategyClass(origin) ?? "")
    ) {
      const [first] = origin.arguments;
      if (first === undefined || first.type === T.SpreadElement)
        return { kind: "configured", attempts: undefined };
      const provided =
        isFunction(first) && first.body.type !== T.BlockStatement ? first.body : first;
      return { kind: "configured", attempts: numberOf(provided) };
    }
  }
  return { kind: "other", attempts: undefined };
}

/** `maxAttempts` of the helper's functions when none is given. */
export const HELPER_ATTEMPTS = 8;

function policy(kind: ClientPolicy["kind"], facts: Partial<ClientPolicy>): ClientPolicy {
  return {
    attempts: undefined,
    strategy: "none",
    mode: undefined,
    evidence: undefined,
    ...facts,
    kind,
  };
}
