/**
 * Begins a rule: its source, its page, its tests, and its place in `src/rules/index.ts`.
 * `npm run new -- no-something`
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";

/** The files of a new rule, by path from the root of the repository. */
export function filesOfRule(name: string): Record<string, string> {
  return {
    [`src/rules/${name}.ts`]: `/** Reports … */
import { createRule } from "../create-rule.ts";
import { sdkCallAt } from "../model/sdk/identify.ts";

type MessageIds = "fault";

export const rule = createRule<MessageIds, readonly []>({
  name: "${name}",
  meta: {
    type: "problem",
    docs: {
      // A new rule is in \`all\` only, until its reports on real code have been read and were right.
      description: "${name.startsWith("no-") ? "disallow" : "require"} …",
      presets: [],
    },
    messages: { fault: "This {{operation}} call …." },
    schema: [],
    defaultOptions: [],
  },
  create(context) {
    return {
      CallExpression(node) {
        const call = sdkCallAt(node);
        if (call === undefined) return;
        // Ask the model; where it does not know, say nothing.
        if (call.operation === undefined) return;
        context.report({ node, messageId: "fault", data: { operation: call.operation } });
      },
    };
  },
});
`,
    [`docs/rules/${name}.md`]: `# ${name}

<!-- end auto-generated rule header -->

What goes wrong at run time, and for whom.

## Examples

❌ Incorrect:

\`\`\`ts
import { ConnectClient } from "@aws-sdk/client-connect";
\`\`\`

✅ Correct:

\`\`\`ts
import { ConnectClient } from "@aws-sdk/client-connect";
\`\`\`

## When not to use it
`,
    [`tests/rules/${name}.test.ts`]: `import { rule } from "../../src/rules/${name}.ts";
import { ruleTester } from "../support/rule-tester.ts";

ruleTester.run("${name}", rule, {
  valid: [],
  invalid: [],
});
`,
  };
}

/** \`src/rules/index.ts\` with one more rule. */
export function registerRule(index: string, name: string): string {
  const identifier = name.replaceAll(/-(\w)/g, (_match, letter: string) => letter.toUpperCase());
  const lastImport = [...index.matchAll(/^import .*;\n/gm)].at(-1);
  const end = index.lastIndexOf("\n};");
  if (!lastImport || end < 0) throw new Error("src/rules/index.ts does not look as expected.");
  const afterImports = lastImport.index + lastImport[0].length;
  return (
    index.slice(0, afterImports) +
    `import { rule as ${identifier} } from "./${name}.ts";\n` +
    index.slice(afterImports, end) +
    `\n  "${name}": ${identifier},` +
    index.slice(end)
  );
}

function main(name: string | undefined): void {
  if (name === undefined || !/^[a-z]+(?:-[a-z0-9]+)+$/.test(name)) {
    throw new Error("Usage: npm run new -- <rule-name>, in kebab-case");
  }
  const root = path.resolve(import.meta.dirname, "..");
  const files = Object.entries(filesOfRule(name));
  const existing = files.find(([file]) => existsSync(path.join(root, file)));
  if (existing) throw new Error(`${existing[0]} exists already.`);
  for (const [file, text] of files) {
    mkdirSync(path.dirname(path.join(root, file)), { recursive: true });
    writeFileSync(path.join(root, file), text);
    console.log(`written: ${file}`);
  }
  const index = path.join(root, "src/rules/index.ts");
  writeFileSync(index, registerRule(readFileSync(index, "utf8"), name));
  console.log("registered in src/rules/index.ts; then: npm run docs");
}

if (process.argv[1] === fileURLToPath(import.meta.url)) main(process.argv[2]);
