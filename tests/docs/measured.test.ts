/** The figures in the pages are those of `bench/results`; `npm run generate` writes them. */
import { readFileSync } from "node:fs";
import path from "node:path";
import * as prettier from "prettier";
import { describe, expect, it } from "vitest";
import {
  generateTables,
  type Measured,
  readMeasured,
  withTables,
} from "../../tools/generate-tables.ts";

const root = path.resolve(import.meta.dirname, "../..");
const measured = readMeasured();

/** The pages that are not as they follow from some results. */
async function stalePages(results: Measured): Promise<string[]> {
  const stale: string[] = [];
  for (const [page, content] of generateTables(results)) {
    const file = path.join(root, page);
    const options = await prettier.resolveConfig(file);
    const text = await prettier.format(content, { ...options, filepath: file });
    if (text !== readFileSync(file, "utf8")) stale.push(page);
  }
  return stale;
}

describe("tables of measured figures", () => {
  it("are those of the last run", async () => {
    expect(await stalePages(measured)).toEqual([]);
  });

  it.each<[figure: string, page: string, results: Measured]>([
    ["a budget", "docs/lambda-budgets.md", changed("budgets", "results", "slowest")],
    ["a share that succeeds", "docs/lambda-budgets.md", changed("budgets", "results", "success")],
    ["a load", "docs/throttling.md", changed("helper", "results", "requestsPerCall")],
    ["lost answers", "docs/throttling.md", changed("helper", "duplicates", "duplicates")],
  ])("are stale when %s comes out differently", async (_, page, results) => {
    expect(await stalePages(results)).toEqual([page]);
  });
});

/** The results with another figure in the last row. */
function changed(part: keyof Measured, list: string, figure: string): Measured {
  const copy = structuredClone(measured) as unknown as Record<
    string,
    Record<string, Record<string, number>[]>
  >;
  const row = copy[part]?.[list]?.at(-1);
  if (row?.[figure] === undefined) throw new Error(`${part}.json has no ${list} with ${figure}.`);
  row[figure] = row[figure] / 2 + 1;
  return copy as unknown as Measured;
}

describe("a page", () => {
  const tables = new Map([["one", { head: ["policy", "calls"], rows: [["ours", "1.5"]] }]]);
  const begin = "<!-- begin measured: one -->\n";

  it("keeps everything around its tables", () => {
    expect(withTables(`Before.\n${begin}| old |\n<!-- end measured -->\nAfter.\n`, tables)).toBe(
      `Before.\n${begin}\n| policy | calls |\n| --- | ---: |\n| ours | 1.5 |\n\n<!-- end measured -->\nAfter.\n`,
    );
  });

  it.each([
    ["without a table", "Text.\n"],
    ["whose table does not end", `${begin}| old |\n`],
    ["whose table runs into the next", `${begin}| old |\n${begin}| old |\n<!-- end measured -->\n`],
    [
      "with a table of nothing",
      "<!-- begin measured: other -->\n\n| old |\n\n<!-- end measured -->\n",
    ],
  ])("%s is refused", (_, page) => {
    expect(() => withTables(page, tables)).toThrow();
  });
});
