/** What a generated Connect program does, apart from how it is written. */
import fc from "fast-check";

/** The language, and what the linter knows of it: `espree` and `commonjs` are linted without types. */
export type Language = "commonjs" | "cts" | "espree" | "ts" | "typed-js";

export const operations = [
  "ListUsers",
  "DescribeContact",
  "UpdateContactAttributes",
  "StartOutboundVoiceContact",
  "BatchPutContact",
] as const;
export type Operation = (typeof operations)[number];

export interface Client {
  readonly api: "aggregated" | "v2" | "v3";
  readonly policy: "attempts" | "default" | "fixed strategy" | "off" | "our strategy";
  readonly place: "factory" | "field" | "injected" | "local" | "module";
}

/** A call; the token is that of operations which have one. */
export interface Call {
  readonly operation: Operation;
  readonly token: "given" | "none" | "per attempt";
}

export type Delay = "additive jitter" | "fixed" | "full jitter" | "growing" | "none";
export type ErrorTest = "class" | "code" | "message" | "misspelt" | "name";

export type Scene = Readonly<
  | {
      kind: "retry";
      call: Call;
      attempts: 3 | 5 | 40 | undefined;
      delay: Delay;
      filter: "everything" | "helper" | "throttling";
      exhaustion: "silent" | "throws";
    }
  | { kind: "call"; call: Call; result: "awaited" | "checked" | "dropped" | "returned" }
  | { kind: "error test"; call: Call; test: ErrorTest }
  | { kind: "fan-out"; call: Call; way: "all" | "chunks" | "each" | "settled" }
  | { kind: "iteration"; call: Call; pause: Delay; mayFail: boolean }
  | { kind: "pages"; pause: Delay }
  | { kind: "paginator" }
  | { kind: "poll"; delay: Delay; rounds: number | undefined }
  | { kind: "v2 callback"; call: Call; sent: boolean }
>;

export interface Meaning {
  readonly language: Language;
  readonly client: Client;
  readonly scenes: readonly Scene[];
}

const call: fc.Arbitrary<Call> = fc.record({
  operation: fc.constantFrom(...operations),
  token: fc.constantFrom("none", "given", "per attempt"),
});
const delay = fc.constantFrom<Delay[]>(
  "fixed",
  "none",
  "growing",
  "full jitter",
  "additive jitter",
);

const retry: fc.Arbitrary<Scene> = fc.record({
  kind: fc.constant("retry"),
  call,
  attempts: fc.constantFrom(3, undefined, 5, 40),
  delay,
  filter: fc.constantFrom("everything", "throttling", "helper"),
  exhaustion: fc.constantFrom("throws", "silent"),
});
const otherScene: fc.Arbitrary<Scene> = fc.oneof(
  fc.record({
    kind: fc.constant("call"),
    call,
    result: fc.constantFrom("returned", "awaited", "dropped", "checked"),
  }),
  fc.record({
    kind: fc.constant("error test"),
    call,
    test: fc.constantFrom<ErrorTest[]>("name", "code", "misspelt", "class", "message"),
  }),
  fc.record({
    kind: fc.constant("fan-out"),
    call,
    way: fc.constantFrom("all", "settled", "each", "chunks"),
  }),
  fc.record({ kind: fc.constant("iteration"), call, pause: delay, mayFail: fc.boolean() }),
  fc.record({ kind: fc.constant("pages"), pause: delay }),
  fc.record({ kind: fc.constant("paginator") }),
  fc.record({ kind: fc.constant("poll"), delay, rounds: fc.constantFrom(10, undefined) }),
  fc.record({ kind: fc.constant("v2 callback"), call, sent: fc.boolean() }),
);

/** Programs of one to three functions around one client. */
export const meanings: fc.Arbitrary<Meaning> = fc.record({
  language: fc.constantFrom("ts", "ts", "ts", "espree", "commonjs", "typed-js", "cts"),
  client: fc.record({
    api: fc.constantFrom("v3", "v3", "v3", "aggregated", "v2"),
    policy: fc.constantFrom("default", "attempts", "off", "our strategy", "fixed strategy"),
    place: fc.constantFrom("module", "field", "factory", "injected", "local"),
  }),
  scenes: fc.array(
    fc.oneof({ weight: 1, arbitrary: retry }, { weight: 1, arbitrary: otherScene }),
    {
      minLength: 1,
      maxLength: 3,
    },
  ),
});
