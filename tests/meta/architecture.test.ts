/** The lint rule that keeps the rooms of `src` apart reports what it should, as this repository configures it. */
import { ESLint, Linter } from "eslint";
import path from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import tseslint from "typescript-eslint";

const root = path.resolve(import.meta.dirname, "../..");
const ruleId = "@typescript-eslint/no-restricted-imports";
const rooms = ["ast", "knowledge", "model", "fix", "rules", "cli", "backoff"] as const;
type Room = (typeof rooms)[number];
/** The files beside the rooms: the entry point and what it is made of. */
const plugin = "plugin";

const options = new Map<Room | typeof plugin, Linter.RuleEntry>();

beforeAll(async () => {
  const eslint = new ESLint({ cwd: root });
  for (const room of [...rooms, plugin] as const) {
    const config = (await eslint.calculateConfigForFile(
      room === plugin ? "src/index.ts" : `src/${room}/some-file.ts`,
    )) as Linter.Config;
    const entry = config.rules?.[ruleId];
    if (entry !== undefined) options.set(room, entry);
  }
});

/** Whether code in `room` may hold this statement. */
function isAllowed(room: Room | typeof plugin, statement: string): boolean {
  const messages = new Linter().verify(statement, {
    plugins: { "@typescript-eslint": tseslint.plugin },
    languageOptions: { parser: tseslint.parser },
    rules: { [ruleId]: options.get(room) ?? "off" },
  });
  expect(messages.every((message) => message.ruleId === ruleId)).toBe(true);
  return messages.length === 0;
}

describe("arrows between rooms", () => {
  const open: Record<Room, readonly Room[]> = {
    ast: ["ast", "knowledge"],
    knowledge: ["knowledge"],
    model: ["model", "ast", "knowledge"],
    fix: ["fix", "ast", "knowledge"],
    rules: ["model", "fix", "ast", "knowledge"],
    cli: ["cli", "model", "ast", "knowledge"],
    backoff: [],
  };

  it.each(rooms)("from %s are as designed", (room) => {
    const seen = rooms.filter((other) => isAllowed(room, `import { x } from "../${other}/x.ts";`));
    expect(seen.filter((other) => other !== room)).toEqual(
      rooms.filter((other) => open[room].includes(other) && other !== room),
    );
    const deeper = rooms.filter((other) =>
      isAllowed(room, `import { x } from "../../${other}/x.ts";`),
    );
    expect(deeper).toEqual(seen);
  });

  it("lets rules use the rule factory, and nobody else", () => {
    const statement = `import { createRule } from "../create-rule.ts";`;
    expect(rooms.filter((room) => isAllowed(room, statement))).toEqual(["rules"]);
  });

  it("keeps rules from each other", () => {
    expect(isAllowed("rules", `import { rule } from "./require-retry.ts";`)).toBe(false);
    expect(isAllowed("model", `import { x } from "./other.ts";`)).toBe(true);
  });

  it("keeps the command line out of the plugin, and commands from each other", () => {
    expect(isAllowed(plugin, `import { main } from "./cli/main.ts";`)).toBe(false);
    expect(isAllowed(plugin, `import { rules } from "./rules/index.ts";`)).toBe(true);
    expect(isAllowed("cli", `import { configure } from "./check/index.ts";`)).toBe(false);
    expect(isAllowed("cli", `import { configure } from "../init/index.ts";`)).toBe(false);
    expect(isAllowed("cli", `import plugin from "../../index.ts";`)).toBe(true);
  });

  it("keeps the compiler out of rules, and its value out of everything", () => {
    expect(rooms.filter((room) => isAllowed(room, `import ts from "typescript";`))).toEqual([]);
    expect(rooms.filter((room) => isAllowed(room, `import type ts from "typescript";`))).toEqual([
      "model",
      "cli",
    ]);
  });

  it("lets the helper import nothing but itself", () => {
    expect(isAllowed("backoff", `import { x } from "./delay.ts";`)).toBe(true);
    expect(isAllowed("backoff", `import { setTimeout } from "node:timers/promises";`)).toBe(false);
    expect(isAllowed("backoff", `import type { Settings } from "../settings.ts";`)).toBe(false);
  });
});
