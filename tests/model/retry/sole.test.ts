/** Loops that do nothing but send a command until it succeeds, or ask until an answer is final: what one call of the helper does as well. */
import { SourceCode } from "eslint";
import { describe, expect, it } from "vitest";
import { solePollOf } from "../../../src/model/retry/sole-poll.ts";
import { soleSendOf } from "../../../src/model/retry/sole-send.ts";
import { unitOf } from "../../../src/model/program/unit.ts";
import { atLayer, getting, SEND } from "./support.ts";

const DECLARED = `
declare const prepare: () => Promise<void>;
declare const changed: (user: unknown) => boolean;
declare const commands: DescribeUserCommand[];
`;

/** What stays of a loop that only sends, as source text, with whether a function is left without a use. */
function keptOf(code: string): readonly [string, boolean] | undefined {
  return atLayer(DECLARED + code, ({ calls: [call], layer }, _targets, unit) => {
    const { text, ast } = unit;
    const sourceCode = new SourceCode({
      text,
      ast: ast as never,
      visitorKeys: unit.visitorKeys as never,
    });
    const found = soleSendOf(layer, call, sourceCode as never);
    return found && [text.slice(...found.kept).replace(SEND, "SEND"), found.orphans];
  });
}

describe("a loop that only sends", () => {
  const sending = (attempt: string, rest = "await sleep(100);", head = "for (;;)"): string =>
    `${getting(`${head} { try { ${attempt} } catch (error) { ${rest} } }`)} export const later = () => sleep(1);`;
  const returned = `return await ${SEND};`;
  const kept = ["return await SEND;", false];

  it.each([
    ["for (;;)"],
    ["for (let n = 0; ; n++)"],
    ["for (let n = 0, most = 5; ; n++)"],
    ["for (let n = 0; ; )"],
    ["while (true)"],
    ["while (1)"],
  ])("%s", (head) => {
    expect(keptOf(sending(returned, "await sleep(100);", head))).toEqual(kept);
  });
  it("do { … } while (true)", () => {
    const code = `${getting(`do { try { ${returned} } catch { await sleep(100); } } while (true);`)} export const later = () => sleep(1);`;
    expect(keptOf(code)).toEqual(kept);
  });
  it.each([
    ["for (let n = 0; n < 5; n++)"],
    ["for (let n = Number(UserId); ; n++)"],
    ["for (let n = 0; ; n += 2)"],
    ["for (n = 0; ; n++)"],
    ["for (; ; n++)"],
    ["while (n < 5)"],
    ["while (true as boolean)"],
  ])("look-alike: %s", (head) => {
    const code = sending(returned, "await sleep(100); n++;", head).replace(
      "await sleep(100); n++;",
      "await sleep(100);",
    );
    expect(keptOf(`let n = 0; ${code}`)).toEqual(
      head === "while (true as boolean)" ? kept : undefined,
    );
  });

  it.each([
    [`await ${SEND}; return;`, "await SEND; return;"],
    [`await ${SEND}; break;`, "await SEND;"],
    [`last = await ${SEND}; break;`, "last = await SEND;"],
    [`last = await ${SEND}; return last;`, "last = await SEND; return last;"],
    [`const user = await ${SEND}; return user;`, "const user = await SEND; return user;"],
  ])("keeps %s", (attempt, expected) => {
    expect(keptOf(`let last: unknown; ${sending(attempt)} export { last };`)).toEqual([
      expected,
      false,
    ]);
  });
  it.each([
    ["its answer is looked at", `return (await ${SEND}).User;`],
    ["its answer is added to another", `total += String(await ${SEND}); break;`],
    ["its answer is added", `total += (await ${SEND}) as never; break;`],
    ["its answer goes into an object", `box.user = await ${SEND}; break;`],
    ["its answer is taken apart", `const { User } = await ${SEND}; return User;`],
    [
      "something is declared beside it",
      `const user = await ${SEND}, at = Date.now(); return [user, at];`,
    ],
    ["something is done beside it", `await prepare(); return await ${SEND};`],
    ["something is done after it", `const user = await ${SEND}; console.log(user); return user;`],
    ["nothing leaves the loop", `await ${SEND};`],
    ["it is left by name", `await ${SEND}; break outer;`],
    ["its answer is logged, and the loop left", `console.log(await ${SEND}); break;`],
  ])("is none where %s", (_why, attempt) => {
    const code = sending(attempt).replace(
      "for (;;)",
      attempt.includes("outer") ? "outer: for (;;)" : "for (;;)",
    );
    expect(
      keptOf(`let total = ""; const box: any = {}; ${code} export { total, box };`),
    ).toBeUndefined();
  });

  it.each([
    ["await sleep(1000 * 2);", true],
    ["await sleep(Math.random() * 1000);", true],
    ["await new Promise((resolve) => setTimeout(resolve, 100));", true],
    ["await sleep(100); continue;", true],
    ["", true],
    ["await sleep(next());", false],
    ["await new Promise((resolve) => setTimeout(resolve, (count += 1)));", false],
    ["await new Promise((resolve) => setTimeout(resolve, count++));", false],
    ["sleep(100);", false],
    ["console.warn(error); await sleep(100);", false],
    ["await prepare();", false],
    ["if (changed(error)) await sleep(100);", false],
  ])("between two attempts: %s", (rest, expected) => {
    const code = `let count = 0; const next = () => (count += 1); ${sending(returned, rest)} export { count };`;
    expect(keptOf(code) !== undefined).toBe(expected);
  });

  it("may wait after the try", () => {
    const code = (rest: string): string =>
      `${getting(`for (;;) { try { ${returned} } catch {} ${rest} }`)} export const later = () => sleep(1);`;
    expect(keptOf(code("await sleep(100);"))).toEqual(kept);
    expect(keptOf(code("await prepare();"))).toBeUndefined();
  });
  it("is none with a finally, without braces around it, or with a command that a call has a part in", () => {
    expect(
      keptOf(
        getting(
          `for (;;) { try { ${returned} } catch { await sleep(1); } finally { await prepare(); } }`,
        ),
      ),
    ).toBeUndefined();
    expect(
      keptOf(getting(`if (UserId) for (;;) { try { ${returned} } catch { await sleep(1); } }`)),
    ).toBeUndefined();
    expect(
      keptOf(getting(`for (;;) try { ${returned} } catch { await sleep(1); }`)),
    ).toBeUndefined();
    const shared = returned.replace(/new DescribeUserCommand\(.*\)\)/, "commands[0]!)");
    expect(keptOf(sending(shared))).toBeDefined();
    const computed = returned.replace("UserId }", "UserId: commands.at(-1)!.input.UserId }");
    expect(keptOf(sending(computed))).toBeUndefined();
  });
  it("is none where the name of the answer means something around it", () => {
    const attempt = `const user = await ${SEND}; return user;`;
    const loop = `for (;;) { try { ${attempt} } catch { await sleep(1); } }`;
    expect(keptOf(getting(`{ const user = 1; console.log(user); } ${loop}`))).toBeUndefined();
    expect(keptOf(getting(`{ const other = 1; console.log(other); } ${loop}`))).toBeDefined();
  });

  it("leaves a sleep without a use where nothing else calls it", () => {
    const body = getting(`for (;;) { try { ${returned} } catch { await pause(100); } }`);
    const orphaned = (declared: string, more = ""): boolean | undefined =>
      keptOf(`${declared} ${body} ${more}`)?.[1];
    const arrow = "const pause = (ms: number) => new Promise((r) => setTimeout(r, ms));";
    const plain = "function pause(ms: number) { return new Promise((r) => setTimeout(r, ms)); }";
    expect(orphaned(arrow)).toBe(true);
    expect(orphaned(plain)).toBe(true);
    expect(orphaned(`import { setTimeout as pause } from "node:timers/promises";`)).toBe(true);
    expect(orphaned(`export ${arrow}`)).toBe(false);
    expect(orphaned(`export ${plain}`)).toBe(false);
    expect(orphaned(arrow, "export const later = () => pause(1);")).toBe(false);
  });
});

