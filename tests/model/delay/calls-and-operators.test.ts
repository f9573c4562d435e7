/** What calls and operators make of the numbers that they are given. */
import { describe, expect, it } from "vitest";
import { delayIn, testPrograms } from "./programs.ts";

describe("a call", () => {
  testPrograms([
    [
      { kind: "growing" },
      {
        "of the exponential function": "ATTEMPTS WAIT(100 * Math.exp(n));",
        "of a square root": "ATTEMPTS WAIT(1000 * Math.sqrt(n));",
        "of a function that chooses by the attempt":
          "const pause = (k: number) => { if (k > 2) return Number(process.env.LONG); return Number(process.env.SHORT); }; ATTEMPTS WAIT(pause(n));",
        "of a function that chooses by one of its arguments":
          "const pause = (k: number, most: number) => { if (k > most) return 900; return 100; }; ATTEMPTS WAIT(pause(n, 2));",
      },
    ],
    [
      { kind: "growing", maxMs: 1600, capped: "no" },
      {
        "that writes the number down": "ATTEMPTS WAIT(Number((100 * 2 ** n).toFixed(0)));",
        "that gives the number itself": "ATTEMPTS WAIT((100 * 2 ** n).valueOf());",
        "of an async function":
          "const pause = async (k: number) => 100 * 2 ** k; ATTEMPTS WAIT(await pause(n));",
      },
    ],
    [
      { kind: "growing", maxMs: 534 },
      { "that rounds": "ATTEMPTS WAIT(Math.round(33.4 * 2 ** n));" },
    ],
    [
      { kind: "growing", maxMs: 400, capped: "yes" },
      {
        "that takes the first of a list":
          "const delays = [100, 200, 400]; ATTEMPTS WAIT(delays.shift()!);",
        "that takes the last of a list":
          "const delays = [400, 200, 100]; ATTEMPTS WAIT(delays.pop()!);",
      },
    ],
    [
      { kind: "fixed" },
      {
        "that rounds a setting": "ATTEMPTS WAIT(Math.round(Number(process.env.PAUSE)));",
        "that reads a setting": 'ATTEMPTS WAIT(Number.parseInt(process.env.PAUSE ?? "500", 10));',
        "that reads a setting as a fraction":
          'ATTEMPTS WAIT(Number.parseFloat(process.env.PAUSE ?? "500"));',
        "for one element of a list":
          "const delays = [100, 200]; async function run(level: number) { ATTEMPTS WAIT(delays.at(level)!); }",
        "of a function that chooses by a setting":
          "const pause = (slow: boolean) => { if (slow) return 900; return 100; }; async function run(slow: boolean) { ATTEMPTS WAIT(pause(slow)); }",
        "of a function that leaves the attempt aside":
          "const pause = (_k: number) => Math.min(Number(process.env.PAUSE), 500); ATTEMPTS WAIT(pause(n));",
      },
    ],
    [
      { kind: "fixed", fixedMs: 500 },
      {
        "of a function with equal results":
          "const pause = (k: number) => { if (k > 2) return 500; return 500; }; ATTEMPTS WAIT(pause(n));",
      },
    ],
    [
      { kind: "clock" },
      {
        "of the date": "const next = 5000; ATTEMPTS WAIT(next - Date.now());",
        "of the timer of the process":
          "const next = 5000; ATTEMPTS WAIT(next - performance.now());",
      },
    ],
    [
      { kind: "jittered" },
      {
        "for random bytes, read as one number":
          'import { randomBytes } from "node:crypto"; ATTEMPTS WAIT(randomBytes(4).readUInt32BE() / 1e6);',
        "for random bytes, read as one byte":
          'import { randomBytes } from "node:crypto"; ATTEMPTS WAIT(4 * randomBytes(1).readUInt8());',
        "of an own function with the name of a global":
          "function parseFloat(_text: string) { return Math.random() * 100; } ATTEMPTS WAIT(parseFloat('5'));",
      },
    ],
    [
      { kind: "jittered", maxMs: 20_000 },
      {
        "for a backoff of the helper":
          'import { backoffDelay } from "eslint-plugin-connect-resilience/backoff"; ATTEMPTS WAIT(backoffDelay(n));',
      },
    ],
    [
      { kind: "unknown" },
      {
        "of another clock": "declare const clock: { now(): number }; ATTEMPTS WAIT(clock.now());",
        "of another reader of numbers":
          "declare const texts: { parseInt(text: string): number }; ATTEMPTS WAIT(texts.parseInt('5'));",
        "for bytes that came from elsewhere":
          "declare function header(): Buffer; ATTEMPTS WAIT(header().readUInt8(0));",
        "that takes from a queue":
          "async function run(queue: number[]) { ATTEMPTS WAIT(queue.shift()!); }",
        "with a list of arguments":
          "declare function durations(): number[]; ATTEMPTS WAIT(Math.max(...durations()));",
        "of a method that a name chooses":
          'async function run(name: "sin" | "cos") { ATTEMPTS WAIT(Math[name](n)); }',
        "that may go on for ever":
          "declare function ready(): boolean; function pause(k: number): number { return ready() ? 100 * k : pause(k + 1) + pause(k + 2); } ATTEMPTS WAIT(pause(n));",
      },
    ],
  ]);
});

