import { existsSync } from "node:fs";
import js from "@eslint/js";
import eslintPlugin from "eslint-plugin-eslint-plugin";
import { defineConfig, globalIgnores } from "eslint/config";
import tseslint from "typescript-eslint";

/**
 * Our own rules, on ourselves. They need `npm run build`; without it an editor goes on with the other rules,
 * a CI run does not.
 */
const built = new URL("./dist/index.js", import.meta.url);
const ownRules = existsSync(built) ? (await import(built.href)).default.configs.recommended : [];
if (ownRules.length === 0 && process.env.CI) {
  throw new Error("The project is linted with its own rules: run `npm run build` first.");
}

/** The rooms of `src` that a room may not look into. Arrows run one way; `backoff` stands alone. */
const closed = {
  ast: ["model", "fix", "rules", "cli", "backoff"],
  knowledge: ["ast", "model", "fix", "rules", "cli", "backoff"],
  model: ["fix", "rules", "cli", "backoff"],
  fix: ["model", "rules", "cli", "backoff"],
  rules: ["cli", "backoff"],
  cli: ["rules", "fix", "backoff"],
};

const compiler = {
  name: "typescript",
  message: "TypeScript is the user's, and is reached through the parser services, in src/model.",
};

function restrictImports(restrictions) {
  return { "@typescript-eslint/no-restricted-imports": ["error", restrictions] };
}

const architecture = [
  ...Object.entries(closed).map(([room, rooms]) => ({
    name: `architecture/${room}`,
    files: [`src/${room}/**/*.ts`],
    ignores: ["src/rules/index.ts"],
    rules: restrictImports({
      paths: [{ ...compiler, allowTypeImports: room === "model" || room === "cli" }],
      patterns: [
        {
          regex: `^(?:\\.\\.?/)+(?:${rooms.join("|")})/`,
          message: `Code in src/${room} does not look into this room (see CONTRIBUTING.md).`,
        },
        ...(room === "cli"
          ? [
              {
                regex: "^(?:\\.\\.?/)+(?:check|init)/",
                message: "A command is loaded when it runs (commands.ts), and uses no other.",
              },
            ]
          : []),
        ...(room === "rules"
          ? [
              {
                regex: "^\\./",
                message: "A rule does not use another rule: share through src/model.",
              },
            ]
          : [
              {
                regex: "^(?:\\.\\./)+(?:configs|create-rule)\\.ts$",
                message: "Only rules and the entry point use this.",
              },
            ]),
      ],
    }),
  })),
  {
    name: "architecture/plugin",
    files: ["src/*.ts"],
    rules: restrictImports({
      patterns: [
        {
          regex: "^\\./cli/",
          message: "Every lint run loads this: it knows nothing of the command line.",
        },
      ],
    }),
  },
  {
    name: "architecture/backoff",
    files: ["src/backoff/**/*.ts"],
    rules: restrictImports({
      patterns: [{ regex: "^(?!\\./)", message: "The helper stands alone: it imports nothing." }],
    }),
  },
];

export default defineConfig(
  globalIgnores(["dist/", "coverage/", "examples/", "tests/fixtures/", ".tmp/", "**/*.d.ts"]),
  js.configs.recommended,
  {
    files: ["**/*.ts"],
    extends: [tseslint.configs.strictTypeChecked, tseslint.configs.stylisticTypeChecked],
    languageOptions: {
      parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname },
    },
    rules: {
      "@typescript-eslint/consistent-type-exports": "error",
      "@typescript-eslint/consistent-type-imports": "error",
      // The compiler options of the helper ask for brackets where a key comes from an index signature.
      "@typescript-eslint/dot-notation": ["error", { allowIndexSignaturePropertyAccess: true }],
      "@typescript-eslint/no-confusing-void-expression": ["error", { ignoreArrowShorthand: true }],
      "@typescript-eslint/no-unnecessary-condition": [
        "error",
        { allowConstantLoopConditions: "only-allowed-literals" },
      ],
      // Node types are compared as strings, as ESLint's documentation writes them.
      "@typescript-eslint/no-unsafe-enum-comparison": "off",
      // It asks for the `!` that `no-non-null-assertion` forbids.
      "@typescript-eslint/non-nullable-type-assertion-style": "off",
      "@typescript-eslint/no-unused-vars": ["error", { argsIgnorePattern: "^_" }],
      // What was caught, and the reason of an abort signal, are passed on as they are.
      "@typescript-eslint/only-throw-error": ["error", { allowThrowingUnknown: true }],
      "@typescript-eslint/prefer-promise-reject-errors": ["error", { allowThrowingUnknown: true }],
      "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true }],
      "@typescript-eslint/switch-exhaustiveness-check": [
        "error",
        { considerDefaultExhaustiveForUnions: true },
      ],
    },
  },
  // Tests and contestants build fragile clients, because that is what they are about.
  { files: ["**/*.ts"], ignores: ["tests/**", "bench/**"], extends: [ownRules] },
  {
    files: ["**/*.js"],
    languageOptions: {
      globals: {
        console: "readonly",
        performance: "readonly",
        process: "readonly",
        URL: "readonly",
      },
    },
  },
  {
    files: ["src/rules/**/*.ts"],
    ignores: ["src/rules/index.ts"],
    extends: [eslintPlugin.configs["all-type-checked"]],
    rules: {
      // `createRule` adds these.
      "eslint-plugin/require-meta-docs-url": "off",
      "eslint-plugin/require-meta-languages": "off",
      // Presets are named by the rule: `docs.presets`.
      "eslint-plugin/require-meta-docs-recommended": "off",
      // Edits are made in src/fix, out of this plugin's sight; tests/meta/observed.test.ts compares instead.
      "eslint-plugin/require-meta-fixable": "off",
      "eslint-plugin/require-meta-has-suggestions": "off",
      "eslint-plugin/meta-property-ordering": "off",
    },
  },
  ...architecture,
  {
    // What a test knows of its own fixtures the compiler cannot know.
    files: ["tests/**/*.ts"],
    rules: { "@typescript-eslint/no-non-null-assertion": "off" },
  },
);
