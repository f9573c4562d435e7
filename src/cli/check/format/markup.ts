/** HTML out of templates in which everything is text unless it is markup already. */

/** Markup that was made here. */
export class Markup {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}

type Part = Markup | number | string | readonly Markup[];

/** A template tag: what is put in is escaped, for element content and quoted attributes alike. */
export function markup(parts: TemplateStringsArray, ...values: readonly Part[]): Markup {
  return new Markup(
    parts.reduce((text, part, index) => `${text}${markupOf(values[index - 1] ?? "")}${part}`),
  );
}

function markupOf(value: Part): string {
  if (value instanceof Markup) return value.text;
  if (typeof value === "object") return value.map(({ text }) => text).join("");
  return String(value).replace(/[&<>"'`]/g, (character) => `&#${String(character.charCodeAt(0))};`);
}
