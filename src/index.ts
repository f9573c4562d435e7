/** The plugin: what `import plugin from "eslint-plugin-connect-resilience"` and `require()` give. */
import { createRequire } from "node:module";
import type { ESLint, Rule } from "eslint";
import { createPresets, NAMESPACE, type Presets } from "./configs.ts";
import { rules } from "./rules/index.ts";

export interface ConnectResiliencePlugin extends ESLint.Plugin {
  readonly meta: { readonly name: string; readonly version: string; readonly namespace: string };
  readonly rules: Readonly<Record<keyof typeof rules, Rule.RuleModule>>;
  readonly configs: Presets & Record<string, never>;
}

const { name, version } = createRequire(import.meta.url)("../package.json") as {
  name: string;
  version: string;
};

const plugin = {
  meta: { name, version, namespace: NAMESPACE },
  // The rule types of typescript-eslint and ESLint differ in whether `meta.defaultOptions` may be read-only.
  rules: rules as unknown as ConnectResiliencePlugin["rules"],
  configs: {} as ConnectResiliencePlugin["configs"],
} satisfies ConnectResiliencePlugin;

Object.assign(plugin.configs, createPresets(plugin));

export default plugin as ConnectResiliencePlugin;
// The export name that makes `require()` return the plugin itself.
export { plugin as "module.exports" };
