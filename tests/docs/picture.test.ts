import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { drawPicture, PICTURE } from "../../tools/picture.ts";

it("the README's picture shows what a run finds today (`npm run picture`)", () => {
  expect(readFileSync(PICTURE, "utf8")).toBe(drawPicture());
});
