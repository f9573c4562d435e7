/**
 * Retries, pacing and polling for Amazon Connect calls made with the AWS SDK for JavaScript.
 *
 * One file without imports: use it as a package entry point, or copy it into a project. It needs
 * Node.js 18 or a browser of the same age, and compiles with TypeScript 4.8.4 and later.
 */

/** The parts of an `AbortSignal` that are used here. */
export interface AbortSignalLike {
  readonly aborted: boolean;
  readonly reason?: unknown;
  addEventListener(type: "abort", listener: () => void): void;
  removeEventListener(type: "abort", listener: () => void): void;
}

/** How long to wait. All durations are milliseconds. */
export interface DelayOptions {
  /** Upper end of the first delay. Default: 1000 after throttling or "not ready", 50 after a transient error. */
  baseDelayMs?: number | undefined;
  /** Upper end of every delay. Default: 20 000. */
  maxDelayMs?: number | undefined;
  /** Source of randomness in [0, 1). Default: `Math.random`. */
  random?: (() => number) | undefined;
}

/** What is known when a failed attempt is about to be followed by another. */
export interface RetryEvent {
  /** Attempts made so far, the first included, and those made by the SDK itself. */
  readonly attempt: number;
  /** Time until the next attempt, in milliseconds. */
  readonly delayMs: number;
  readonly error: unknown;
}

/** Options shared by everything that retries. */
export interface BackoffOptions extends DelayOptions {
  /** Total number of attempts, the first included. Default: 8. */
  maxAttempts?: number | undefined;
  /** No wait begins that would end later than this after the start. Default: 60 000 ms. */
  maxElapsedMs?: number | undefined;
  /** Stops at once, also during a wait. */
  signal?: AbortSignalLike | undefined;
  /** Replaces the built-in judgement of which errors are worth another attempt. */
  isRetryable?: ((error: unknown) => boolean) | undefined;
  /** Called before each wait; for logs and metrics. */
  onRetry?: ((event: RetryEvent) => void) | undefined;
  /** Replaces the timer; for tests. */
  sleep?: ((ms: number, signal?: AbortSignalLike) => Promise<void>) | undefined;
}

/** Options of {@link sendWithBackoff}. */
export interface SendOptions extends BackoffOptions {
  /**
   * The second argument of `client.send`, passed on with every attempt, for example
   * `{ requestTimeout: 2000 }`. Its `abortSignal` also ends the waits, unless `signal` is given.
   */
  sendOptions?: object | undefined;
}

/** Any client of the AWS SDK for JavaScript v3. */
export interface SdkClient {
  send(command: never, options?: never): unknown;
}

/** Any command of the AWS SDK for JavaScript v3. */
export interface SdkCommand<Output = unknown> {
  readonly input: object;
  resolveMiddleware(...args: never[]): (...args: never[]) => Promise<{ output: Output }>;
}

/** The output of a command class; where the SDK's types are missing, `any` stays `any`. */
export type SdkOutput<Command> = 0 extends 1 & Command
  ? // eslint-disable-next-line @typescript-eslint/no-explicit-any -- `client.send(anything)` gave it too
    any
  : Command extends SdkCommand<infer Output>
    ? Output
    : never;

/** Given to the function that {@link withBackoff} and {@link pollUntil} call. */
export interface AttemptContext {
  /** 1 for the first call. */
  readonly attempt: number;
  readonly signal: AbortSignalLike | undefined;
}

type Kind = "throttling" | "transient" | "not-ready";

/** The members of SDK v3 errors, SDK v2 errors and Node.js system errors that tell them apart. */
interface ErrorLike {
  readonly name?: unknown;
  readonly code?: unknown;
  readonly message?: unknown;
  readonly statusCode?: unknown;
  readonly cause?: unknown;
  readonly $retryable?: { readonly throttling?: boolean };
  readonly $metadata?: {
    readonly attempts?: number;
    readonly httpStatusCode?: number;
    readonly clockSkewCorrected?: boolean;
  };
  readonly $response?: { readonly headers?: Readonly<Record<string, string | undefined>> };
}

