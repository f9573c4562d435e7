/** All rules by name; the order is that of the documentation. */
import { rule as noIndiscriminateRetry } from "./no-indiscriminate-retry.ts";
import { rule as noNestedRetry } from "./no-nested-retry.ts";
import { rule as noSilentExhaustion } from "./no-silent-exhaustion.ts";
import { rule as noUncheckedBatchFailures } from "./no-unchecked-batch-failures.ts";
import { rule as noUnboundedRetry } from "./no-unbounded-retry.ts";
import { rule as noUnsentRequest } from "./no-unsent-request.ts";
import { rule as noUnthrottledFanOut } from "./no-unthrottled-fan-out.ts";
import { rule as requireJitter } from "./require-jitter.ts";
import { rule as requireRetry } from "./require-retry.ts";
import { rule as requireStableClientToken } from "./require-stable-client-token.ts";
import { rule as validErrorCheck } from "./valid-error-check.ts";
import { rule as validRetryConfig } from "./valid-retry-config.ts";
import { rule as validRulesEvent } from "./valid-rules-event.ts";

export const rules = {
  "require-retry": requireRetry,
  "require-jitter": requireJitter,
  "no-unbounded-retry": noUnboundedRetry,
  "no-silent-exhaustion": noSilentExhaustion,
  "no-indiscriminate-retry": noIndiscriminateRetry,
  "no-nested-retry": noNestedRetry,
  "no-unchecked-batch-failures": noUncheckedBatchFailures,
  "no-unsent-request": noUnsentRequest,
  "no-unthrottled-fan-out": noUnthrottledFanOut,
  "require-stable-client-token": requireStableClientToken,
  "valid-retry-config": validRetryConfig,
  "valid-error-check": validErrorCheck,
  "valid-rules-event": validRulesEvent,
};
