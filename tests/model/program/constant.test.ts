/** Constants: members whose objects are no longer what they were written down as. */
import { it } from "vitest";
import { constantOf } from "../../../src/model/program/constant.ts";
import { expectRows } from "../../support/rows.ts";

const OBJECT = `const o = { a: 1, b: 5 };`;

it("constants that an object is no longer written down with", () => {
  expectRows(
    [
      ["unchanged", `${OBJECT} /*target*/ o.a;`, "1"],
      ["an element", `const list = [3, 4]; /*target*/ list[1];`, "4"],
      ["the length of a text", `const text = "abc"; /*target*/ text.length;`, "3"],
      ["copied over", `${OBJECT} Object.assign(o, { a: 2 }); /*target*/ o.a;`, "none"],
      [
        "copied over by what nobody sees",
        `${OBJECT} declare const more: { a?: number }; Object.assign(o, more); /*target*/ o.a;`,
        "none",
      ],
      ["the same twice", `let a = 1; a = 1; /*target*/ a;`, "1"],
    ],
    (target) => {
      const constant = constantOf(target);
      return constant === undefined ? "none" : String(constant.value);
    },
  );
});
