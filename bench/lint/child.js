/**
 * Lints one generated project with one configuration and prints what it cost as JSON:
 * `node child.js <project> <configuration> <plugin> [--count]`. A process of its own, so that nothing is warm and peak memory
 * is this run's alone.
 */
import { pathToFileURL } from "node:url";
import * as parser from "@typescript-eslint/parser";
import { ESLint } from "eslint";
import tseslint from "typescript-eslint";

const [project, configuration, pluginPath, mode] = process.argv.slice(2);
const { default: plugin } = await import(pathToFileURL(pluginPath).href);

const configurations = {
  parser: [],
  // What ESLint itself spends on having a rule at all.
  noop: [
    {
      plugins: { bench: { rules: { noop: { create: () => ({}) } } } },
      rules: { "bench/noop": "error" },
    },
  ],
  "no-floating-promises": [
    {
      plugins: { "@typescript-eslint": tseslint.plugin },
      rules: { "@typescript-eslint/no-floating-promises": "error" },
    },
  ],
  recommendedTypeChecked: tseslint.configs.recommendedTypeChecked,
  ours: plugin.configs.recommended,
};

/** Questions put to the checker, by the file that they are about. */
const questions = new Map();
const counted = new WeakSet();
let linted = "";

/** The parser, with a checker whose methods count. Calls that the checker makes to itself do not pass through them. */
const countingParser = {
  ...parser,
  parseForESLint(text, options) {
    // The model opens further files with the programs that it has.
    if (options.programs == null) linted = options.filePath;
    const result = parser.parseForESLint(text, options);
    const checker = result.services.program?.getTypeChecker();
    if (checker && !counted.has(checker)) {
      counted.add(checker);
      for (const [name, method] of Object.entries(checker)) {
        if (typeof method !== "function") continue;
        checker[name] = (...args) => {
          const about = args[0]?.getSourceFile?.()?.fileName ?? linted;
          questions.set(about, (questions.get(about) ?? 0) + 1);
          return method(...args);
        };
      }
    }
    return result;
  },
};

const isCounting = mode === "--count";
const eslint = new ESLint({
  cwd: project,
  overrideConfigFile: true,
  stats: !isCounting,
  overrideConfig: [
    {
      files: ["**/*.ts"],
      languageOptions: {
        parser: isCounting ? countingParser : parser,
        parserOptions: { projectService: true, tsconfigRootDir: project },
      },
    },
    ...configurations[configuration],
  ],
});

const cpu = process.cpuUsage();
const start = performance.now();
const results = await eslint.lintFiles(["src"]);
const wallMs = performance.now() - start;
const { user, system } = process.cpuUsage(cpu);
const rules = {};
for (const { stats } of results) {
  for (const pass of stats?.times.passes ?? []) {
    for (const [name, { total }] of Object.entries(pass.rules ?? {}))
      rules[name] = (rules[name] ?? 0) + total;
  }
}
const messages = {};
for (const { ruleId } of results.flatMap((result) => result.messages))
  messages[ruleId ?? "fatal"] = (messages[ruleId ?? "fatal"] ?? 0) + 1;
console.log(
  JSON.stringify({
    files: results.length,
    wallMs,
    cpuMs: (user + system) / 1000,
    peakKb: process.resourceUsage().maxRSS,
    ruleMs: Object.values(rules).reduce((sum, ms) => sum + ms, 0),
    rules,
    messages,
    ...(isCounting ? { questions: [...questions] } : {}),
  }),
);
