/** How the numbers of a report are said, in every format alike. */
import type { CallRecord, LayerRecord, Place, Report, Worst } from "./report.ts";

/** `src/users.ts:12` */
export function placeText({ file, line }: Place): string {
  return `${file}:${String(line)}`;
}

/** The operation, and that each page is a call of its own. */
export function operationText({ operation, paginated }: CallRecord): string {
  return `${operation ?? "command not seen"}${paginated ? " (each page)" : ""}`;
}

/** `2/s, burst 5` */
export function quotaText({ quota }: CallRecord): string {
  return quota === null
    ? "not documented"
    : `${String(quota.ratePerSecond)}/s, burst ${String(quota.burst)}`;
}

/** The retry stack from the outside in, so that it reads like the product of its attempts. */
export function stackText({ layers }: CallRecord): string {
  return layers.map(layerText).join(" › ");
}

const PURPOSES = { leftovers: "leftovers by ", poll: "poll by ", retry: "" } as const;

/** `for loop ×5, fixed 1 s` */
export function layerText(layer: LayerRecord): string {
  const { attempts, kind, name } = layer;
  if (kind === "client" && attempts === undefined && name === "the client")
    return "client not seen";
  const times =
    attempts === undefined ? "×?" : attempts === null ? "without limit" : `×${String(attempts)}`;
  return `${PURPOSES[layer.purpose]}${name} ${times}${delayText(layer)}`;
}

function delayText({ attempts, delay, fixedMs, kind }: LayerRecord): string {
  // What the SDK does is known, and one attempt waits for nothing.
  if (kind === "client" || attempts === 1 || delay === "unknown") return "";
  if (delay === "fixed") return `, fixed ${fixedMs === undefined ? "wait" : duration(fixedMs)}`;
  return delay === "none" ? ", no wait" : `, ${delay} wait`;
}

/** `15`, `≥ 3`, `no limit` */
export function attemptsText({ attempts }: CallRecord): string {
  return worstText(attempts, String);
}

/** `3 s`, `≥ 3 s`, `no limit`, `unknown` */
export function waitText({ waitMs }: CallRecord): string {
  return waitMs.value === 0 && !waitMs.exact ? "unknown" : worstText(waitMs, duration);
}

function worstText({ exact, value }: Worst, say: (value: number) => string): string {
  if (value === null) return "no limit";
  return exact ? say(value) : `≥ ${say(value)}`;
}

/** `700 ms`, `1.5 s`, `4 min 10 s`, `3 h 5 min` */
export function duration(ms: number): string {
  if (ms === 0) return "none";
  if (ms < 1000) return `${String(Math.round(ms))} ms`;
  const seconds = ms / 1000;
  if (seconds < 120) return `${String(Math.round(seconds * 10) / 10)} s`;
  const minutes = seconds / 60;
  return minutes < 120 ? pair(minutes, "min", "s") : pair(minutes / 60, "h", "min");
}

function pair(value: number, unit: string, smaller: string): string {
  let whole = Math.floor(value);
  let rest = Math.round((value - whole) * 60);
  if (rest === 60) [whole, rest] = [whole + 1, 0];
  return rest === 0
    ? `${String(whole)} ${unit}`
    : `${String(whole)} ${unit} ${String(rest)} ${smaller}`;
}

/** `1 call`, `3 calls` */
export function count(number: number, singular: string, plural = `${singular}s`): string {
  return `${String(number)} ${number === 1 ? singular : plural}`;
}

/** What stands at the end of a run, in one sentence. */
export function summaryText({ summary }: Report): string {
  const { calls, files, findings, operations } = summary;
  const inventory =
    calls === 0
      ? "no calls found"
      : `${count(calls, "call")} of ${count(operations, "operation")}, ${riskText(summary)}`;
  return `${count(findings, "finding")} in ${count(files, "file")}; ${inventory}.`;
}

function riskText({ aboveBurst, partlyRead, unlimited }: Report["summary"]): string {
  return `${String(unlimited)} without limit, ${String(aboveBurst)} able to send more than a burst, ${String(partlyRead)} read in part`;
}

/** The columns of the inventory. */
export const COLUMNS = [
  "Call",
  "Operation",
  "Quota",
  "Retries, outermost first",
  "Attempts",
  "Wait",
] as const;

/** What a call has in each of the columns. */
export function cellsOf(
  call: CallRecord,
): readonly [
  place: string,
  operation: string,
  quota: string,
  stack: string,
  attempts: string,
  wait: string,
] {
  return [
    placeText(call),
    operationText(call),
    quotaText(call),
    stackText(call),
    attemptsText(call),
    waitText(call),
  ];
}

/** How the columns of the inventory are to be read. */
export const LEGEND: readonly (readonly [term: string, meaning: string])[] = [
  [
    "Quota",
    "requests a second and burst that AWS grants by default, for everything in an account and Region together (per instance for the participant service). Quotas can be raised: compare with your own.",
  ],
  [
    "Retries",
    "the retry layers around the call from the outside in, with the attempts of each; of several ways to a call, the worst. Polls repeat successes and do not multiply.",
  ],
  [
    "Attempts",
    "HTTP requests that one call turns into when every one of them fails: the product of the layers.",
  ],
  [
    "Wait",
    "the longest sum of the pauses between these attempts, as throttling makes it; the time of the requests themselves comes on top.",
  ],
  [
    "≥",
    "at least so much: part of the code could not be read (×? stands for attempts that are not known), or the client adapts its pace to the throttling (adaptive mode). A client that is not seen sends 3 requests (SDK v3) or 4 (v2) if it was left as it comes.",
  ],
];

/** What the columns mean, in few words: for the terminal. */
export function keyLines({ summary }: Report): readonly string[] {
  return [
    "Attempts and wait: the HTTP requests of one call that fails until its retries are used up, and the pauses between them.",
    "Quota: the default of AWS, which everything in an account and Region shares.",
    ...(summary.partlyRead === 0
      ? []
      : [
          "≥ (at least), ×? and unknown: part of the code could not be read, or the client adapts its pace (adaptive mode).",
        ]),
  ];
}