/** Neither the DOM nor Node.js types are assumed. */
interface Platform {
  readonly setTimeout: (callback: () => void, ms: number) => unknown;
  readonly clearTimeout: (timer: unknown) => void;
  readonly crypto?: {
    randomUUID?(): string;
    getRandomValues?(bytes: Uint8Array): Uint8Array;
  };
}
function platform(): Platform {
  // By way of unknown: this file is also built where the platform's own types are absent.
  const scope: unknown = globalThis;
  return scope as Platform;
}

// Names that the SDK retries, without LimitExceededException: that is a quota on resources or on
// concurrent contacts, which waiting some seconds does not lift.
const THROTTLING =
  /^(BandwidthLimitExceeded|EC2ThrottledException|PriorRequestNotComplete|ProvisionedThroughputExceededException|RequestLimitExceeded|RequestThrottled(Exception)?|SlowDown|Thrott(ling|led)Exception|Throttling|TooManyRequestsException|TransactionInProgressException)$/;
const QUOTA = /^(LimitExceeded|ServiceQuotaExceeded)Exception$/;
const TRANSIENT =
  /^(TimeoutError|RequestTimeout(Exception)?|ECONNRESET|ECONNREFUSED|EPIPE|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|ENOTFOUND|EAI_AGAIN|NetworkingError)$/;
const FETCH_FAILED =
  /^(Failed to fetch|NetworkError when attempting to fetch resource\.?|The Internet connection appears to be offline\.?|Load failed|Network request failed)$/;

function classify(error: unknown, depth = 0): Kind | undefined {
  if (typeof error !== "object" || error === null || depth > 10) return undefined;
  const { name, code, message, cause, statusCode, $metadata, $retryable } = error as ErrorLike;
  const named = (names: RegExp): boolean => names.test(String(name)) || names.test(String(code));
  if (named(/^(AbortError|RequestAbortedError)$/) || named(QUOTA)) return undefined;
  const status = $metadata?.httpStatusCode ?? statusCode;
  if (status === 429 || named(THROTTLING) || $retryable?.throttling) return "throttling";
  if (named(/^ResourceNotReadyException$/)) return "not-ready";
  if (
    $retryable ||
    $metadata?.clockSkewCorrected ||
    named(TRANSIENT) ||
    status === 500 ||
    status === 502 ||
    status === 503 ||
    status === 504 ||
    (name === "TypeError" && FETCH_FAILED.test(String(message))) ||
    (code === "ERR_HTTP2_STREAM_ERROR" && String(message).includes("NGHTTP2_REFUSED_STREAM"))
  ) {
    return "transient";
  }
  return classify(cause, depth + 1);
}

/**
 * Whether the same request may succeed a little later.
 *
 * Yes: throttling, transient failures of network or service, `ResourceNotReadyException`.
 * No: quotas on resources and concurrency (`LimitExceededException`, although the SDK retries it,
 * and `ServiceQuotaExceededException`), validation, access, conflicts, aborts, anything unknown.
 */
export function isRetryable(error: unknown): boolean {
  return classify(error) !== undefined;
}

/** Full jitter: a random duration from 0 up to `ms`. */
export function jitter(ms: number, random: () => number = Math.random): number {
  return random() * ms;
}

/**
 * The wait in milliseconds after the given attempt (1 for the first): exponential, capped, with full
 * jitter, so a random duration below `min(maxDelayMs, baseDelayMs * 2 ** (attempt - 1))`.
 */
export function backoffDelay(attempt: number, options: DelayOptions = {}): number {
  const { baseDelayMs = 1000, maxDelayMs = 20_000, random } = options;
  // Bounded, because 0 * Infinity is no number.
  const doublings = Math.min(Math.max(attempt, 1), 64) - 1;
  return jitter(Math.min(maxDelayMs, baseDelayMs * 2 ** doublings), random);
}

