/** One page that holds everything it needs, to be attached to a review: it asks the network for nothing. */
import { createHash } from "node:crypto";
import {
  type CallRecord,
  type Finding,
  isAboveBurst,
  type LayerRecord,
  type Report,
} from "../report.ts";
import {
  attemptsText,
  COLUMNS,
  count,
  layerText,
  LEGEND,
  operationText,
  placeText,
  quotaText,
  waitText,
} from "../words.ts";
import { chart } from "./chart.ts";
import { markup, Markup } from "./markup.ts";
import { SCRIPT } from "./page-script.ts";
import { STYLE } from "./page-style.ts";

export function formatHtml(report: Report): string {
  const { calls, createdAt, findings, preset, problems, project, tool } = report;
  const title = `Amazon Connect calls of ${project}`;
  const page = markup`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta http-equiv="Content-Security-Policy" content="${POLICY}" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <link rel="icon" href="data:," />
        <title>${title}</title>
        <style>${new Markup(STYLE)}</style>
      </head>
      <body>
        <header>
          <h1>${title}</h1>
          <p class="meta">
            How each call is retried, what that comes to at worst, and what should be repaired.
            Preset ${preset}, ${tool.name} ${tool.version},
            ${createdAt.slice(0, 16).replace("T", " ")} UTC.
          </p>
          ${cards(report)}
        </header>
        <main>
          ${
            calls.length === 0
              ? markup`<h2>Calls</h2>
                  <p>None were found.</p>`
              : [worstCases(calls), inventory(calls)]
          }
          ${findingList(report, findings)}
          ${
            problems.length === 0
              ? ""
              : markup`<section>
                  <h2>Not checked as it should be</h2>
                  <ul>
                    ${problems.map(
                      ({ file, message }) =>
                        markup`<li>
                          ${file === undefined ? "" : markup`<code>${file}</code>: `}${message}
                        </li>`,
                    )}
                  </ul>
                </section>`
          }
        </main>
        <script>${new Markup(SCRIPT)}</script>
      </body>
    </html> `;
  return `${page.text.trim()}\n`;
}

/** Nothing is loaded, and nothing but this page's own script and style takes effect. */
const POLICY = [
  "default-src 'none'",
  "img-src data:",
  `style-src '${digest(STYLE)}'`,
  `script-src '${digest(SCRIPT)}'`,
  "base-uri 'none'",
  "form-action 'none'",
].join("; ");

function digest(text: string): string {
  return `sha256-${createHash("sha256").update(text).digest("base64")}`;
}

function cards({ summary }: Report): Markup {
  const card = (term: string, value: number, level: "" | "bad" | "warn"): Markup =>
    markup`<div class="${value > 0 ? level : ""}">
      <dt>${term}</dt>
      <dd>${value}</dd>
    </div>`;
  return markup`<dl class="cards">
    ${card("Findings", summary.findings, "bad")} ${card("Calls", summary.calls, "")}
    ${card("Operations", summary.operations, "")}
    ${card("Retried without limit", summary.unlimited, "bad")}
    ${card("One call beyond the burst", summary.aboveBurst, "warn")}
    ${card("Read in part", summary.partlyRead, "")} ${card("Files", summary.files, "")}
  </dl>`;
}

function worstCases(calls: readonly CallRecord[]): Markup {
  return markup`<section aria-labelledby="worst">
    <h2 id="worst">One call at its worst, against the quota</h2>
    <p class="note">
      HTTP requests that a single call of each operation can turn into while the service throttles.
      A bar beyond its mark means that one unlucky call can use up the whole burst, which everything
      in the account shares.
    </p>
    <div class="panel chart" tabindex="0" role="region" aria-label="Chart">${chart(calls)}</div>
    <ul class="key">
      <li><i class="within"></i>within the burst</li>
      <li><i class="above"></i>more than the burst</li>
      <li><i class="limitless"></i>without limit</li>
      <li><i class="burst"></i>burst of the default quota</li>
    </ul>
  </section>`;
}

function inventory(calls: readonly CallRecord[]): Markup {
  return markup`<section aria-labelledby="calls-title">
    <h2 id="calls-title">Calls</h2>
    ${sortable("calls", COLUMNS, calls.map(callRow))}
    <dl class="legend">
      ${LEGEND.map(
        ([term, meaning]) =>
          markup`<dt>${term}</dt>
            <dd>${meaning}</dd>`,
      )}
    </dl>
  </section>`;
}

