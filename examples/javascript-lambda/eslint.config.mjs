import connectResilience from "eslint-plugin-connect-resilience";
import { defineConfig } from "eslint/config";

const [recommended] = connectResilience.configs.recommended;

export default defineConfig({
  // The preset is made for TypeScript: everything but its file names is right here, too.
  ...recommended,
  files: ["**/*.js"],
  languageOptions: { sourceType: "commonjs" },
  // There is no type information. What a file says by itself is enough for this function.
  settings: { "connect-resilience": { types: "optional" } },
});
