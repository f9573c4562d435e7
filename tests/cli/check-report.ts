/** A report with something of everything, and with names that a page or a table must not take for markup. */
import type { CallRecord, LayerRecord, Report } from "../../src/cli/check/report.ts";
import { summarise, SYNTAX_ERROR } from "../../src/cli/check/report.ts";

const ATTACK = `<img src=x onerror="document.title='owned'"><script>document.title="owned"</script>`;
/** What the file of the last call is called. */
export const EVIL_FILE = `src/a|b \`c\` ${ATTACK}.ts`;
/** What its operation is called. */
export const EVIL_OPERATION = `"'></td>${ATTACK}`;

const client: LayerRecord = {
  kind: "client",
  name: "ConnectClient's default",
  purpose: "retry",
  deliberate: false,
  attempts: 3,
  delay: "jittered",
  fixedMs: undefined,
  at: { file: "src/client.ts", line: 4, column: 23 },
};
const loop: LayerRecord = {
  ...client,
  kind: "loop",
  name: "for loop",
  deliberate: true,
  attempts: 5,
  delay: "fixed",
  fixedMs: 1000,
  at: { file: "src/users.ts", line: 12, column: 3 },
};
const quota = {
  ratePerSecond: 2,
  burst: 5,
  scope: "account-region",
  source: "the quotas page",
} as const;
const usual: CallRecord = {
  file: "src/users.ts",
  line: 14,
  column: 20,
  package: "@aws-sdk/client-connect",
  operation: "ListUsers",
  sdk: "v3",
  paginated: false,
  quota,
  layers: [client],
  ways: 1,
  attempts: { value: 3, exact: true },
  waitMs: { value: 3000, exact: true },
};
const calls: readonly CallRecord[] = [
  usual,
  {
    ...usual,
    line: 30,
    operation: "DescribeUser",
    quota: { ...quota, ratePerSecond: 10, burst: 15 },
    layers: [loop, client],
    ways: 2,
    attempts: { value: 15, exact: true },
    waitMs: { value: 19_000, exact: true },
  },
  {
    ...usual,
    line: 40,
    operation: "StartOutboundVoiceContact",
    layers: [{ ...loop, name: "while loop", attempts: null, delay: "none" }, client],
    attempts: { value: null, exact: true },
    waitMs: { value: null, exact: true },
  },
  {
    ...usual,
    line: 50,
    operation: null,
    quota: null,
    layers: [{ ...client, name: "the client", attempts: undefined }],
    attempts: { value: 1, exact: false },
    waitMs: { value: 0, exact: false },
  },
  {
    ...usual,
    file: EVIL_FILE,
    line: 1,
    operation: EVIL_OPERATION,
    paginated: true,
    sdk: "v2",
    layers: [loop],
    attempts: { value: 70, exact: false },
    waitMs: { value: 250_000, exact: false },
  },
];
const finding = {
  rule: "connect-resilience/require-retry",
  file: "src/client.ts",
  line: 4,
  column: 23,
  endLine: 4,
  endColumn: 44,
  message: "This ConnectClient has no retry policy of its own.",
  fixable: true,
  suggestions: 0,
};
const findings = [
  finding,
  { ...finding, file: EVIL_FILE, message: `About ${ATTACK}`, fixable: false, suggestions: 2 },
  {
    ...finding,
    rule: SYNTAX_ERROR,
    file: "src/broken.ts",
    line: 9,
    column: 1,
    endLine: undefined,
    endColumn: undefined,
    message: "The file cannot be parsed: '}' expected.",
    fixable: false,
  },
];

export const report: Report = {
  tool: { name: "eslint-plugin-connect-resilience", version: "1.2.3", url: "https://example.com" },
  createdAt: "2026-11-21T08:09:10.000Z",
  project: `centre ${ATTACK}`,
  preset: "strict",
  summary: summarise(4, { calls, findings }),
  findings,
  calls,
  rules: [
    {
      id: "connect-resilience/require-retry",
      description: "require a deliberate retry policy",
      url: "https://example.com/require-retry.md",
    },
    { id: SYNTAX_ERROR, description: "a broken file", url: "https://example.com/cli.md" },
  ],
  problems: [{ file: "tsconfig.json", message: `Unknown option ${ATTACK}`, fatal: false }],
};

/** Nothing found, nothing called. */
export const emptyReport: Report = {
  ...report,
  findings: [],
  calls: [],
  problems: [],
  summary: summarise(1, { calls: [], findings: [] }),
};
