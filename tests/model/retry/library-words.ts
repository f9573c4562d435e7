/** The layers that libraries are around the marked call, one line each. */
import type { Layer } from "../../../src/model/retry/layer.ts";
import { atCall, getting } from "./support.ts";

/** `p-retry: 4, growing to 5000, everything`, one for each layer. */
export function layersOf(imports: string, expression: string): readonly string[] {
  return atCall(`${imports}\n${getting(`return ${expression};`)}`, (_call, layers) =>
    layers.map(words),
  );
}

function words({ label, attempts, delay, filter }: Layer): string {
  const bound = attempts.kind === "bounded" ? String(attempts.max ?? "some") : attempts.kind;
  const most = delay.maxMs === undefined ? "" : ` to ${String(delay.maxMs)}`;
  const fixed = delay.fixedMs === undefined ? most : ` ${String(delay.fixedMs)}`;
  const capped =
    delay.capped === "yes" ? "" : delay.capped === "no" ? " without a cap" : " perhaps capped";
  return `${label}: ${bound}, ${delay.kind}${fixed}${capped}, ${filter.kind}`;
}