function callRow(call: CallRecord): Markup {
  const { attempts, layers, package: packageName, quota, waitMs, ways } = call;
  const level = attempts.value === null ? "limitless-text" : isAboveBurst(call) ? "above-text" : "";
  return markup`<tr>
    <th scope="row" class="place">${breakable(placeText(call))}</th>
    <td>
      ${operationText(call)}<br /><span class="small"
        >${packageName.replace(/^@aws-sdk\//, "")}${call.sdk === "v2" ? ", SDK v2" : ""}</span
      >
    </td>
    <td class="number" data-key="${quota?.ratePerSecond ?? -1}">${quotaText(call)}</td>
    <td>
      <ol class="stack">
        ${layers.map((layer) => layerItem(layer, call))}
      </ol>
      ${ways > 1 ? markup`<span class="small">the worst of ${ways} ways to this call</span>` : ""}
    </td>
    <td class="number ${level}" data-key="${sortKey(attempts.value)}">${attemptsText(call)}</td>
    <td class="number" data-key="${sortKey(waitMs.value)}">${waitText(call)}</td>
  </tr> `;
}

/** A path that may be folded after its slashes. */
function breakable(place: string): Markup {
  const [first = "", ...rest] = place.split("/");
  return markup`${first}${rest.map((segment) => markup`/<wbr />${segment}`)}`;
}

/** No limit comes after every number. */
function sortKey(value: number | null): number {
  return value ?? Number.MAX_VALUE;
}

function layerItem(layer: LayerRecord, { file }: CallRecord): Markup {
  const { at } = layer;
  const place = at.file === file ? `line ${String(at.line)}` : placeText(at);
  return markup`<li>${layerText(layer)} <small class="place">${place}</small></li>`;
}

function findingList({ rules }: Report, findings: readonly Finding[]): Markup {
  if (findings.length === 0)
    return markup`<section>
      <h2>Findings</h2>
      <p>None: every rule of the preset is satisfied.</p>
    </section>`;
  const urls = new Map(rules.map(({ id, url }) => [id, url]));
  return markup`<section aria-labelledby="findings-title">
    <h2 id="findings-title">Findings</h2>
    ${sortable(
      "findings",
      ["Place", "Rule", "Finding"],
      findings.map(
        (finding) =>
          markup`<tr>
            <th scope="row" class="place">${breakable(placeText(finding))}</th>
            <td class="nowrap">
              <a href="${urls.get(finding.rule) ?? ""}" rel="noreferrer"
                >${finding.rule.replace(/^.*\//, "")}</a
              >
            </td>
            <td>${finding.message}${repairOf(finding)}</td>
          </tr> `,
      ),
    )}
  </section>`;
}

function repairOf({ fixable, suggestions }: Finding): Markup {
  if (fixable) return markup` <span class="small">Repaired by <code>eslint --fix</code>.</span>`;
  return suggestions > 0
    ? markup` <span class="small">An editor offers ${count(suggestions, "repair")}.</span>`
    : markup``;
}

/** A table that a reader can filter, and sort by its columns; `<id>-title` is what it is labelled by. */
function sortable(
  id: "calls" | "findings",
  columns: readonly string[],
  rows: readonly Markup[],
): Markup {
  return markup`<div class="filter">
      <label for="${id}-filter">Filter ${id}</label>
      <input
        id="${id}-filter"
        type="search"
        data-table="${id}"
        placeholder="file, operation, rule, …"
        autocomplete="off"
      />
      <output for="${id}-filter" aria-live="polite">${rows.length} of ${rows.length} shown</output>
    </div>
    <div class="panel">
      <table id="${id}" aria-labelledby="${id}-title">
        <thead>
          <tr>
            ${columns.map(heading)}
          </tr>
        </thead>
        <tbody>
          ${rows}
        </tbody>
      </table>
    </div>`;
}

/** Columns that hold a number, whatever is written around it. */
const NUMERIC: ReadonlySet<string> = new Set(["Quota", "Attempts", "Wait"]);

function heading(title: string): Markup {
  const kind = NUMERIC.has(title) ? "number" : "text";
  return markup`<th scope="col" class="${kind}" data-kind="${kind}">
    <button type="button">${title}</button>
  </th>`;
}