/** What the server asked for, in milliseconds from now; 0 if nothing. */
function retryAfter(error: unknown): number {
  const headers = (error as ErrorLike | null | undefined)?.$response?.headers ?? {};
  for (const [name, value = ""] of Object.entries(headers)) {
    const header = name.toLowerCase();
    const amount = Number(value || NaN);
    if (header === "x-amz-retry-after" && amount >= 0) return amount;
    if (header === "retry-after") {
      if (amount >= 0) return amount * 1000;
      return Math.max(0, Date.parse(value) - Date.now()) || 0;
    }
  }
  return 0;
}

/**
 * Throttled requests move on by two doublings at a time: in a crowd that shares a quota every request that comes too
 * early is refused and uses up an attempt, so the crowd has to spread out quickly.
 */
function delayAfter(kind: Kind | undefined, attempt: number, options: DelayOptions): number {
  const baseDelayMs = options.baseDelayMs ?? (kind === "transient" ? 50 : 1000);
  const step = kind === "throttling" ? 3 * attempt - 2 : attempt;
  return backoffDelay(step, { ...options, baseDelayMs });
}

function abortError(signal: AbortSignalLike): unknown {
  return signal.reason ?? Object.assign(new Error("Request aborted"), { name: "AbortError" });
}

function defaultSleep(ms: number, signal?: AbortSignalLike): Promise<void> {
  return new Promise((resolve, reject) => {
    const { setTimeout, clearTimeout } = platform();
    const onAbort = (): void => {
      clearTimeout(timer);
      if (signal) reject(abortError(signal));
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener("abort", onAbort);
      resolve();
    }, ms);
    if (signal?.aborted) onAbort();
    else signal?.addEventListener("abort", onAbort);
  });
}

interface Retrier<T> {
  run(context: AttemptContext): PromiseLike<T> | T;
  retryable(error: unknown): boolean;
  /** Attempts that one failed run stands for. */
  cost(error: unknown): number;
}

async function retry<T>(retrier: Retrier<T>, options: BackoffOptions): Promise<T> {
  const { maxAttempts = 8, maxElapsedMs = 60_000, signal, sleep = defaultSleep } = options;
  const deadline = Date.now() + maxElapsedMs;
  for (let run = 1, attempt = 0; ; run++) {
    if (signal?.aborted) throw abortError(signal);
    try {
      return await retrier.run({ attempt: run, signal });
    } catch (error) {
      const cost = retrier.cost(error);
      attempt += cost;
      if (attempt >= maxAttempts || signal?.aborted || !retrier.retryable(error)) throw error;
      const delayMs = Math.max(delayAfter(classify(error), attempt, options), retryAfter(error));
      if (Date.now() + delayMs > deadline) throw error;
      options.onRetry?.({ attempt, delayMs, error });
      await sleep(delayMs, signal);
    }
  }
}

/**
 * Calls `operation` until it succeeds, fails with an error that is not worth retrying, or attempts or
 * time are used up; then the last error itself is thrown.
 *
 * The function is called anew each time. If it sends a request that must not be repeated, make the
 * idempotency token outside of it, or use {@link sendWithBackoff}.
 */
export function withBackoff<T>(
  operation: (context: AttemptContext) => PromiseLike<T> | T,
  options: BackoffOptions = {},
): Promise<T> {
  const retryable = options.isRetryable ?? isRetryable;
  return retry({ run: operation, retryable, cost: () => 1 }, options);
}

/** A random (version 4) UUID, as the SDK makes them for idempotency tokens. */
function uuid(): string {
  const { crypto } = platform();
  // Only secure contexts have randomUUID, and Node.js 18 has no global crypto in scripts.
  if (crypto?.randomUUID) return crypto.randomUUID();
  const bytes = Uint8Array.from({ length: 36 }, () => Math.random() * 256);
  crypto?.getRandomValues?.(bytes);
  return "10000000-1000-4000-8000-100000000000".replace(/[018]/g, (digit, offset: number) => {
    const random = bytes[offset] ?? 0;
    return (+digit ^ (random & (15 >> (+digit / 4)))).toString(16);
  });
}

/** Operation name and token member of a command. */
interface Operation {
  readonly name: string;
  readonly token: string | undefined;
}

