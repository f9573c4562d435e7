/** What linting costs: generated projects under several configurations, each run in a process of its own. */
import { spawnSync } from "node:child_process";
import { rmSync } from "node:fs";
import path from "node:path";
import { median } from "../statistics.ts";
import { generateProject, type ProjectSize, usesConnect } from "./generate.ts";

const root = path.resolve(import.meta.dirname, "../..");
const workshop = path.join(root, ".tmp/bench-lint");
const configurations = ["no-floating-promises", "recommendedTypeChecked", "ours"] as const;

/** What is added to a project that has one typed rule already. */
const additions = ["recommendedTypeChecked", "no-floating-promises and ours"] as const;

export type Configuration =
  "noop" | "parser" | (typeof configurations)[number] | (typeof additions)[number];

export interface LintOptions {
  /** Number of files of the project on which the sides are compared. */
  readonly files: number;
  /** Numbers of files for the growth of the cost, beside `files`. */
  readonly growth: readonly number[];
  readonly repetitions: number;
}

/** Cost of one configuration on one project. Times are CPU time in milliseconds a file, medians over the repetitions. */
export interface LintResult extends ProjectSize {
  readonly configuration: Configuration;
  /** Above the parser alone, file by file, one right after the other. */
  readonly above: number;
  /** That of a rule that does nothing, above the parser alone: what the measurement cannot tell apart. */
  readonly noise: number;
}

/** What a configuration costs above `no-floating-promises`, which is part of it: CPU time in milliseconds a file. */
export interface AdditionResult extends ProjectSize {
  readonly configuration: (typeof additions)[number];
  readonly adds: number;
  /** As a multiple of what typescript-eslint's preset adds, measured in the same run. */
  readonly timesPreset: number;
}

export interface MemoryResult extends ProjectSize {
  readonly configuration: Configuration;
  /** Peak of the whole process in MB. */
  readonly peakMb: number;
  /** That peak as a multiple of the peak of the parser alone. */
  readonly timesParser: number;
  /** The same of the peak under a rule that does nothing: without any rule ESLint does not even walk the trees. */
  readonly timesNoop: number;
  /** Time inside of rules, as ESLint counts it. */
  readonly ruleMsPerFile: number;
}

export interface QuestionsResult extends ProjectSize {
  readonly configuration: Configuration;
  /** Calls of the type checker about a file that uses Connect, and about one that does not. */
  readonly perConnectFile: number;
  readonly perOtherFile: number;
}

export interface LintResults {
  readonly cost: readonly LintResult[];
  readonly additions: readonly AdditionResult[];
  readonly memory: readonly MemoryResult[];
  readonly questions: readonly QuestionsResult[];
}

/** What `child.js` prints; `ms` in the mode `paired`, the others else. */
interface Answer {
  readonly files: number;
  readonly ms: Readonly<Record<string, number>>;
  readonly peakKb: number;
  readonly ruleMs: number;
  readonly messages: Readonly<Record<string, number>>;
  readonly questions: readonly (readonly [file: string, count: number])[];
}

export function measureLint(
  { files, growth, repetitions }: LintOptions,
  progress: (text: string) => void,
): LintResults {
  const mixes = [0, 10].map((connectEvery): ProjectSize => ({ files, connectEvery }));
  const questions = mixes.flatMap((size) =>
    configurations.map((configuration) => {
      progress(`checker calls: ${configuration}, ${describe(size)}`);
      return countQuestions(size, configuration);
    }),
  );
  const cost = mixes.flatMap((size) => {
    progress(`time: ${describe(size)}`);
    return compare(size, configurations, repetitions);
  });
  const memory = mixes.flatMap((size) => {
    progress(`memory: ${describe(size)}`);
    return measureMemory(size, repetitions);
  });
  const added = mixes.flatMap((size) => {
    progress(`additions: ${describe(size)}`);
    return compareAdditions(size, repetitions);
  });
  for (const more of growth) {
    for (const { connectEvery } of mixes) {
      const size = { files: more, connectEvery };
      progress(`growth: ${describe(size)}`);
      cost.push(...compare(size, configurations, more > files ? 1 : repetitions));
    }
  }
  rmSync(workshop, { recursive: true, force: true });
  return { cost, additions: added, memory, questions };
}

