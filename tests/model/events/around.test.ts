/** What stands around a place in a handler. */
import { it } from "vitest";
import { isCaught, isForOtherEvent } from "../../../src/model/events/around.ts";
import { expectRows } from "../../support/rows.ts";

const PARSE = "/*target*/ JSON.parse(text);";
const expectCaught = (isExpected: boolean, rows: readonly (readonly [string, string])[]): void => {
  expectRows(
    rows.map(([what, code]) => [
      what,
      `declare const text: string;\ndeclare const use: any;\n${code}`,
      String(isExpected),
    ]),
    (target) => String(isCaught(target)),
  );
};

it("an error that is caught", () => {
  expectCaught(true, [
    ["in a try", `try { ${PARSE} } catch {}`],
    ["deep in a try", `try { if (text) { ${PARSE} } } catch {}`],
    ["in a try within a try", `try { try { ${PARSE} } finally { use(); } } catch {}`],
    ["in a callback in a try", `try { [1].map(() => { ${PARSE} }); } catch {}`],
    ["whose only caller catches it", `const read = () => { ${PARSE} };\ntry { read(); } catch {}`],
    [
      "whose caller's caller catches it",
      `const read = () => { ${PARSE} };\nconst all = () => { read(); };\ntry { all(); } catch {}`,
    ],
    [
      "whose callers all catch it",
      `const read = () => { ${PARSE} };\ntry { read(); } catch {}\ntry { read(); } catch {}`,
    ],
    [
      "whose promise's failure is caught",
      `const read = async () => { ${PARSE} };\nread().catch(use);`,
    ],
    ["handed to what nobody knows", `const read = () => { ${PARSE} };\nuse(read);`],
  ]);
});

it("an error that is not caught", () => {
  expectCaught(false, [
    ["alone", PARSE],
    ["in a try without a catch", `try { ${PARSE} } finally { use(); }`],
    ["in a catch", `try { use(); } catch { ${PARSE} }`],
    ["in a finally", `try { use(); } catch {} finally { ${PARSE} }`],
    ["in a function that nobody calls", `const read = () => { ${PARSE} };`],
    [
      "made in a try and called outside",
      `let read: any; try { use(); } catch {}\nconst parse = () => { ${PARSE} };\nparse();`,
    ],
    [
      "of which one caller catches it",
      `const read = () => { ${PARSE} };\ntry { read(); } catch {}\nread();`,
    ],
    [
      "whose promise is only waited for",
      `const read = async () => { ${PARSE} };\nread().then(use);`,
    ],
    ["that is exported", `const read = () => { ${PARSE} };\nexport { read };`],
  ]);
});

const OTHER = '"Contact Lens Post Call Rules Matched"';
const FAILED = '"Contact Lens Rules Action Execution Failed"';

it("code for another event", () => {
  const rows: readonly (readonly [string, string, boolean])[] = [
    ["a branch", `if (event["detail-type"] === ${OTHER}) { ${PARSE} }`, true],
    [
      "a branch on its own name of the type",
      `const { "detail-type": detailType } = event; if (detailType === ${OTHER}) { ${PARSE} }`,
      true,
    ],
    ["a branch for the failure", `if (event["detail-type"] === ${FAILED}) { ${PARSE} }`, false],
    [
      "the branch for all others",
      `if (event["detail-type"] === ${OTHER}) { event(); } else { ${PARSE} }`,
      false,
    ],
    ["a branch on something else", `if (event.source === "aws.connect") { ${PARSE} }`, false],
    [
      "code in front of a branch",
      `${PARSE} if (event["detail-type"] === ${OTHER}) { event(); }`,
      false,
    ],
    ["a case", `switch (event["detail-type"]) { case ${OTHER}: ${PARSE} }`, true],
    ["a case for the failure", `switch (event["detail-type"]) { case ${FAILED}: ${PARSE} }`, false],
    ["a case of any name", `switch (event["detail-type"]) { case event.name: ${PARSE} }`, false],
    [
      "the default",
      `switch (event["detail-type"]) { case ${FAILED}: break; default: ${PARSE} }`,
      false,
    ],
    ["a case of something else", `switch (event.source) { case ${OTHER}: ${PARSE} }`, false],
  ];
  expectRows(
    rows.map(([what, code, isExpected]) => [
      what,
      `declare const event: any;\ndeclare const text: string;\n${code}`,
      String(isExpected),
    ]),
    (target) => String(isForOtherEvent(target)),
  );
});
