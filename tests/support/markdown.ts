/** Code examples of the documentation. */

export interface Example {
  /** Line of the opening fence. */
  readonly line: number;
  readonly language: string;
  /** What the fence says after the language, as JSON: `ts {"options": [{ … }]}`. */
  readonly properties: Readonly<Record<string, unknown>>;
  readonly verdict: "incorrect" | "correct" | undefined;
  /** `// file: client.ts` begins a further file; the text before it is the first file. */
  readonly files: readonly { readonly name: string; readonly code: string }[];
}

/** The fenced examples of a page; the last ❌ or ✅ above a fence, in the same section, is its verdict. */
export function examplesOf(markdown: string): Example[] {
  const examples: Example[] = [];
  let verdict: Example["verdict"];
  let fence: { line: number; info: string; body: string[] } | undefined;
  for (const [index, text] of markdown.split("\n").entries()) {
    if (fence) {
      if (text.startsWith("```")) {
        examples.push(toExample(fence, verdict));
        fence = undefined;
      } else fence.body.push(text);
    } else if (text.startsWith("```")) fence = { line: index + 1, info: text.slice(3), body: [] };
    else if (text.includes("❌")) verdict = "incorrect";
    else if (text.includes("✅")) verdict = "correct";
    else if (text.startsWith("#")) verdict = undefined;
  }
  return examples;
}

function toExample(
  fence: { line: number; info: string; body: readonly string[] },
  verdict: Example["verdict"],
): Example {
  const [, language = "", json] = /^(\w*)\s*(.*)$/.exec(fence.info) ?? [];
  const files: { name: string; code: string }[] = [];
  for (const text of fence.body) {
    const name = /^\/\/ file: (\S+)$/.exec(text)?.[1];
    const current = files.at(-1);
    if (name !== undefined) files.push({ name, code: "" });
    else if (current) current.code += `${text}\n`;
    else files.push({ name: `file.${language}`, code: `${text}\n` });
  }
  return {
    line: fence.line,
    language,
    properties: json ? (JSON.parse(json) as Record<string, unknown>) : {},
    verdict,
    files: files.filter((file) => file.code.trim() !== ""),
  };
}