// SDK versions before late 2025 carry no schemas. Creating operations whose input has a token, by
// service; their serializers drop a member that an older version does not know.
const TOKEN_OPERATIONS: Readonly<Record<string, RegExp>> = {
  Connect:
    /^(Start\w*Contact|Start(AttachedFileUpload|ContactEvaluation|ContactStreaming|ScreenSharing|TestCaseExecution)|SendOutbound\w+|(Transfer|Monitor|BatchPut)Contact|(Claim|Import)PhoneNumber|ReplicateInstance|Create(AttachedFile|Contact|ContactFlowModule|EvaluationForm|Instance|Participant|PushNotificationRegistration|Rule|TaskTemplate|TrafficDistributionGroup|View|Vocabulary))$/,
  ConnectParticipant: /^(Send(Message|Event)|(Start|Complete)AttachmentUpload)$/,
};

// Repeating one of these ends in the same state.
const REPEATABLE =
  /^(Batch)?(Describe|Get|List|Search|Query|Evaluate|Update|Delete|Associate|Disassociate|Tag|Untag|Stop|Suspend|Release|Dismiss|Disconnect|Activate|Deactivate|Pause)/;

function operationOf(client: unknown, command: object): Operation {
  const { schema } = command as { schema?: unknown };
  if (Array.isArray(schema)) {
    // [kind, namespace, name, traits, input, output]; input is a structure
    // [kind, namespace, name, traits, member names, members], behind functions.
    let input: unknown = schema[4];
    while (typeof input === "function") input = (input as () => unknown)();
    const members: unknown = Array.isArray(input) ? input[4] : undefined;
    const token: unknown = Array.isArray(members)
      ? members.find((member) => /^client(Request)?Token$/i.test(String(member)))
      : undefined;
    return { name: String(schema[2]), token: token as string | undefined };
  }
  const name = command.constructor.name.replace(/Command$/, "");
  const service = (client as { config?: { serviceId?: string } }).config?.serviceId ?? "";
  const known = TOKEN_OPERATIONS[service]?.test(name);
  return { name, token: known ? "ClientToken" : undefined };
}

/**
 * Sends a command and retries what can succeed; resolves to the command's output.
 *
 * - The SDK's own attempts count: no `send` begins after `maxAttempts` HTTP requests. With the SDK's
 *   default of 3 that is at most three sends and 9 requests; with `maxAttempts: 1` or
 *   {@link backoffStrategy} on the client it is 8.
 * - If the operation has an idempotency token that the input leaves out, one is made and used for all
 *   attempts. A bare `client.send` makes a new one each time, which for `StartOutboundVoiceContact`
 *   may be another phone call. Command and input are not changed.
 * - An operation without such a token that is not known to be repeatable (`CreateUser`, `PutUserStatus`) is
 *   retried only when it was refused: throttled or not ready. After a lost connection or a
 *   server error it may have been done already, so that error is thrown. `isRetryable` overrides this.
 * - On exhaustion the last error itself is thrown: `instanceof` and `name` tell what it was.
 */
export function sendWithBackoff<Command extends SdkCommand>(
  client: SdkClient,
  command: Command,
  options: SendOptions = {},
): Promise<SdkOutput<Command>> {
  const { name, token } = operationOf(client, command);
  const input = command.input as Record<string, unknown>;
  const repeatable = token !== undefined || REPEATABLE.test(name);
  const retryable =
    options.isRetryable ??
    ((error) => {
      const kind = classify(error);
      return kind !== undefined && (kind !== "transient" || repeatable);
    });
  let request: SdkCommand = command;
  if (token !== undefined && (input[token] === undefined || input[token] === null)) {
    // A copy, so that sending the same command again later is a new request with a new token.
    request = Object.create(Object.getPrototypeOf(command) as object, {
      ...Object.getOwnPropertyDescriptors(command),
      input: { value: { ...input, [token]: uuid() }, enumerable: true, writable: true },
    }) as SdkCommand;
  }
  const { sendOptions } = options;
  const { abortSignal } = (sendOptions ?? {}) as { abortSignal?: AbortSignalLike };
  const signal = options.signal ?? abortSignal;
  const arg = signal ? { ...sendOptions, abortSignal: signal } : sendOptions;
  const sender = client as { send(command: object, options?: object): PromiseLike<unknown> };
  const run = (): PromiseLike<unknown> => sender.send(request, ...(arg ? [arg] : []));
  const cost = (error: unknown): number =>
    Math.max(1, (error as ErrorLike | null | undefined)?.$metadata?.attempts ?? 1);
  return retry({ run, retryable, cost }, { ...options, signal }) as Promise<SdkOutput<Command>>;
}

