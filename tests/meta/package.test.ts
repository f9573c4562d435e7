/** What `npm publish` would upload. */
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import path from "node:path";
import { beforeAll, describe, expect, it } from "vitest";

const root = path.resolve(import.meta.dirname, "../..");

interface Packed {
  readonly size: number;
  readonly files: readonly { readonly path: string }[];
}

describe("the packed package", () => {
  let packed: Packed;
  let files: string[];

  beforeAll(() => {
    const { stdout, stderr, status } = spawnSync(
      "npm",
      ["pack", "--dry-run", "--json", "--ignore-scripts", "--loglevel=error"],
      { cwd: root, encoding: "utf8", shell: process.platform === "win32" },
    );
    expect(status, stderr).toBe(0);
    const [first] = JSON.parse(stdout) as [Packed];
    packed = first;
    files = packed.files.map((file) => file.path);
  });

  it("holds what users need", () => {
    expect(files).toEqual(
      expect.arrayContaining([
        "dist/index.js",
        "dist/index.d.ts",
        "dist/backoff/index.js",
        "dist/backoff/cjs/index.js",
        "dist/backoff/cjs/package.json",
        "docs/rules/require-retry.md",
        "src/backoff/index.ts",
        "CHANGELOG.md",
        "LICENSE",
        "README.md",
        "package.json",
      ]),
    );
  });

  it("holds nothing else", () => {
    const allowed =
      /^(?:dist\/|docs\/|src\/backoff\/|(?:README|CHANGELOG)\.md$|LICENSE$|package\.json$)/;
    expect(files.filter((file) => !allowed.test(file) || file.endsWith(".map"))).toEqual([]);
  });

  it("holds the types that its own types name", () => {
    const named = files
      .filter((file) => file.endsWith(".d.ts"))
      .flatMap((file) =>
        [
          ...readFileSync(path.join(root, file), "utf8").matchAll(
            /(?:from |import\()"(\.[^"]+)\.(?:js|ts)"/g,
          ),
        ].map(([, name = ""]) => `${path.posix.join(path.posix.dirname(file), name)}.d.ts`),
      );
    expect(named).toContain("dist/create-rule.d.ts");
    expect(named.filter((file) => !files.includes(file))).toEqual([]);
  });

  it("is small", () => {
    expect(packed.size).toBeLessThan(350_000);
  });
});
