/** The retry policy of a client of SDK v2, its own and the one for all. */
import { describe, expect, it } from "vitest";
import { policies } from "./support.ts";

const v2: Readonly<Record<string, readonly [string, string]>> = {
  nothing: ["default 4", `new AWS.Connect();`],
  maxRetries: ["deliberate 8", `new AWS.Connect({ maxRetries: 7 });`],
  "maxRetries 0": ["off 1", `new AWS.Connect({ maxRetries: 0 });`],
  "a delay of its own": ["deliberate 4", `new AWS.Connect({ retryDelayOptions: { base: 300 } });`],
  "the SDK's global settings": [
    "deliberate",
    `AWS.config.update({ region: "a", maxRetries: 7 });\nnew AWS.Connect();`,
  ],
  "the SDK's global settings by assignment": [
    "deliberate",
    `AWS.config.maxRetries = 7;\nnew AWS.Connect();`,
  ],
  "the SDK's global settings by assignment, of delays": [
    "deliberate",
    `AWS.config.retryDelayOptions = { base: 300 };\nnew AWS.Connect();`,
  ],
  "the SDK's global settings in a comment": [
    "default 4",
    `// AWS.config.update({ maxRetries: 7 }); AWS.config.maxRetries = 7;\nnew AWS.Connect();`,
  ],
  "the SDK's global settings where they are read": [
    "default 4",
    `console.log(AWS.config.maxRetries, AWS.config.maxRetries === 7);\nnew AWS.Connect();`,
  ],
  "the SDK's global region": [
    "default 4",
    `AWS.config.update({ region: "a" });\nnew AWS.Connect();`,
  ],
  "the SDK's global settings in a variable": [
    "deliberate",
    `const options = { maxRetries: 7 };\nAWS.config.update(options);\nnew AWS.Connect();`,
  ],
  "the SDK's global settings in a variable, which says nothing of retries": [
    "default 4",
    `const options = { region: "a" };\nAWS.config.update(options);\nnew AWS.Connect();`,
  ],
  "the SDK's global settings in something that is not seen": [
    "unknown",
    `declare const options: any;\nAWS.config.update(options);\nnew AWS.Connect();`,
  ],
  "settings of something else": [
    "default 4",
    `declare const theme: any;\ntheme.config.set(theme.options);\ntheme.update({ maxRetries: 7 });\nnew AWS.Connect();`,
  ],
  "a variable": ["deliberate 6", `const options = { maxRetries: 5 };\nnew AWS.Connect(options);`],
};

describe("v2", () => {
  it.each(Object.entries(v2))("%s", (_name, [expected, code]) => {
    expect(policies({ "file.ts": `import AWS from "aws-sdk";\n${code}` })).toEqual([expected]);
  });
  it.each([
    ["deliberate", "AWS.config.update({ maxRetries: 7 });"],
    ["deliberate", "AWS.config.update(own); const own = { retryDelayOptions: { base: 300 } };"],
    ["unknown", "AWS.config.update(JSON.parse(process.argv[2]));"],
    ["default 4", 'const own = { region: "a" }; AWS.config.update(own);'],
  ])("the SDK's global settings in another file: %s by %s", (expected, update) => {
    expect(
      policies({
        "file.ts": `import AWS from "aws-sdk";\nnew AWS.Connect();`,
        "setup.ts": `import AWS from "aws-sdk";\n${update}`,
      }),
    ).toEqual([expected]);
  });
});