describe("an operator", () => {
  testPrograms([
    [
      { kind: "growing", maxMs: 1600, capped: "no" },
      {
        "that gives the last of several": "ATTEMPTS WAIT((console.log(n), 100 * 2 ** n));",
        "that chooses by something else":
          "declare function load(): number; ATTEMPTS WAIT(load() > 800 ? 800 : 100 * 2 ** n);",
        "that compares another power":
          "async function run(load: number) { ATTEMPTS WAIT(100 * 2 ** load > 800 ? 800 : 100 * 2 ** n); }",
        "that keeps a number above a floor":
          "ATTEMPTS WAIT(100 * 2 ** n < 200 ? 200 : 100 * 2 ** n);",
      },
    ],
    [
      { kind: "growing", maxMs: 800, capped: "yes" },
      {
        less: "ATTEMPTS WAIT(100 * 2 ** n < 800 ? 100 * 2 ** n : 800);",
        "less or equal": "ATTEMPTS WAIT(100 * 2 ** n <= 800 ? 100 * 2 ** n : 800);",
        "less, the limit first": "ATTEMPTS WAIT(800 < 100 * 2 ** n ? 800 : 100 * 2 ** n);",
        "more or equal": "ATTEMPTS WAIT(100 * 2 ** n >= 800 ? 800 : 100 * 2 ** n);",
        "more, the limit first": "ATTEMPTS WAIT(800 > 100 * 2 ** n ? 100 * 2 ** n : 800);",
      },
    ],
    [
      { kind: "growing", maxMs: 200 },
      {
        "a floor": "ATTEMPTS WAIT(50 * n < 100 ? 100 : 50 * n);",
        "a floor, written first": "ATTEMPTS WAIT(100 > 50 * n ? 100 : 50 * n);",
      },
    ],
    [
      { kind: "growing" },
      {
        "a text around the attempt": "ATTEMPTS WAIT(Number(`${n}000`));",
        "twice not": "ATTEMPTS WAIT(~~(100 * 2 ** n));",
        "a choice by the attempt between settings":
          "async function run(long: number, short: number) { ATTEMPTS WAIT(n > 2 ? long : short); }",
        "a choice by the attempt itself": "ATTEMPTS WAIT(n ? 1000 : 100);",
      },
    ],
    [{ kind: "growing", maxMs: 400 }, { "minus a negative": "ATTEMPTS WAIT(-(n * -100));" }],
    [{ kind: "growing", maxMs: 500 }, { "a difference": "ATTEMPTS WAIT(900 - (800 - 100 * n));" }],
    [
      { kind: "growing", maxMs: 6400 },
      {
        "bits to the right": "ATTEMPTS WAIT(6400 >> (4 - n));",
        "bits to the right without a sign": "ATTEMPTS WAIT(6400 >>> (4 - n));",
      },
    ],
    [
      { kind: "clock", capped: "yes" },
      { "a rest of the clock": "ATTEMPTS WAIT(1000 + (Date.now() % 500));" },
    ],
    [
      { kind: "jittered", capped: "yes" },
      {
        "a rest of a random number":
          "ATTEMPTS WAIT(1000 + (Math.floor(Math.random() * 1e6) % 500));",
      },
    ],
    [
      { kind: "fixed", fixedMs: 1000 },
      {
        "a limit below everything": "ATTEMPTS WAIT(Math.min(1000, 5000 * (n + 1)));",
        "a floor above everything": "ATTEMPTS WAIT(Math.max(1000, 10 * n));",
        "a choice between equals": "ATTEMPTS WAIT(n > 2 ? 1000 : 1000);",
        "a random choice between equals": "ATTEMPTS WAIT(Math.random() > 0.5 ? 1000 : 1000);",
      },
    ],
    [
      { kind: "fixed", fixedMs: undefined, maxMs: 500 },
      {
        "a choice by what is asked":
          "declare function busy(): boolean; ATTEMPTS WAIT(busy() ? 500 : 100);",
        "a limit of a setting":
          "async function run(ms: number) { ATTEMPTS WAIT(Math.min(ms, 500)); }",
        "minus a floor of a setting":
          "async function run(ms: number) { ATTEMPTS WAIT(-Math.max(ms, -500)); }",
      },
    ],
    [
      { kind: "fixed", maxMs: 500 },
      { and: "async function run(slow: boolean) { ATTEMPTS WAIT(Number(slow && 500)); }" },
    ],
    [
      { kind: "fixed", fixedMs: undefined, maxMs: undefined },
      { "minus a setting": "async function run(ms: number) { ATTEMPTS WAIT(1000 - -ms); }" },
    ],
    [
      { kind: "unknown" },
      {
        "plus before an unknown object":
          "declare class Interval { valueOf(): number } ATTEMPTS WAIT(+new Interval());",
      },
    ],
  ]);
});

describe("seconds handed to a timer in milliseconds", () => {
  const run = (expression: string): string =>
    `async function run(delaySeconds: number, by: number) { ATTEMPTS WAIT(${expression}); } void run;`;
  it.each([
    "delaySeconds * 2",
    "delaySeconds * (n + 1)",
    "delaySeconds * Math.random()",
    "100 + delaySeconds",
    "2 * 2 ** n",
    "2 ** n * 2",
    "1 << n",
    "2 * (1 << n)",
  ])("%s", (expression) => {
    expect(delayIn(run(expression)).slips).toMatchObject([{ slip: "seconds-as-milliseconds" }]);
  });
  it.each([
    "1000 * delaySeconds",
    "delaySeconds * 1000",
    "delaySeconds * by",
    "by * delaySeconds",
    "2 ** n * 1000",
    "2 * n * 2 ** 2",
    "n * (1 << 2)",
  ])("not %s", (expression) => {
    expect(delayIn(run(expression)).slips).toEqual([]);
  });
});
