/** Polls that look for something in the list that they are answered. */
import { describe, expect, it } from "vitest";
import { factsOf, words } from "./lab.ts";

const LIST = "const users = (await /*target*/ client.send(cmd)).UserSummaryList ?? [];";

describe("a loop that lists until the one it looks for is there", () => {
  it.each([
    [
      "returns it",
      `while (true) { ${LIST} for (const user of users) { if (user.Id === id) return user; } await sleep(1000); }`,
    ],
    [
      "leaves both loops",
      `outer: while (true) { ${LIST} for (const user of users) if (user.Id === id) break outer; await sleep(1000); }`,
    ],
    [
      "tells the test of the loop",
      `let found = false; while (!found) { ${LIST} for (const user of users) { if (user.Id === id) found = true; } await sleep(1000); }`,
    ],
    [
      "keeps it",
      `let found: unknown; do { ${LIST} for (const { Id, Arn } of users) { if (Id !== id) continue; found = Arn; break; } await sleep(1000); } while (!found); return found;`,
    ],
  ])("polls: it %s", (_, body) => {
    expect(
      words(
        factsOf({ code: `export async function run(id: string): Promise<unknown> { ${body} }` }),
      ),
    ).toBe("poll, unbounded: no-exit, unknown, unknown, 1 waits");
  });

  it.each([
    [
      "something is done for each of them",
      `while (true) { ${LIST} for (const user of users) { if (user.Id === id) return user; log.warn(user.Id); } await sleep(1000); }`,
    ],
    [
      "the rest is worked on",
      `let stop = false; while (!stop) { ${LIST} for (const user of users) { if (user.Id === id) stop = true; else await fetch(user.Arn ?? ""); } await sleep(1000); }`,
    ],
    [
      "nothing in the list ends it",
      `while (!isStopped()) { ${LIST} const names = []; for (const user of users) names.push(user.Id); log.warn(names); await sleep(1000); }`,
    ],
    [
      "only a function inside returns",
      `while (!isStopped()) { ${LIST} let last: unknown; for (const user of users) { last = () => { return user; }; } log.warn(last); await sleep(1000); }`,
    ],
  ])("paces where %s", (_, body) => {
    const code = `declare function isStopped(): boolean; export async function run(id: string): Promise<unknown> { ${body} return id; }`;
    expect(words(factsOf({ code }))).toBe("pacing");
  });
});
