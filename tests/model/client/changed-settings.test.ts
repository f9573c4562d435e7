/** The retry policy of a client whose settings are not what they were first written down as. */
import { expect, it } from "vitest";
import { policies } from "./support.ts";

const IMPORT = `import { ConnectClient, type ConnectClientConfig } from "@aws-sdk/client-connect";\n`;

it.each([
  [
    "in an object",
    `const config = { attempts: 1 };\nconfig.attempts = 6;\nnew ConnectClient({ maxAttempts: config.attempts });`,
  ],
  [
    "in an object that is copied into",
    `const config = { attempts: 1 };\nObject.assign(config, { attempts: 6 });\nnew ConnectClient({ maxAttempts: config.attempts });`,
  ],
  [
    "in an object that is replaced",
    `let config = { attempts: 1 };\nif (process.env["CI"]) config = { attempts: 6 };\nnew ConnectClient({ maxAttempts: config.attempts });`,
  ],
  [
    "by options",
    `const DEFAULTS = { attempts: 1 };\nexport function make(options: { attempts?: number } = {}) {\n  const config = { ...DEFAULTS, ...options };\n  return new ConnectClient({ maxAttempts: config.attempts });\n}`,
  ],
  [
    "on an instance",
    `class Factory { attempts = 1; make() { return new ConnectClient({ maxAttempts: this.attempts }); } }\nconst factory = new Factory();\nfactory.attempts = 6;\nfactory.make();`,
  ],
  [
    "by a subclass",
    `class Factory { attempts = 1; make() { return new ConnectClient({ maxAttempts: this.attempts }); } }\nclass Patient extends Factory { override attempts = 6; }\nnew Patient().make();`,
  ],
  [
    "by a second var",
    `var attempts = 1;\nvar attempts = 6;\nnew ConnectClient({ maxAttempts: attempts });`,
  ],
  [
    "by whoever calls the default export",
    `export default (attempts = 1) => new ConnectClient({ maxAttempts: attempts });`,
  ],
  [
    "where the function is called",
    `((attempts = 1) => new ConnectClient({ maxAttempts: attempts }))(6);`,
  ],
])("set %s", (_, code) => {
  expect(policies({ "file.ts": IMPORT + code })).toEqual(["deliberate"]);
});

it.each([
  [
    "that may be left out",
    `export const make = (config?: ConnectClientConfig) => new ConnectClient(config!);`,
  ],
  [
    "that may be left out, spread",
    `export const make = (config?: ConnectClientConfig) => new ConnectClient({ region: "a", ...config });`,
  ],
  [
    "of one type or another",
    `declare const config: { region: string } | { region: string; maxAttempts: number };\nnew ConnectClient(config);`,
  ],
])("a configuration %s", (_, code) => {
  expect(policies({ "file.ts": IMPORT + code })).toEqual(["unknown"]);
});

it("by a function of the project that is imported like a package", () => {
  expect(
    policies(
      {
        "file.ts": `${IMPORT}import { tune } from "@app/tune";\nconst config = { maxAttempts: 1 };\ntune(config);\nnew ConnectClient(config);`,
        "tune.ts": `export function tune(config: { maxAttempts: number }) { config.maxAttempts = 6; }`,
      },
      { compilerOptions: { paths: { "@app/*": ["./*"] } } },
    ),
  ).toEqual(["unknown"]);
});
