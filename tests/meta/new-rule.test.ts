/** What `npm run new` writes fits into the repository as it is now. */
import { readFileSync } from "node:fs";
import path from "node:path";
import { expect, it } from "vitest";
import { filesOfRule, registerRule } from "../../tools/new-rule.ts";
import { checkValidCase } from "../support/gates.ts";

const root = path.resolve(import.meta.dirname, "../..");
const fromProject = "../../..";
const files = filesOfRule("no-something");

it("begins a rule that compiles", () => {
  expect(Object.keys(files)).toEqual([
    "src/rules/no-something.ts",
    "docs/rules/no-something.md",
    "tests/rules/no-something.test.ts",
  ]);
  checkValidCase({
    filename: `${fromProject}/src/rules/no-something.ts`,
    code: files["src/rules/no-something.ts"] ?? "",
    compilerOptions: { allowImportingTsExtensions: true },
  });
});

it("registers it after the others", () => {
  const index = readFileSync(path.join(root, "src/rules/index.ts"), "utf8");
  const registered = registerRule(index, "no-something");
  expect(registered).toContain(`import { rule as noSomething } from "./no-something.ts";\n`);
  expect(registered).toMatch(/"no-something": noSomething,\n\};/);
  checkValidCase({
    filename: `${fromProject}/src/rules/index.ts`,
    code: registered,
    files: {
      [`${fromProject}/src/rules/no-something.ts`]: files["src/rules/no-something.ts"] ?? "",
    },
    compilerOptions: { allowImportingTsExtensions: true },
  });
});
