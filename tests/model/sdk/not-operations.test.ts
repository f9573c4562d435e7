/** Names of methods that the model takes for no operation: held against every operation that SDK v2 ships. */
import { readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { callsIn } from "./support.ts";

const apis = path.join(
  path.dirname(createRequire(import.meta.url).resolve("aws-sdk/package.json")),
  "apis",
);

/** The methods of all of its clients. */
function methodsOfClients(): ReadonlySet<string> {
  const models = readdirSync(apis).filter((name) => name.endsWith(".min.json"));
  const operations = models.flatMap((name) => {
    const model = JSON.parse(readFileSync(path.join(apis, name), "utf8")) as {
      operations?: Record<string, unknown>;
    };
    return Object.keys(model.operations ?? {});
  });
  return new Set(operations.map((name) => name.charAt(0).toLowerCase() + name.slice(1)));
}

describe("methods that are no operations", () => {
  const methods = methodsOfClients();

  it("knows many operations", () => {
    expect(methods.size).toBeGreaterThan(8000);
  });

  it.each([Array.prototype, String.prototype, Promise.prototype])(
    "has no operation among those of %o but search",
    (prototype) => {
      const shared = Object.getOwnPropertyNames(prototype).filter((name) => methods.has(name));
      expect(shared.filter((name) => name !== "search")).toEqual([]);
    },
  );

  it("has no operation that is named as loggers name theirs", () => {
    const logs = ["log", "debug", "info", "warn", "warning", "error", "trace"];
    expect(logs.filter((name) => methods.has(name))).toEqual([]);
  });

  it("still sees the search of a client", () => {
    expect(
      callsIn(
        `import AWS from "aws-sdk";
const domain = new AWS.CloudSearchDomain({ endpoint: "search.example" });
export const found = /*target*/domain.search({ query: "queue" }).promise();`,
        { settings: { services: "aws" } },
      ),
    ).toEqual(["v2 request cloudsearchdomain.Search <- default"]);
  });
});
