import { describe, expect, it } from "vitest";
import { once } from "../../src/model/once.ts";

describe("once", () => {
  it("asks once for each thing, also where the answer is nothing", () => {
    const asked: object[] = [];
    const question = once((thing: object): object | undefined => {
      asked.push(thing);
      return undefined;
    });
    const [one, other] = [{}, {}];
    expect([one, one, other, one].map(question)).toEqual([
      undefined,
      undefined,
      undefined,
      undefined,
    ]);
    expect(asked).toEqual([one, other]);
  });

  it("asks again after an answer that failed", () => {
    let failures = 0;
    const question = once((thing: object) => {
      if (failures++ === 0) throw new Error("not yet");
      return thing;
    });
    const thing = {};
    expect(() => question(thing)).toThrow("not yet");
    expect(question(thing)).toBe(thing);
  });

  it("has an answer for a question that comes back to itself", () => {
    const depth: (thing: object) => number = once((thing) => depth(thing) + 1, { value: 0 });
    expect(depth({})).toBe(1);
  });
});
