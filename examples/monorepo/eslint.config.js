import connectResilience from "eslint-plugin-connect-resilience";
import { defineConfig } from "eslint/config";
import tseslint from "typescript-eslint";

export default defineConfig(
  {
    files: ["**/*.ts"],
    languageOptions: {
      parser: tseslint.parser,
      // The project service finds the tsconfig.json nearest to each file.
      parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname },
    },
  },
  connectResilience.configs.recommended,
);