function describe({ files, connectEvery }: ProjectSize): string {
  return `${files} files, ${connectEvery === 0 ? 0 : 100 / connectEvery} % with Connect`;
}

const written = new Set<string>();

function lint(size: ProjectSize, configuration: string, mode: string): Answer {
  const project = path.join(workshop, `${size.files}-${size.connectEvery}`);
  if (!written.has(project)) {
    rmSync(project, { recursive: true, force: true });
    generateProject(project, size, path.join(root, "node_modules"));
    written.add(project);
  }
  const child = path.join(import.meta.dirname, "child.js");
  const plugin = path.join(root, "dist/index.js");
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ["--max-old-space-size=8192", child, project, configuration, plugin, mode],
    { encoding: "utf8", maxBuffer: 1 << 28 },
  );
  if (status !== 0) throw new Error(`${configuration} on ${describe(size)} failed:\n${stderr}`);
  const answer = JSON.parse(stdout) as Answer;
  if (answer.files !== size.files || "fatal" in answer.messages)
    throw new Error(`${configuration} on ${describe(size)} did not lint every file.`);
  return answer;
}

function compare(
  size: ProjectSize,
  sides: readonly Configuration[],
  repetitions: number,
): LintResult[] {
  const runs = sides.map((configuration) => ({ configuration, answers: [] as Answer[] }));
  for (let repetition = 0; repetition < repetitions; repetition++)
    for (const { configuration, answers } of runs)
      answers.push(lint(size, configuration, "paired"));
  return runs.map(({ configuration, answers }) => {
    const above = (name: string): number =>
      median(answers.map(({ ms }) => ((ms[name] ?? NaN) - (ms["parser"] ?? NaN)) / size.files));
    return { ...size, configuration, above: above(configuration), noise: above("noop") };
  });
}

function compareAdditions(size: ProjectSize, repetitions: number): AdditionResult[] {
  const sides = ["no-floating-promises", ...additions];
  const answers = Array.from({ length: repetitions }, () => lint(size, sides.join(), "paired"));
  const adds = (name: string): number =>
    median(answers.map(({ ms }) => ((ms[name] ?? NaN) - (ms[sides[0] ?? ""] ?? NaN)) / size.files));
  return additions.map((configuration) => ({
    ...size,
    configuration,
    adds: adds(configuration),
    timesPreset: adds(configuration) / adds(additions[0]),
  }));
}

function measureMemory(size: ProjectSize, repetitions: number): MemoryResult[] {
  const runs = (["parser", "noop", ...configurations] as const).map((configuration) => ({
    configuration,
    answers: [] as Answer[],
  }));
  for (let repetition = 0; repetition < repetitions; repetition++)
    for (const { configuration, answers } of runs) answers.push(lint(size, configuration, "whole"));
  const peaks = runs.map(({ answers }) => median(answers.map(({ peakKb }) => peakKb / 1024)));
  return runs.map(({ configuration, answers }, index) => ({
    ...size,
    configuration,
    peakMb: peaks[index] ?? NaN,
    timesParser: (peaks[index] ?? NaN) / (peaks[0] ?? NaN),
    timesNoop: (peaks[index] ?? NaN) / (peaks[1] ?? NaN),
    ruleMsPerFile: median(answers.map(({ ruleMs }) => ruleMs / size.files)),
  }));
}

function countQuestions(size: ProjectSize, configuration: Configuration): QuestionsResult {
  let connect = 0;
  let other = 0;
  for (const [file, count] of lint(size, configuration, "count").questions) {
    const number = /module(\d+)\.ts$/.exec(file)?.[1];
    if (number !== undefined && usesConnect(Number(number), size)) connect += count;
    else other += count;
  }
  const connectFiles = size.connectEvery === 0 ? 0 : Math.floor(size.files / size.connectEvery);
  return {
    ...size,
    configuration,
    perConnectFile: connectFiles === 0 ? 0 : connect / connectFiles,
    perOtherFile: other / (size.files - connectFiles),
  };
}