/**
 * A first-in-first-out token bucket: `enter` resolves when the caller may go on. Whoever began first
 * goes first, and a caller that has waited until its `deadline` is told `false` instead.
 */
class Bucket {
  private tokens: number;
  private refilled = Date.now();
  private draining = false;
  private readonly queue: { since: number; leave: () => boolean }[] = [];
  interval: number;
  private readonly burst: number;
  private readonly sleep: (ms: number) => Promise<void>;

  constructor(interval: number, burst: number, sleep: (ms: number) => Promise<void>) {
    this.interval = interval;
    this.tokens = this.burst = burst;
    this.sleep = sleep;
  }

  /** Forgets what has been saved up: the server's bucket is known to be empty. */
  empty(): void {
    this.refilled = Date.now();
    this.tokens = 0;
  }

  enter(since = Date.now(), deadline = Infinity, signal?: AbortSignalLike): Promise<boolean> {
    if (signal?.aborted) return Promise.reject(abortError(signal));
    return new Promise((resolve, reject) => {
      let left = false;
      const settle = (act: () => void) => (): boolean => {
        if (left) return false;
        left = true;
        if (timer !== undefined) platform().clearTimeout(timer);
        signal?.removeEventListener("abort", onAbort);
        act();
        return true;
      };
      const onAbort = settle(() => reject(signal && abortError(signal)));
      const timer =
        deadline === Infinity
          ? undefined
          : platform().setTimeout(
              settle(() => resolve(false)),
              Math.max(0, deadline - Date.now()),
            );
      signal?.addEventListener("abort", onAbort);
      const place = this.queue.findIndex((other) => other.since > since);
      const waiter = { since, leave: settle(() => resolve(true)) };
      this.queue.splice(place < 0 ? this.queue.length : place, 0, waiter);
      if (!this.draining) void this.drain();
    });
  }

  private async drain(): Promise<void> {
    this.draining = true;
    while (this.queue.length > 0) {
      const now = Date.now();
      const earned = this.interval > 0 ? (now - this.refilled) / this.interval : Infinity;
      this.tokens = Math.min(this.burst, this.tokens + earned);
      this.refilled = now;
      if (this.tokens >= 1) {
        if (this.queue.shift()?.leave()) this.tokens--;
      } else {
        await this.sleep(Math.ceil((1 - this.tokens) * this.interval));
      }
    }
    this.draining = false;
  }
}

/** A retry token as the SDK's retry middleware uses it. */
export interface BackoffRetryToken {
  getRetryCount(): number;
  getRetryDelay(): number;
}

/** What the SDK's retry middleware tells about a failed attempt. */
export interface BackoffErrorInfo {
  readonly errorType: string;
  readonly error?: unknown;
  readonly retryAfterHint?: Date | undefined;
}

/** The SDK's `RetryStrategyV2`, without importing it. */
export interface BackoffStrategy {
  readonly mode: string;
  acquireInitialRetryToken(retryTokenScope: string): Promise<BackoffRetryToken>;
  refreshRetryTokenForRetry(
    token: BackoffRetryToken,
    errorInfo: BackoffErrorInfo,
  ): Promise<BackoffRetryToken>;
  recordSuccess(token: BackoffRetryToken): void;
}

/** Options of {@link backoffStrategy}. Abort with the `abortSignal` of the single call. */
export type BackoffStrategyOptions = Omit<BackoffOptions, "signal">;

interface StrategyToken extends BackoffRetryToken {
  readonly started: number;
  readonly sent: number;
  readonly waited: boolean;
}

