/** The retry policy that a client was built with. */
import { AST_NODE_TYPES as T, type TSESTree } from "@typescript-eslint/utils";
import { calleeName, isFunction, memberName, unwrap, writtenBy } from "../../ast/nodes.ts";
import { walk } from "../../ast/walk.ts";
import { DYNAMODB } from "../../knowledge/index.ts";
import { type Answer, any } from "../answer.ts";
import { helperExport } from "../helper.ts";
import { once } from "../once.ts";
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
const DEFAULT_ATTEMPTS = { v3: 3, v2: 4 } as const;

/** Those of DynamoDB in SDK v2, over some 25 seconds (source: `lib/services/dynamodb.js` of `aws-sdk` 2.1693). */
const DYNAMODB_V2_ATTEMPTS = 11;

/** Attempts of a client that was told nothing about retries. */
export function defaultAttempts({ client }: Construction): number {
  return client.api === "v2" && client.package === DYNAMODB
    ? DYNAMODB_V2_ATTEMPTS
    : DEFAULT_ATTEMPTS[client.api];
}

/** Reads the retry policy of a construction. */
export const policyOf = once((construction: Construction): ClientPolicy =>
  construction.client.api === "v2" ? policyOfV2(construction) : policyOfV3(construction),
);

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
      attempts: defaultAttempts(construction),
      mode: modeName,
      evidence: mode.values[0],
    });
  if (attempts.answer === "unknown" || mode.answer === "unknown") return policy("unknown", {});
  if (LATER_POLICY.test(unitOf(construction.node).text)) return policy("unknown", {});
  return policy("default", { attempts: defaultAttempts(construction) });
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
    return policy("deliberate", {
      attempts: defaultAttempts(construction),
      evidence: delay.values[0],
    });
  if (retries.answer === "unknown" || delay.answer === "unknown") return policy("unknown", {});
  const everywhere = globalPolicyV2(unitOf(construction.node));
  if (everywhere !== "no") return policy(everywhere === "yes" ? "deliberate" : "unknown", {});
  return policy("default", { attempts: defaultAttempts(construction) });
}

/** `client.config.maxAttempts = …`, and retry middleware that is put into or taken out of a client's stack. */
const LATER_POLICY =
  /\.\s*config\s*\.\s*(?:maxAttempts|retryMode|retryStrategy)\s*=[^=]|\bmiddlewareStack\b[^;]*\bretry/i;

/** What a file contains that says something about all v2 clients of the process; asked before its tree is looked through. */
const GLOBAL_CONFIG = /\bconfig\s*\.\s*(?:maxRetries|retryDelayOptions|update)\b/;

const RETRY_OPTIONS = ["maxRetries", "retryDelayOptions"];

/** Whether something was said about the retries of all v2 clients. */
function globalPolicyV2(unit: Unit): Answer {
  return any([globalPolicyIn(unit), globalPolicyOfProject(unit) ?? "no"]);
}

const globalPolicyOfProject = oncePerProgram((from): Answer => {
  const files = projectFiles(from).filter(
    ({ text }) => text.includes("aws-sdk") && GLOBAL_CONFIG.test(text),
  );
  return any(files.flatMap((file) => openUnit(from, file) ?? []).map(globalPolicyIn));
});

function globalPolicyIn({ ast, text, visitorKeys }: Unit): Answer {
  return GLOBAL_CONFIG.test(text) ? any([...walk(ast, visitorKeys)].map(globalPolicyAt)) : "no";
}

/** `AWS.config.update({ maxRetries })` and `AWS.config.maxRetries = …`. */
function globalPolicyAt(node: TSESTree.Node): Answer {
  if (node.type === T.CallExpression) {
    const isUpdate = calleeName(node) === "update" && isOfConfig(node.callee);
    return isUpdate ? any(RETRY_OPTIONS.map((key) => lookUp(node.arguments[0], key).answer)) : "no";
  }
  const written = writtenBy(node);
  const isOption =
    written?.type === T.MemberExpression && RETRY_OPTIONS.includes(memberName(written) ?? "");
  return isOption && isOfConfig(written) ? "yes" : "no";
}

function isOfConfig(member: TSESTree.Node): boolean {
  const owner = member.type === T.MemberExpression ? unwrap(member.object) : undefined;
  return owner?.type === T.MemberExpression && memberName(owner) === "config";
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
