/**
 * Lints one generated project and prints what it cost as JSON, in a process of its own, so that nothing is warm and
 * peak memory is this run's alone: `node child.js <project> <configuration> <plugin> <mode>`; `paired` takes several configurations,
 * with commas between them.
 *
 * - `whole`: the project as `eslint src` lints it; the time of the rules as ESLint counts it.
 * - `paired`: each file under the parser alone, under a rule that does nothing, and under the configurations, one right
 *   after the other in changing order. A busy machine slows down all alike, so small differences can be seen.
 * - `count`: the questions that are put to the type checker.
 */
import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";
import * as parser from "@typescript-eslint/parser";
import { ESLint } from "eslint";
import tseslint from "typescript-eslint";

const [project, configuration, pluginPath, mode] = process.argv.slice(2);
const { default: plugin } = await import(pathToFileURL(pluginPath).href);

const noFloatingPromises = [
  {
    plugins: { "@typescript-eslint": tseslint.plugin },
    rules: { "@typescript-eslint/no-floating-promises": "error" },
  },
];

const configurations = {
  parser: [],
  // What ESLint itself spends on having a rule at all.
  noop: [
    {
      plugins: { bench: { rules: { noop: { create: () => ({}) } } } },
      rules: { "bench/noop": "error" },
    },
  ],
  "no-floating-promises": noFloatingPromises,
  recommendedTypeChecked: tseslint.configs.recommendedTypeChecked,
  ours: plugin.configs.recommended,
  "no-floating-promises and ours": [...noFloatingPromises, ...plugin.configs.recommended],
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

function createESLint(name, stats) {
  return new ESLint({
    cwd: project,
    overrideConfigFile: true,
    stats,
    overrideConfig: [
      ...configurations[name],
      // Last, as presets bring a parser of their own.
      {
        files: ["**/*.ts"],
        languageOptions: {
          parser: mode === "count" ? countingParser : parser,
          parserOptions: { projectService: true, tsconfigRootDir: project },
        },
      },
    ],
  });
}

function cpuMs() {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

function countMessages(results) {
  const messages = {};
  for (const { ruleId } of results.flatMap((result) => result.messages))
    messages[ruleId ?? "fatal"] = (messages[ruleId ?? "fatal"] ?? 0) + 1;
  return messages;
}

async function whole() {
  const before = cpuMs();
  const start = performance.now();
  const results = await createESLint(configuration, mode === "whole").lintFiles(["src"]);
  const wallMs = performance.now() - start;
  let ruleMs = 0;
  for (const { stats } of results)
    for (const pass of stats?.times.passes ?? [])
      for (const { total } of Object.values(pass.rules ?? {})) ruleMs += total;
  return {
    files: results.length,
    wallMs,
    cpuMs: cpuMs() - before,
    peakKb: process.resourceUsage().maxRSS,
    ruleMs,
    messages: countMessages(results),
    questions: [...questions],
  };
}

async function paired() {
  const files = (await createESLint("parser").lintFiles(["src"])).map(({ filePath }) => filePath);
  const names = [...new Set(["parser", "noop", ...configuration.split(",")])];
  const sides = names.map((name) => ({ name, eslint: createESLint(name), ms: 0, results: [] }));
  let state = 1;
  for (const filePath of files) {
    const text = readFileSync(filePath, "utf8");
    // The templates of the files repeat, so the order must not.
    state = Math.imul(state ^ (state >>> 15), 0x2c1b3c6d) + 0x6d2b79f5;
    const first = (state >>> 16) % sides.length;
    for (let i = 0; i < sides.length; i++) {
      const side = sides[(first + i) % sides.length];
      const before = cpuMs();
      const results = await side.eslint.lintText(text, { filePath });
      side.ms += cpuMs() - before;
      side.results.push(...results);
    }
  }
  return {
    files: files.length,
    ms: Object.fromEntries(sides.map(({ name, ms }) => [name, ms])),
    messages: countMessages(sides.at(-1).results),
  };
}

console.log(JSON.stringify(mode === "paired" ? await paired() : await whole()));
