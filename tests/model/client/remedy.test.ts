/** Which retry code a client loads, as its folder tells. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { retryEra } from "../../../src/model/client/remedy.ts";

const workshop = mkdtempSync(join(tmpdir(), "clients-"));
afterAll(() => {
  rmSync(workshop, { recursive: true });
});

/** A client's folder with what it asks for, and what is installed beside it. */
function client(
  name: string,
  dependencies: Readonly<Record<string, string>>,
  installed: Readonly<Record<string, string>>,
): string {
  const modules = join(workshop, name, "node_modules");
  const write = (packageName: string, json: object): string => {
    const file = join(modules, packageName, "package.json");
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, JSON.stringify({ name: packageName, ...json }));
    return dirname(file);
  };
  for (const [packageName, version] of Object.entries(installed)) write(packageName, { version });
  return write("@aws-sdk/client-connect", { dependencies });
}

describe("the era of a client's retry code", () => {
  it("is the first one for clients that load it from @aws-sdk/middleware-retry", () => {
    for (const version of ["3.18.0", "3.290.0"]) {
      const retry = { "@aws-sdk/middleware-retry": version };
      // The hoisted package is another client's.
      const root = client(version, retry, { ...retry, "@smithy/core": "3.41.0" });
      expect(retryEra(root)).toMatchObject({
        name: "per-request",
        adaptiveWorks: false,
        meanGiveUpThrottledMs: 750,
      });
    }
  });

  it("is that of @smithy/middleware-retry where a client asks for that", () => {
    const root = client(
      "3.405.0",
      { "@smithy/middleware-retry": "^2.0.5" },
      { "@smithy/middleware-retry": "2.0.5", "@aws-sdk/middleware-retry": "3.374.0" },
    );
    expect(retryEra(root)?.name).toBe("per-request");
  });

  it("is that of @smithy/core for current clients", () => {
    const root = client("3.1136.0", { "@smithy/core": "^3.40.0" }, { "@smithy/core": "3.41.0" });
    expect(retryEra(root)).toMatchObject({ name: "2026", meanGiveUpThrottledMs: 1530 });
  });

  it("is unknown where nothing is installed", () => {
    expect(retryEra(client("none", { "@smithy/core": "^3.40.0" }, {}))).toBeUndefined();
  });
});
