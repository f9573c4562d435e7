import { describe, expect, it } from "vitest";
import { compare } from "./compare.ts";
import type { Report } from "./compare.ts";
import type { Label } from "./expectations.ts";
import { createSources } from "./sources.ts";

const sources = createSources(
  new Map(
    Object.entries({
      "src/calls.ts": `import { client } from "./client.js";
export async function retried() {
  for (let attempt = 0; attempt < 5; attempt++) {
    try {
      return await client.send(new ListUsersCommand({}));
    } catch (error) {
      console.warn(error);
      console.warn(attempt);
      console.warn("again");
      await sleep(1000);
    }
  }
}
export async function once() {
  return client.send(new ListQueuesCommand({}));
}
`,
      "src/client.ts": `export const client = new ConnectClient({});\n`,
      "src/other.ts": `export const other = new ConnectClient({});\n`,
      "src/main.ts": `import "./calls";\nconst injected = new ConnectClient({});\n`,
    }),
  ),
);

function label(kind: string, line: number, more: Partial<Label> = {}): Label {
  return {
    repo: "o/r",
    path: "src/calls.ts",
    line,
    kind,
    note: "",
    file_coverage: "partial",
    ...more,
  };
}
function report(line: number, path = "src/calls.ts", message = "m"): Report {
  return { path, line, column: 1, rule: "r", message };
}

describe("a label that demands a report", () => {
  const sleep = label("fixed sleep in retry loop", 10);

  it("is found by a report anywhere in the innermost loop", () => {
    const outcome = compare("require-jitter", [report(3)], [sleep], sources);
    expect(outcome.found).toEqual([{ label: sleep, via: "place" }]);
    expect(outcome).toMatchObject({ missed: [], false: [], unjudged: [] });
  });

  it("is missed where the only report is in another function", () => {
    const outcome = compare("require-jitter", [report(15)], [sleep], sources);
    expect(outcome.missed).toEqual([sleep]);
    expect(outcome.unjudged).toEqual([report(15)]);
  });

  it("is missed where the message says something else", () => {
    const poll = label("fixed sleep for polling", 10);
    const found = (message: string) =>
      compare("require-jitter", [report(10, poll.path, message)], [poll], sources).found.length;
    expect(found("the retry delay is fixed")).toBe(0);
    expect(found("the poll interval is fixed")).toBe(1);
  });

  it("says nothing about other rules", () => {
    const outcome = compare("no-unbounded-retry", [], [sleep], sources);
    expect(outcome).toMatchObject({ found: [], missed: [], silent: [] });
  });
});

describe("an unretried call", () => {
  const call = label("unretried call", 15, { file_coverage: "complete" });
  const via = (...reports: Report[]) =>
    compare("require-retry", reports, [call], sources).found.map((it) => it.via);

  it.each([
    ["at the call", report(15), ["place"]],
    ["at an imported client", report(1, "src/client.ts"), ["client in joined file"]],
    ["at the client of an importer", report(2, "src/main.ts"), ["client in joined file"]],
    ["at a client that no import leads to", report(1, "src/other.ts"), []],
    ["at another call, although it constructs a command", report(5), []],
  ])("is judged by a report %s", (_, one, expected) => {
    expect(via(one)).toEqual(expected);
  });

  it("is credited to the nearest report", () => {
    expect(via(report(1, "src/client.ts"), report(15))).toEqual(["place"]);
  });
});

describe("a label that demands silence", () => {
  it("is kept by silence and contradicted by a report in its loop", () => {
    const bounded = label("bounded loop", 3);
    expect(compare("no-unbounded-retry", [], [bounded], sources).silent).toEqual([bounded]);
    const outcome = compare("no-unbounded-retry", [report(10)], [bounded], sources);
    expect(outcome.silent).toEqual([]);
    expect(outcome.false).toMatchObject([{ because: 'contradicts "bounded loop" at line 3' }]);
  });

  it("gives way to a label that demands the report", () => {
    const both = [label("pagination loop", 3), label("exponential no jitter", 10)];
    expect(compare("require-jitter", [report(10)], both, sources).false).toEqual([]);
  });
});

it("neither demands nor contradicts where the label leaves it open", () => {
  const open = label("unbounded loop", 3, { note: "AMBIGUOUS", file_coverage: "complete" });
  for (const reports of [[], [report(3)]]) {
    const outcome = compare("no-unbounded-retry", reports, [open], sources);
    expect(outcome).toEqual({ found: [], missed: [], silent: [], false: [], unjudged: [] });
  }
});

describe("a report without a label", () => {
  const elsewhere = (
    coverage: Label["file_coverage"],
    rule = "require-jitter",
    control = false,
  ) => {
    const labels = [label("swallowed error", 6, { file_coverage: coverage })];
    return compare(rule, [report(15)], labels, sources, control);
  };

  it("is false in a file that is labelled completely", () => {
    expect(elsewhere("complete").false).toHaveLength(1);
  });

  it("is left to a person in other files, and for rules that labels do not know", () => {
    expect(elsewhere("partial").unjudged).toHaveLength(1);
    expect(elsewhere("complete", "valid-retry-config").unjudged).toHaveLength(1);
  });

  it("is always false in a control", () => {
    expect(elsewhere("partial", "valid-retry-config", true).false).toHaveLength(1);
  });
});
