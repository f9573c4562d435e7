import { afterEach, expect, it } from "vitest";
import { sdkCallsIn } from "../../../src/model/sdk/calls.ts";
import { openUnit, projectFiles } from "../../../src/model/program/unit.ts";
import { configFolders } from "../../support/config-folders.ts";
import { withModel } from "../../support/model.ts";

afterEach(() => {
  configFolders.clearCandidateTSConfigRootDirs();
});

it("other files are opened where configs of several folders were loaded", () => {
  configFolders.addCandidateTSConfigRootDir("/one");
  configFolders.addCandidateTSConfigRootDir("/two");
  const files = {
    "file.ts": `import "./list.js";`,
    "list.ts": `import { Connect } from "@aws-sdk/client-connect";
export const list = () => new Connect({}).listUsers({ InstanceId: "i" });`,
  };
  const found = withModel(files, (unit) =>
    projectFiles(unit).flatMap((file) => {
      const opened = openUnit(unit, file);
      return opened === undefined ? [] : sdkCallsIn(opened).map(({ operation }) => operation);
    }),
  );
  expect(found).toEqual(["ListUsers"]);
});
