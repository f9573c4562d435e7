/** What is bound for the calls of `use()` in a text. */
import path from "node:path";
import { requireBinding, type Binding, type BindingRequest } from "../../src/fix/imports.ts";
import type { SourceCode } from "./support.ts";
import { apply, inspect, nodesOf, ROOT, type Sample } from "./support.ts";

export const HELPER = "eslint-plugin-connect-resilience/backoff";

export interface Case extends Sample, Partial<Omit<BindingRequest, "filename" | "style">> {
  readonly style?: BindingRequest["style"];
}

/** Binds `sendWithBackoff` for every call of `use()` in the text. */
export function bind(code: string, options: Case = {}): Binding {
  const filename = path.resolve(ROOT, options.filename ?? "tests/fix/sample.ts");
  return inspect(code, options, (sourceCode) =>
    requireBinding(sourceCode, {
      module: HELPER,
      name: "sendWithBackoff",
      cwd: ROOT,
      uses: usesIn(sourceCode),
      ...options,
      filename,
    }),
  );
}

function usesIn(sourceCode: SourceCode) {
  return nodesOf(sourceCode, "CallExpression").filter(
    ({ callee }) => callee.type === "Identifier" && callee.name === "use",
  );
}

/** What the file looks like with the import, and the name to use. */
export function bound(code: string, options: Case = {}) {
  const binding = bind(code, options);
  if (binding.kind === "refused") throw new Error(binding.reason);
  return {
    name: binding.localName,
    applicability: binding.edit.applicability,
    text: apply(code, binding.edit, options),
  };
}

/** Why nothing can be bound. */
export function reasonOf(code: string, options: Case = {}): string | undefined {
  const binding = bind(code, options);
  return binding.kind === "refused" ? binding.reason : undefined;
}
