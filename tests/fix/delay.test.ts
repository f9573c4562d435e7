import { describe, expect, it } from "vitest";
import {
  awaitStatement,
  raiseToPower,
  scaleDelay,
  varyAround,
  wrapDelay,
} from "../../src/fix/delay.ts";
import type { Edit } from "../../src/fix/edit.ts";
import { apply, inspect, nodesOf, type SourceCode } from "./support.ts";

type Node = Parameters<typeof varyAround>[1];

/** The text with an edit of the first argument that a call or `new` at the end of the file has, or why there is none. */
const onArgument = (code: string, edit: (sourceCode: SourceCode, delay: Node) => Edit): string => {
  const made = inspect(code, {}, (sourceCode) => {
    const [call] = [
      ...nodesOf(sourceCode, "CallExpression"),
      ...nodesOf(sourceCode, "NewExpression"),
    ];
    const [delay] = call?.arguments ?? [];
    if (delay === undefined) throw new Error("no delay");
    return edit(sourceCode, delay);
  });
  return made.applicability === "none" ? (made.reason ?? "") : apply(code, made);
};

describe("a delay", () => {
  it.each([
    ["sleep(5000);", "sleep(2500 + jitter(5000));"],
    ["sleep(30_000);", "sleep(15000 + jitter(30_000));"],
    ["sleep(1.5);", "sleep(0.75 + jitter(1.5));"],
    ["sleep(ms);", "sleep(ms / 2 + jitter(ms));"],
    ["sleep(this.options.ms);", "sleep(this.options.ms / 2 + jitter(this.options.ms));"],
    ["sleep(waits[0]);", "sleep(jitter(2 * (waits[0])));"],
    ["sleep(interval().ms);", "sleep(jitter(2 * (interval().ms)));"],
    ["sleep(await interval());", "sleep(jitter(2 * (await interval())));"],
    ["sleep(base + 100);", "sleep(jitter(2 * (base + 100)));"],
    ["sleep(isFast ? 500 : 1000);", "sleep(jitter(2 * (isFast ? 500 : 1000)));"],
    ["new Timer(5000);", "new Timer(2500 + jitter(5000));"],
  ])("varies around its mean: %s", (before, after) => {
    expect(onArgument(before, (sourceCode, delay) => varyAround(sourceCode, delay, "jitter"))).toBe(
      after,
    );
  });

  it("keeps a call as it is", () => {
    expect(
      onArgument("sleep(interval());", (sourceCode, delay) =>
        varyAround(sourceCode, delay, "jitter"),
      ),
    ).toBe("sleep(jitter(2 * interval()));");
  });

  it.each([
    ["sleep(ms * 2);", "ms"],
    ["const wait = interval;", "interval"],
    ["interval();", "interval"],
    ["new Interval();", "Interval"],
  ])("does not vary as a part of something else: %s", (code, name) => {
    const { reason } = inspect(code, {}, (sourceCode) => {
      const delay = nodesOf(sourceCode, "Identifier").find((node) => node.name === name);
      if (delay === undefined) throw new Error("no delay");
      return varyAround(sourceCode, delay, "jitter");
    });
    expect(reason).toBe("the interval is part of a larger expression");
  });

  it.each([
    ["sleep(2 ** attempt);", "sleep(1000 * (2 ** attempt));"],
    ["sleep(seconds);", "sleep(1000 * seconds);"],
    ["sleep(this.seconds);", "sleep(1000 * this.seconds);"],
    ["sleep(5);", "sleep(1000 * 5);"],
    ["sleep(Math.min(60, 2 ** attempt));", "sleep(1000 * Math.min(60, 2 ** attempt));"],
    ["sleep(seconds ?? 5);", "sleep(1000 * (seconds ?? 5));"],
  ])("is scaled as a whole: %s", (before, after) => {
    expect(onArgument(before, (sourceCode, delay) => scaleDelay(sourceCode, delay, 1000))).toBe(
      after,
    );
  });

  it("is scaled and wrapped together", () => {
    expect(
      onArgument("sleep(2 ** attempt);", (sourceCode, delay) =>
        wrapDelay(sourceCode, delay, "jitter(", ")"),
      ),
    ).toBe("sleep(jitter(2 ** attempt));");
  });
});

describe("an exclusive or for a power", () => {
  const raised = (code: string): string =>
    onArgument(code, (sourceCode, delay) => raiseToPower(sourceCode, delay));
  it.each([
    ["sleep(2 ^ attempt);", "sleep(2 ** attempt);"],
    ["sleep((base) ^ (attempt + 1));", "sleep((base) ** (attempt + 1));"],
    ["sleep(this.base ^ attempt);", "sleep(this.base ** attempt);"],
    ["sleep(2 ^ attempt * 100);", "sleep(2 ** attempt * 100);"],
  ])("%s", (before, after) => {
    expect(raised(before)).toBe(after);
  });
  it.each([
    ["sleep(-2 ^ attempt);", "the base is an expression"],
    ["sleep(100 * 2 ^ attempt);", "the base is an expression"],
    ["sleep(bases[0] ^ attempt);", "the base is an expression"],
    ["sleep(2 | attempt);", "the operator is not `^`"],
    ["sleep(attempt);", "the operator is not `^`"],
  ])("not %s", (code, reason) => {
    expect(raised(code)).toBe(reason);
  });
});

describe("a sleep that nothing waits for", () => {
  const awaited = (code: string): string => {
    const edit = inspect(code, {}, (sourceCode) => {
      const sleep = nodesOf(sourceCode, "CallExpression").find(
        ({ callee }) => sourceCode.getText(callee) === "sleep",
      );
      if (sleep === undefined) throw new Error("no sleep");
      return awaitStatement(sourceCode, sleep);
    });
    return edit.applicability === "none" ? (edit.reason ?? "") : apply(code, edit);
  };
  it("is awaited", () => {
    expect(awaited("log();\nsleep(500);\n")).toBe("log();\nawait sleep(500);\n");
  });
  it.each(["(sleep(500));", "void sleep(500);", "const p = sleep(500);", "log(sleep(500));"])(
    "stays where it is no statement: %s",
    (code) => {
      expect(awaited(code)).toBe("the sleep is not a statement of its own");
    },
  );
});
