/** How the page looks, in light and dark and on paper. */
export const STYLE = `
:root {
  color-scheme: light dark;
  --paper: #fcfcfb; --card: #fff; --ink: #1b1f24; --soft: #59636e; --line: #d9dee3;
  --link: #0b5cad; --within: #3f7d58; --above: #b35900; --limitless: #b3261e; --tint: #f1f4f6;
}
@media (prefers-color-scheme: dark) {
  :root {
    --paper: #14171a; --card: #1b1f24; --ink: #e6e9ec; --soft: #9aa5b1; --line: #343b43;
    --link: #79b8ff; --within: #6fbf8f; --above: #f0a04b; --limitless: #ff8a80; --tint: #23282e;
  }
}
* { box-sizing: border-box; }
body {
  margin: 0 auto; max-width: 76rem; padding: 2rem 1.25rem 4rem;
  background: var(--paper); color: var(--ink);
  font: 15px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, sans-serif;
}
h1 { font-size: 1.6rem; line-height: 1.25; margin: 0 0 .25rem; }
h2 { font-size: 1.15rem; margin: 2.5rem 0 .5rem; }
a { color: var(--link); }
code, .place { font: .92em ui-monospace, "SF Mono", Menlo, Consolas, monospace; overflow-wrap: anywhere; }
.note, .meta { color: var(--soft); margin: 0 0 1rem; max-width: 60rem; }
.cards { display: grid; grid-template-columns: repeat(auto-fit, minmax(9.5rem, 1fr)); gap: .75rem; margin: 1.5rem 0 0; padding: 0; }
.cards div { background: var(--card); border: 1px solid var(--line); border-radius: 8px; padding: .7rem .9rem; }
.cards dt { color: var(--soft); font-size: .85rem; }
.cards dd { margin: 0; font-size: 1.7rem; font-weight: 650; font-variant-numeric: tabular-nums; }
.cards .bad dd { color: var(--limitless); }
.cards .warn dd { color: var(--above); }
.panel { background: var(--card); border: 1px solid var(--line); border-radius: 8px; overflow-x: auto; }
.panel.chart { padding: .75rem; }
svg { display: block; width: 100%; min-width: 40rem; height: auto; }
svg text { font-family: system-ui, sans-serif; font-size: 13px; fill: var(--ink); }
svg .tick { fill: var(--soft); font-size: 11px; }
svg .grid { stroke: var(--line); stroke-width: 1; }
svg .burst { stroke: var(--ink); stroke-width: 2.5; }
svg .within { fill: var(--within); } svg .above { fill: var(--above); } svg .limitless { fill: var(--limitless); }
svg .value { font-weight: 600; paint-order: stroke; stroke: var(--card); stroke-width: 4px; }
.key { display: flex; flex-wrap: wrap; gap: .25rem 1.25rem; margin: .5rem 0 0; padding: 0; list-style: none; color: var(--soft); font-size: .88rem; }
.key i { display: inline-block; width: .9em; height: .9em; margin-right: .4em; border-radius: 2px; vertical-align: -.08em; }
.key .within { background: var(--within); } .key .above { background: var(--above); } .key .limitless { background: var(--limitless); }
.key .burst { width: 3px; background: var(--ink); }
.filter { display: flex; flex-wrap: wrap; align-items: center; gap: .5rem .75rem; margin: 0 0 .75rem; }
.filter input { font: inherit; color: inherit; background: var(--card); border: 1px solid var(--soft); border-radius: 6px; padding: .35rem .6rem; width: min(26rem, 100%); }
.filter output { color: var(--soft); }
table { border-collapse: collapse; width: 100%; }
th, td { text-align: left; vertical-align: top; padding: .5rem .75rem; border-bottom: 1px solid var(--line); }
tbody tr:last-child > * { border-bottom: 0; }
tbody th { font-weight: inherit; min-width: 10rem; }
thead th { background: var(--tint); padding: 0; white-space: nowrap; }
thead button { font: inherit; font-weight: 600; color: inherit; background: none; border: 0; padding: .5rem .75rem; width: 100%; text-align: inherit; cursor: pointer; }
thead button::after { content: " ↕"; color: var(--soft); }
th[aria-sort="ascending"] button::after { content: " ↑"; color: inherit; }
th[aria-sort="descending"] button::after { content: " ↓"; color: inherit; }
.number { text-align: right; white-space: nowrap; font-variant-numeric: tabular-nums; }
.nowrap { white-space: nowrap; }
.stack { margin: 0; padding: 0; list-style: none; }
.stack li + li { padding-left: 1.1em; text-indent: -1.1em; }
.stack li + li::before { content: "› "; color: var(--soft); }
.stack small, .small { color: var(--soft); font-size: .85em; }
.limitless-text { color: var(--limitless); font-weight: 650; }
.above-text { color: var(--above); font-weight: 650; }
a:focus-visible, button:focus-visible, input:focus-visible { outline: 2px solid var(--link); outline-offset: 2px; }
dl.legend { display: grid; grid-template-columns: max-content 1fr; gap: .3rem 1rem; max-width: 60rem; }
dl.legend dt { font-weight: 600; } dl.legend dd { margin: 0; }
[hidden] { display: none !important; }
@media print {
  body { max-width: none; padding: 0; font-size: 11px; }
  .filter, thead button::after { display: none; }
  .panel { border: 0; overflow: visible; } tr, .row { break-inside: avoid; }
}
`;
