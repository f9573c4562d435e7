/**
 * The configs of the getting-started page are loaded and linted with: each must report a fragile client in the file
 * that its fence names. Other snippets and the table of settings are compared with what the plugin reads.
 */
import { readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { DEFAULT_HELPER_MODULE, readSettings, SETTINGS_KEY } from "../../src/settings.ts";
import { type Example, examplesOf } from "../support/markdown.ts";
import { lintProject, loadConfig, makeProject } from "../support/user-config.ts";

const root = path.resolve(import.meta.dirname, "../..");
const page = readFileSync(path.join(root, "docs/getting-started.md"), "utf8");
const examples = examplesOf(page);

const tsconfig = `{
  "compilerOptions": { "strict": true, "module": "nodenext", "types": [], "skipLibCheck": true },
  "include": ["src"]
}`;

function textOf(example: Example): string {
  return example.files.map(({ code }) => code).join("");
}

/** A client without a retry policy, in the module style of the file. */
function fragileClient(isCommonJs: boolean): string {
  return isCommonJs
    ? `const { ConnectClient } = require("@aws-sdk/client-connect");\nmodule.exports = new ConnectClient();\n`
    : `import { ConnectClient } from "@aws-sdk/client-connect";\nexport const connect = new ConnectClient();\n`;
}

/** The project that a config is shown for: one fragile file, and the `tsconfig.json` beside its `src`. */
function projectFor(example: Example): { folder: string; file: string } {
  const { lints, helper } = example.properties as { lints: string; helper?: string };
  const shown = examples.find(({ properties }) => properties["name"] === "tsconfig.json");
  const isJavaScript = lints.endsWith(".js");
  const isCommonJs = textOf(example).includes('sourceType: "commonjs"');
  const folder = makeProject(`getting-started-${example.line}`, {
    [path.join(lints, "../../tsconfig.json")]:
      isJavaScript && shown !== undefined ? textOf(shown) : tsconfig,
    "package.json": `{ "type": "${isCommonJs ? "commonjs" : "module"}" }`,
    [lints]: fragileClient(isCommonJs),
    ...(helper === undefined
      ? {}
      : { [helper]: readFileSync(path.join(root, "src/backoff/index.ts"), "utf8") }),
  });
  return { folder, file: lints };
}

describe("configs of the page", () => {
  const configs = examples.filter(({ properties }) => properties["lints"] !== undefined);

  it("are all of the page's modules", () => {
    const modules = examples.filter((example) => textOf(example).includes("export default"));
    expect(configs).toEqual(modules);
    expect(configs.length).toBeGreaterThan(3);
  });

  it.each(configs)("line $line reports a fragile client", async (example) => {
    const { folder, file } = projectFor(example);
    const config = await loadConfig(textOf(example), folder);
    const [result, ...others] = await lintProject(folder, config, [file]);
    expect(others).toEqual([]);
    expect(result?.messages.map(({ ruleId }) => ruleId)).toEqual([
      "connect-resilience/require-retry",
    ]);
  });

  it("import a copy of the helper by a relative path", async () => {
    const example = configs.find(({ properties }) => properties["helper"] !== undefined);
    if (example === undefined) throw new Error("No config sets the helper.");
    const { folder, file } = projectFor(example);
    const config = await loadConfig(textOf(example), folder);
    const [result] = await lintProject(folder, config, [file]);
    expect(result?.messages[0]?.fix?.text).toContain('from "./lib/backoff.');
  });
});

describe("other snippets of the page", () => {
  it.each(examples.filter(({ language }) => language === "json"))(
    "line $line parses",
    (example) => {
      expect(() => JSON.parse(textOf(example)) as unknown).not.toThrow();
    },
  );

  it("shows entries of a setting that are accepted", () => {
    const [example, ...others] = examples.filter(({ properties }) => "setting" in properties);
    expect(others).toEqual([]);
    if (example === undefined) throw new Error("No snippet shows a setting.");
    const setting = String(example.properties["setting"]);
    const value: unknown = JSON.parse(textOf(example));
    expect(readSettings({ [SETTINGS_KEY]: { [setting]: value } })).toMatchObject({
      [setting]: value,
    });
  });
});

describe("the table of settings", () => {
  const rows = new Map(
    [...page.matchAll(/^\| `([\w.]+)`\s*\| (.+?)\s*\|/gm)].map(([, name = "", value = ""]) => [
      name,
      value,
    ]),
  );
  const { helper, ...defaults } = readSettings({});

  it("names every setting", () => {
    const names = [...Object.keys(defaults), ...Object.keys(helper).map((key) => `helper.${key}`)];
    expect([...rows.keys()].toSorted()).toEqual(names.toSorted());
  });

  it.each([...Object.entries(defaults), ["helper.module", DEFAULT_HELPER_MODULE] as const])(
    "gives the default of %s",
    (name, value) => {
      expect(rows.get(name)).toBe(`\`${JSON.stringify(value)}\``);
    },
  );
});

describe("the links of the page", () => {
  const slugs = [...page.matchAll(/^#+ (.+)$/gm)].map(([, title = ""]) =>
    title
      .toLowerCase()
      .replaceAll(/[^\w\s-]/g, "")
      .replaceAll(" ", "-"),
  );

  it.each([...page.matchAll(/\]\(#([\w-]+)\)/g)].map(([, target = ""]) => target))(
    "#%s leads to a heading",
    (target) => {
      expect(slugs).toContain(target);
    },
  );
});
