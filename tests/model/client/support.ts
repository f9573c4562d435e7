import { AST_NODE_TYPES as T } from "@typescript-eslint/utils";
import { expect } from "vitest";
import { constructionsIn } from "../../../src/model/client/construction.ts";
import { policyOf } from "../../../src/model/client/policy.ts";
import { type ModelOptions, withModel } from "../../support/model.ts";

/** The policies of the clients that a file builds: the kind, the attempts where they can be read, the strategy where there is one. */
export function policies(
  files: Readonly<Record<string, string>>,
  options?: ModelOptions,
): string[] {
  return withModel(
    files,
    (unit) =>
      constructionsIn(unit).map((construction) => {
        expect(construction.node.type).toBe(T.NewExpression);
        const { kind, attempts, strategy } = policyOf(construction);
        return [kind, attempts, strategy === "none" ? undefined : strategy]
          .filter((item) => item !== undefined)
          .join(" ");
      }),
    options,
  );
}
