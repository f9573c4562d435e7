import { format, resolveConfig } from "prettier";

/** @type {import("eslint-doc-generator").GenerateOptions} */
export default {
  configEmoji: [
    ["recommended", "✅"],
    ["strict", "🔒"],
  ],
  ignoreConfig: ["all"],
  ruleListColumns: [
    "name",
    "description",
    "configsError",
    "configsWarn",
    "fixable",
    "hasSuggestions",
    "requiresTypeChecking",
    "deprecated",
  ],
  ruleDocTitleFormat: "name",
  ruleDocSectionInclude: ["Examples"],
  postprocess: async (content, file) =>
    format(content, { ...(await resolveConfig(file)), parser: "markdown" }),
};
