/** How many items there are: a number, open-ended, or (where something may bound it) unknown; and reckoning with that. */
export type Size =
  | { readonly kind: "fixed"; readonly count: number }
  /** As many as the data has. */
  | { readonly kind: "open" }
  /** Something may bound it: a chunk, a page, an element of another collection. */
  | { readonly kind: "unknown" };

export const OPEN: Size = { kind: "open" };
export const UNKNOWN: Size = { kind: "unknown" };
export function fixed(count: number): Size {
  return { kind: "fixed", count };
}

/** So many of the items, where there are so many. */
export function atMost(count: number, all: Size): Size {
  if (all.kind === "unknown" || !Number.isFinite(count)) return all;
  return fixed(all.kind === "fixed" ? Math.min(count, all.count) : count);
}

export function notEmpty(found: Size): Size {
  return found.kind === "fixed" && found.count === 0 ? OPEN : found;
}

export function sum(parts: readonly Size[]): Size {
  let count = 0;
  for (const part of parts) if (part.kind === "unknown") return UNKNOWN;
  for (const part of parts) {
    if (part.kind !== "fixed") return OPEN;
    count += part.count;
  }
  return fixed(count);
}

export function largest(parts: readonly Size[]): Size {
  if (parts.some(({ kind }) => kind === "unknown")) return UNKNOWN;
  const counts = parts.map((part) => (part.kind === "fixed" ? part.count : Infinity));
  const count = Math.max(0, ...counts);
  return Number.isFinite(count) ? fixed(count) : OPEN;
}