/** The condition of a loop that only polls, with when it holds, and whether a function is left without a use. */
function pollOf(code: string): string | undefined {
  return atLayer(DECLARED + code, (located) => {
    const poll = solePollOf(located);
    if (poll === undefined) return undefined;
    const { text } = unitOf(poll.test);
    const parts = [poll.finalWhen ? "until" : "while", text.slice(...poll.test.range)];
    return [
      ...parts,
      ...(poll.awaits ? ["awaiting"] : []),
      ...(poll.orphans ? ["orphan"] : []),
    ].join(" ");
  });
}

describe("a loop that only polls", () => {
  const inside = (
    rest: string,
    asking = `const answer = await ${SEND};`,
    head = "for (;;)",
  ): string => `${getting(`${head} { ${asking} ${rest} }`)} export const later = () => sleep(1);`;
  const leaving = "if (answer.User) return answer; await sleep(100);";

  it.each([
    [inside(leaving), "until answer.User"],
    [inside("await sleep(100); if (answer.User) { return answer; }"), "until answer.User"],
    [inside(leaving, `const answer = await ${SEND};`, "while (true)"), "until answer.User"],
    [
      inside(
        "if (User?.Arn) return $metadata; await sleep(100);",
        `const { User, $metadata } = await ${SEND};`,
      ),
      "until User?.Arn",
    ],
    // Behind the condition the compiler knows more of the answer than the helper would say.
    [
      inside("if (User) return User; await sleep(100);", `const { User } = await ${SEND};`),
      undefined,
    ],
    [
      inside(
        "if (answer.requestId) return answer; await sleep(100);",
        `const answer = (await ${SEND}).$metadata;`,
      ),
      "until answer.requestId awaiting",
    ],
    [inside("if (answer.User) { return answer; } await sleep(100);"), "until answer.User"],
    [inside("if (answer.User) { console.log(1); return answer; } await sleep(100);"), undefined],
    [inside("if (answer.User) return answer; else console.log(1); await sleep(100);"), undefined],
    [inside("if (answer.User) throw answer; await sleep(100);"), undefined],
    [inside("console.log(answer); if (answer.User) return answer; await sleep(100);"), undefined],
    [inside("if (answer.User) return answer; await sleep(100); await sleep(100);"), undefined],
    [inside(leaving, `const answer = await ${SEND}, at = Date.now();`), undefined],
    [inside(leaving, `const answer = await ${SEND};`, "for (let n = 0; n < 9; n++)"), undefined],
    [inside(leaving, `const answer = await ${SEND};`, "for (let n = 0; ; n++)"), undefined],
    [
      inside("if (answer.User && (n += 1)) return answer; await sleep(100);").replace(
        "for",
        "let n = 0; for",
      ),
      undefined,
    ],
    [inside("if (await prepare(), answer.User) return answer; await sleep(100);"), undefined],
  ])("%s", (code, expected) => {
    expect(pollOf(code)).toBe(expected);
  });

  const front = (loop: string, declared = "let answer;"): string =>
    `${getting(`${declared} ${loop} return answer;`)} export const later = () => sleep(1);`;
  const asking = `answer = await ${SEND};`;
  it.each([
    [front(`do { ${asking} await sleep(100); } while (!answer.User);`), "while !answer.User"],
    [front(`do { await sleep(100); ${asking} } while (!answer.User);`), "while !answer.User"],
    [front(`for (;;) { ${asking} if (answer.User) break; await sleep(100); }`), undefined],
    [
      front(`while (true) { ${asking} if (answer.User) break; await sleep(100); }`),
      "until answer.User",
    ],
    [
      front(`while (true) { ${asking} if (answer.User) return answer; await sleep(100); }`),
      "until answer.User",
    ],
    [
      front(
        `while (true) { ${asking} if (answer.User) break; else await prepare(); await sleep(100); }`,
      ),
      undefined,
    ],
    [
      front(`while (true) { ${asking} if (answer.User) throw answer; await sleep(100); }`),
      undefined,
    ],
    [
      front(`do { ${asking} await sleep(100); } while (!answer.User);`, "let answer, other;"),
      undefined,
    ],
    [
      front(`do { ${asking} await sleep(100); } while (!answer.User);`, "let answer: any = null;"),
      undefined,
    ],
    [
      front(`do { ${asking} console.log(answer); await sleep(100); } while (!answer.User);`),
      undefined,
    ],
    [
      front(
        `do { other = await ${SEND}; await sleep(100); } while (!other.User);`,
        "let other; let answer;",
      ),
      undefined,
    ],
    [
      front(`do { ${asking} await sleep(100); } while (!answer.User); answer = undefined;`),
      undefined,
    ],
  ])("%s", (code, expected) => {
    expect(pollOf(code)).toBe(expected);
  });

  it("asks once in front of the loop, in the same words", () => {
    const plain = SEND.replace("/*target*/ ", "");
    const loop = `while (!answer.User) { await sleep(100); answer = await ${plain}; }`;
    expect(pollOf(front(loop, `let answer = await ${plain};`))).toBe("while !answer.User");
    const other = plain.replace("UserId }", 'UserId: "first" }');
    expect(pollOf(front(loop, `let answer = await ${other};`))).toBeUndefined();
  });

  it("is none where the condition needs what the compiler found out before", () => {
    const narrowed = `export async function get(UserId: string, wanted: string | undefined) { if (wanted === undefined) return; for (;;) { const answer = await ${SEND}; if (answer.User?.Arn === wanted.trim()) return answer; await sleep(100); } } export const later = () => sleep(1);`;
    expect(pollOf(narrowed)).toBe("until answer.User?.Arn === wanted.trim()");
    const assigned = narrowed.replace(
      "if (wanted === undefined)",
      `wanted ??= UserId; if (!wanted)`,
    );
    expect(pollOf(assigned)).toBeUndefined();
  });

  it("leaves a sleep without a use where nothing else calls it", () => {
    expect(pollOf(inside(leaving).replace("export const later = () => sleep(1);", ""))).toBe(
      "until answer.User orphan",
    );
  });
});