/**
 * A retry strategy for SDK clients from about version 3.229 on (`RetryStrategyV2`): `new ConnectClient({ retryStrategy: backoffStrategy() })`.
 * The one retry layer of every operation and paginator of the client, with one token for each call.
 *
 * Each call backs off with full jitter. Beyond that the calls of one strategy take turns, because retries
 * create no capacity: requests pass a token bucket of 5, whose refill is learnt.
 *
 * - Until the service throttles, successes soon lift the limit altogether; a burst waits
 *   about one round trip.
 * - The first throttling sets the pace of Connect's default quota, 2 requests a second. Every further one
 *   makes the pace slower by half, but only once for all requests sent before it; each
 *   success of a request that had to queue makes it 4 % faster.
 *
 * The pace is that of the whole client, so give operations with very different quotas a client of their own.
 * A first attempt that has queued for `maxElapsedMs` is sent without its turn and not retried.
 *
 * The middleware does not say which operation failed, so operations without idempotency token
 * are retried after transient errors too, as the SDK's own strategies do.
 */
export function backoffStrategy(options: BackoffStrategyOptions = {}): BackoffStrategy {
  const { maxAttempts = 8, maxElapsedMs = 60_000, maxDelayMs = 20_000, onRetry } = options;
  const { sleep = defaultSleep } = options;
  const bucket = new Bucket(100, 5, (ms) => sleep(ms));
  let slowedAt = 0;

  const token = async (started: number, count: number): Promise<StrategyToken | undefined> => {
    const asked = Date.now();
    const turn = await bucket.enter(started, started + maxElapsedMs);
    if (!turn && count > 0) return undefined;
    const sent = Date.now();
    return {
      started,
      sent,
      waited: sent > asked,
      getRetryCount: () => count,
      getRetryDelay: () => 0,
    };
  };

  return {
    mode: "standard",
    acquireInitialRetryToken: async () => (await token(Date.now(), 0)) as StrategyToken,
    refreshRetryTokenForRetry: async (previous, { error, errorType, retryAfterHint }) => {
      const { started, sent } = previous as StrategyToken;
      const attempt = previous.getRetryCount() + 1;
      // SDK versions before 2024 hand over the error's type, but not the error.
      const kind =
        error === undefined
          ? (errorType.toLowerCase().replace(/_error$/, "") as Kind)
          : classify(error);
      if (kind === "throttling" && sent >= slowedAt) {
        bucket.interval = slowedAt ? Math.min(maxDelayMs, bucket.interval * 1.5) : 500;
        bucket.empty();
        slowedAt = Date.now();
      }
      const retryable =
        error === undefined
          ? kind === "throttling" || kind === "transient"
          : (options.isRetryable ?? isRetryable)(error);
      const delayMs = Math.max(
        delayAfter(kind, attempt, options),
        retryAfter(error),
        (retryAfterHint?.getTime() ?? 0) - Date.now(),
      );
      // The middleware answers a rejection by throwing the error of the attempt itself.
      const giveUp = new Error("No further attempt");
      if (!retryable || attempt >= maxAttempts || Date.now() + delayMs > started + maxElapsedMs) {
        throw giveUp;
      }
      onRetry?.({ attempt, delayMs, error });
      await sleep(delayMs);
      const next = await token(started, attempt);
      if (!next) throw giveUp;
      return next;
    },
    recordSuccess: (finished) => {
      if (!slowedAt) bucket.interval = bucket.interval > 1 ? bucket.interval / 2 : 0;
      else if ((finished as StrategyToken).waited) bucket.interval *= 0.96;
    },
  };
}

/** Thrown by {@link pollUntil} when attempts or time are used up. */
export class PollTimeoutError<T = unknown> extends Error {
  override readonly name: string = "PollTimeoutError";
  readonly attempts: number;
  /** The last value that the probe gave, if any. */
  readonly lastValue: T | undefined;
  /** The error of the last probe, if it failed. */
  readonly lastError: unknown;

