/** Every rule is exported, documented, tested, and in the presets that it names. */
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import plugin from "../../src/index.ts";
import { rules } from "../../src/rules/index.ts";
import { faultOfMessage } from "../support/gates.ts";

const root = path.resolve(import.meta.dirname, "../..");
const names = Object.keys(rules);

/** The base names of the files of a folder, tests and documentation alike. */
function baseNames(folder: string, ending: string): string[] {
  return readdirSync(path.join(root, folder))
    .filter((name) => name.endsWith(ending) && name !== "index.ts")
    .map((name) => name.slice(0, -ending.length))
    .sort();
}

describe("the plugin", () => {
  it("says its name and version as package.json does", () => {
    const { name, version } = JSON.parse(readFileSync(path.join(root, "package.json"), "utf8")) as {
      name: string;
      version: string;
    };
    expect(plugin.meta).toEqual({ name, version, namespace: "connect-resilience" });
  });

  it("has a rule, a page and a test for each file in src/rules", () => {
    const sorted = [...names].sort();
    expect(Object.keys(plugin.rules).sort()).toEqual(sorted);
    expect(baseNames("src/rules", ".ts")).toEqual(sorted);
    expect(baseNames("docs/rules", ".md")).toEqual(sorted);
    const tests = baseNames("tests/rules", ".test.ts");
    expect(names.filter((name) => !tests.includes(name))).toEqual([]);
  });

  it.each(["recommended", "strict", "all"] as const)("has the preset %s", (preset) => {
    const configs = plugin.configs[preset];
    expect(configs.map((config) => config.name)).toEqual([`connect-resilience/${preset}`]);
    for (const config of configs) {
      expect(config.plugins).toEqual({ "connect-resilience": plugin });
      expect(config.files?.length).toBeGreaterThan(0);
      const expected = Object.entries(rules)
        .filter(([, rule]) => preset === "all" || rule.meta.docs?.presets.includes(preset))
        .map(([name]) => [`connect-resilience/${name}`, "error"]);
      expect(config.rules).toEqual(Object.fromEntries(expected));
    }
  });

  it("has everything of recommended in strict", () => {
    const inPreset = (preset: "recommended" | "strict"): string[] =>
      plugin.configs[preset].flatMap((config) => Object.keys(config.rules ?? {}));
    expect(inPreset("recommended").length).toBeGreaterThan(0);
    expect(inPreset("strict")).toEqual(expect.arrayContaining(inPreset("recommended")));
  });
});

describe.each(Object.entries(rules))("%s", (name, rule) => {
  const { meta } = rule;

  it("describes itself for people and tools", () => {
    expect(meta.docs?.url).toMatch(new RegExp(`/docs/rules/${name}\\.md$`));
    expect(meta.docs?.description).toMatch(/^(?:require|disallow|enforce) [^A-Z].*[^.]$/);
    expect(meta.docs?.requiresTypeChecking).toBe(true);
    expect((meta as { languages?: unknown }).languages).toEqual(["js/js"]);
  });

  it("has messages that are sentences", () => {
    for (const message of Object.values(meta.messages)) {
      expect(
        // `noEdit` is empty, or a sentence of its own.
        faultOfMessage(
          message.replace(/\{\{noEdit\}\}$/, "").replaceAll(/\{\{\s*\w+\s*\}\}/g, "X"),
        ),
        message,
      ).toBeUndefined();
    }
  });

  it("documents its options, and gives each a default", () => {
    const schemas = [meta.schema].flat() as {
      properties?: Record<string, { description?: string }>;
    }[];
    const properties = schemas[0]?.properties ?? {};
    const [defaults = {}] = (meta.defaultOptions ?? []) as readonly object[];
    expect(Object.keys(defaults).sort()).toEqual(Object.keys(properties).sort());
    for (const property of Object.values(properties)) expect(property.description).toMatch(/\.$/);
  });
});
