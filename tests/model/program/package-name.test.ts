/** Which package a file belongs to, by the package.json files around it. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, expect, it } from "vitest";
import { packageOfFile } from "../../../src/model/program/package-name.ts";

const root = mkdtempSync(path.join(tmpdir(), "package-name-"));
afterAll(() => {
  rmSync(root, { recursive: true });
});

/** What a package.json says, by its folder; the project's own is at the root. */
const JSONS: Readonly<Record<string, string>> = {
  "": `{ "name": "project", "version": "1.0.0" }`,
  "node_modules/lib": `{ "name": "lib", "version": "2.0.0" }`,
  "node_modules/lib/dist-cjs": `{ "type": "commonjs" }`,
  "node_modules/alias": `{ "name": "@scope/real", "version": 3 }`,
  "node_modules/broken": `{ "name": `,
  "node_modules/list": `[]`,
  "node_modules/nothing": `null`,
  "node_modules/text": `"name"`,
  "node_modules/nameless": `{ "name": "" }`,
  "node_modules/@scope/numbered": `{ "name": 5 }`,
};
for (const [folder, json] of Object.entries(JSONS)) {
  mkdirSync(path.join(root, folder), { recursive: true });
  writeFileSync(path.join(root, folder, "package.json"), json);
}

it.each([
  ["of the project", "src/deep/file.ts", "project@1.0.0"],
  ["of a package", "node_modules/lib/src/index.d.ts", "lib@2.0.0"],
  ["in a folder that only says its module type", "node_modules/lib/dist-cjs/a.js", "lib@2.0.0"],
  ["installed under another name", "node_modules/alias/index.js", "@scope/real@?"],
  ["whose package.json is broken", "node_modules/broken/index.js", "broken@?"],
  ["whose package.json is a list", "node_modules/list/index.js", "list@?"],
  ["whose package.json is null", "node_modules/nothing/index.js", "nothing@?"],
  ["whose package.json is a text", "node_modules/text/index.js", "text@?"],
  ["whose package.json has an empty name", "node_modules/nameless/index.js", "nameless@?"],
  ["whose name is no text", "node_modules/@scope/numbered/index.js", "@scope/numbered@?"],
  ["that is on no disk", "node_modules/virtual/a/b.d.ts", "virtual@?"],
  [
    "with a scope, on no disk",
    "node_modules/@aws-sdk/client-connect/x.d.ts",
    "@aws-sdk/client-connect@?",
  ],
  ["inside of another, on no disk", "node_modules/virtual/node_modules/inner/b.d.ts", "inner@?"],
  ["right in node_modules", "node_modules/b.d.ts", "project@1.0.0"],
  ["right in a scope", "node_modules/@scope/b.d.ts", "project@1.0.0"],
])("a file %s", (_, file, expected) => {
  const found = packageOfFile(path.join(root, file));
  expect(`${String(found?.name)}@${found?.version ?? "?"}`).toBe(expected);
});

it("a file of no package", () => {
  expect(packageOfFile("/nowhere-at-all/file.ts")).toBeUndefined();
});

it("where the package stands", () => {
  expect(packageOfFile(path.join(root, "node_modules/lib/src/a.ts"))?.root).toBe(
    path.join(root, "node_modules/lib"),
  );
  expect(packageOfFile(path.join(root, "node_modules/virtual/a/b.d.ts"))?.root).toBe(
    path.join(root, "node_modules/virtual"),
  );
});