  constructor(attempts: number, lastValue: T | undefined, lastError: unknown) {
    super(`Not done after ${attempts} attempts`);
    this.attempts = attempts;
    this.lastValue = lastValue;
    this.lastError = lastError;
  }
}

/** Options of {@link pollUntil}; the defaults differ from those of retries. */
export interface PollOptions extends BackoffOptions {
  /** Default: 60. */
  maxAttempts?: number | undefined;
  /** Time between the first two probes. Default: 1000 ms. */
  baseDelayMs?: number | undefined;
  /** Default: 10 000 ms. */
  maxDelayMs?: number | undefined;
  /** Default: 300 000 ms, five minutes. */
  maxElapsedMs?: number | undefined;
}

/**
 * Calls `probe` until `done` accepts its value, and resolves to it. Waits grow by half each time, up to
 * `maxDelayMs`, and vary between half and all of that. Retryable errors of the probe are
 * tolerated, others thrown. Throws {@link PollTimeoutError} when attempts or time are used up.
 */
export async function pollUntil<T, Done extends T>(
  probe: (context: AttemptContext) => PromiseLike<T> | T,
  done: (value: T) => value is Done,
  options?: PollOptions,
): Promise<Done>;
export async function pollUntil<T>(
  probe: (context: AttemptContext) => PromiseLike<T> | T,
  done: (value: T) => boolean,
  options?: PollOptions,
): Promise<T>;
export async function pollUntil<T>(
  probe: (context: AttemptContext) => PromiseLike<T> | T,
  done: (value: T) => boolean,
  options: PollOptions = {},
): Promise<T> {
  const { maxAttempts = 60, baseDelayMs = 1000, maxDelayMs = 10_000 } = options;
  const { maxElapsedMs = 300_000, signal, random, sleep = defaultSleep } = options;
  const retryable = options.isRetryable ?? isRetryable;
  const deadline = Date.now() + maxElapsedMs;
  let lastValue: T | undefined;
  for (let attempt = 1; ; attempt++) {
    if (signal?.aborted) throw abortError(signal);
    let error: unknown;
    try {
      lastValue = await probe({ attempt, signal });
    } catch (thrown) {
      if (signal?.aborted || !retryable(thrown)) throw thrown;
      error = thrown;
    }
    if (error === undefined && done(lastValue as T)) return lastValue as T;
    const ceiling = Math.min(maxDelayMs, baseDelayMs * 1.5 ** (attempt - 1));
    const delayMs = Math.max(ceiling / 2 + jitter(ceiling / 2, random), retryAfter(error));
    if (attempt >= maxAttempts || Date.now() + delayMs > deadline) {
      throw new PollTimeoutError(attempt, lastValue, error);
    }
    if (error !== undefined) options.onRetry?.({ attempt, delayMs, error });
    await sleep(delayMs, signal);
  }
}

/** A request quota, as Connect states them. */
export interface PaceLimits {
  /** Sustained requests a second. */
  readonly ratePerSecond: number;
  /** Requests that may go at once after a pause. Default: 1. */
  readonly burst?: number | undefined;
  /** Replaces the timer; for tests. */
  readonly sleep?: ((ms: number) => Promise<void>) | undefined;
}

/** Resolves when the next request may be sent; in the order of the calls. */
export type Pacer = (signal?: AbortSignalLike) => Promise<void>;

/**
 * Limits requests to a quota, on this side: `await pace()` before each of them. It stays 2 % below the
 * rate, so that variations in network latency do not bring requests too close together.
 */
export function createPacer({ ratePerSecond, burst = 1, sleep = defaultSleep }: PaceLimits): Pacer {
  if (!(ratePerSecond > 0 && burst >= 1)) {
    throw new RangeError("ratePerSecond must be above 0, and burst at least 1");
  }
  const bucket = new Bucket(1020 / ratePerSecond, burst, (ms) => sleep(ms));
  return async (signal) => {
    await bucket.enter(undefined, undefined, signal);
  };
}

/** Options of {@link mapPaced}. */
export interface MapPacedLimits extends PaceLimits {
  /** Calls in flight at once. Default: 10. */
  readonly concurrency?: number | undefined;
  readonly signal?: AbortSignalLike | undefined;
}

