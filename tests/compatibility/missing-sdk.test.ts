/** TypeScript with types, in a project that does not install the SDK since AWS Lambda brings it: the same reports inside a file. */
import { describe, expect, it } from "vitest";
import {
  examplesInOneFile,
  ofTheInstalledSdk,
  reportsBut,
  reportsOf,
  ruleNames,
} from "./examples.ts";

describe.each(ruleNames)("%s where the SDK is not installed", (name) => {
  it.each(examplesInOneFile(name))("$place ($verdict) as with it", ({ setup, verdict }) => {
    const reports = reportsOf(name, { ...setup, notInstalled: ["@aws-sdk/*", "aws-sdk"] });
    // That a correct example is silent with the SDK too is tested where the pages are.
    const installed = verdict === "correct" ? [] : reportsOf(name, setup);
    expect(reports).toEqual(reportsBut(name, installed, ofTheInstalledSdk));
  });
});
