import { describe, expect, it } from "vitest";
import { generatedFiles, staleFiles } from "../../tools/generate.ts";

describe("generated tables", () => {
  it("are what the generator makes of the installed clients", { timeout: 60_000 }, async () => {
    const files = await generatedFiles();
    expect(files.size).toBeGreaterThan(0);
    expect(staleFiles(files)).toEqual([]);
  });

  it("counts a file as stale if it differs or is missing", () => {
    expect(staleFiles(new Map([[import.meta.filename, "something else"]]))).toHaveLength(1);
    expect(staleFiles(new Map([[`${import.meta.filename}.missing`, ""]]))).toHaveLength(1);
  });
});