/**
 * `Promise.all(items.map(fn))` within a quota: results in the order of the items, no more calls a second
 * than `limits` allows, a bounded number at once. The first error is thrown and no further
 * call begun. It does not retry: let `fn` use {@link sendWithBackoff}, or the client {@link backoffStrategy}.
 */
export async function mapPaced<T, R>(
  items: Iterable<T>,
  fn: (item: T, index: number) => PromiseLike<R> | R,
  limits: MapPacedLimits,
): Promise<R[]> {
  const { concurrency = 10, signal } = limits;
  const pace = createPacer(limits);
  const entries = [...items].entries();
  const results: R[] = [];
  let failed = false;
  const work = async (): Promise<void> => {
    for (const [index, item] of entries) {
      await pace(signal);
      if (failed) return;
      results[index] = await fn(item, index);
    }
  };
  const workers = Array.from({ length: Math.max(1, concurrency) }, () =>
    work().catch((error: unknown) => {
      failed = true;
      throw error;
    }),
  );
  await Promise.all(workers);
  return results;
}

/** `additionalInfo` of a failed rule action: the error of the request that the rule made. */
export interface RulesActionError {
  readonly message: string | undefined;
  readonly code: string | undefined;
  readonly statusCode: number | undefined;
  readonly time: string | undefined;
  readonly requestId: string | undefined;
  readonly retryable: boolean;
  /**
   * Milliseconds. Only if `retryable`: the number that comes with other errors means nothing. Also
   * missing when the service's own retries are exhausted.
   */
  readonly retryDelayMs: number | undefined;
}

/** A failed action of a Connect rule. The strings are open sets: the documented values are not all. */
export interface RulesActionFailure {
  readonly ruleId: string | undefined;
  readonly actionType: string | undefined;
  readonly triggerEvent: string | undefined;
  readonly instanceArn: string | undefined;
  readonly reasonCode: string | undefined;
  readonly error: string | undefined;
  /** `undefined` if missing or not a JSON object; `additionalInfoText` has what came. */
  readonly additionalInfo: RulesActionError | undefined;
  readonly additionalInfoText: string | undefined;
}

const record = (value: unknown): Readonly<Record<string, unknown>> | undefined =>
  typeof value === "object" && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : undefined;
const text = (value: unknown): string | undefined =>
  typeof value === "string" ? value : undefined;
const finite = (value: unknown): number | undefined =>
  typeof value === "number" && Number.isFinite(value) ? value : undefined;

/**
 * Reads the EventBridge event "… Rules Action Execution Failed" of Amazon Connect, under either of its two
 * documented names. Gives `undefined` for any other event, and never throws.
 */
export function parseRulesActionFailure(event: unknown): RulesActionFailure | undefined {
  const envelope = record(event);
  const detail = record(envelope?.["detail"]);
  const type = text(envelope?.["detail-type"]);
  if (
    !detail ||
    !/^(Amazon Connect|Contact Lens) Rules Action Execution Failed$/.test(type ?? "")
  ) {
    return undefined;
  }
  const additionalInfoText = text(detail["additionalInfo"]);
  let info: Readonly<Record<string, unknown>> | undefined;
  try {
    info = record(JSON.parse(additionalInfoText ?? ""));
  } catch {
    // Not JSON: the text is all there is.
  }
  const retryable = info?.["retryable"] === true;
  return {
    ruleId: text(detail["ruleId"]),
    actionType: text(detail["actionType"]),
    triggerEvent: text(detail["triggerEvent"]),
    instanceArn: text(detail["instanceArn"]),
    reasonCode: text(detail["reasonCode"]),
    error: text(detail["error"]),
    additionalInfo: info && {
      message: text(info["message"]),
      code: text(info["code"]),
      statusCode: finite(info["statusCode"]),
      time: text(info["time"]),
      requestId: text(info["requestId"]),
      retryable,
      retryDelayMs: retryable ? finite(info["retryDelay"]) : undefined,
    },
    additionalInfoText,
  };
}
