/** A call that is made once more after its failure, in so many words. */
import { describe, expect, it } from "vitest";
import { atCall, getting, SEND } from "./support.ts";

const REST = `
async function again(UserId: string) {
  return await client.send(new DescribeUserCommand({ InstanceId: "i", UserId }));
}
`;

/** The second call, which is written like the first. */
const AGAIN = SEND.replace("/*target*/ ", "");

interface Resent {
  readonly attempts: unknown;
  readonly delay: string;
  readonly fixedMs: number | undefined;
  readonly filter: string;
}

/** What is known of the second attempts at the marked call; none where it is made once. */
const resent = (code: string): readonly Resent[] =>
  atCall(code, (_call, layers) =>
    layers
      .filter(({ kind }) => kind === "resend")
      .map(({ attempts, delay, filter }) => ({
        attempts: attempts.kind === "bounded" ? attempts.max : attempts.kind,
        delay: delay.kind,
        fixedMs: delay.fixedMs,
        filter: filter.kind,
      })),
  );

const once = (facts: Partial<Resent>): readonly Resent[] => [
  { attempts: 2, delay: "fixed", fixedMs: 1000, filter: "everything", ...facts },
];

describe("a second attempt after a failure", () => {
  it.each<[string, string, Partial<Resent>]>([
    [
      "in the catch",
      `try { return await ${SEND}; } catch { await sleep(1000); return await ${AGAIN}; }`,
      {},
    ],
    [
      "in the catch, at random",
      `try { return await ${SEND}; } catch { await sleep(500 + Math.random() * 500); return await ${AGAIN}; }`,
      { delay: "jittered", fixedMs: undefined },
    ],
    [
      "in the catch, at once",
      `try { return await ${SEND}; } catch { return await ${AGAIN}; }`,
      { delay: "none", fixedMs: 0 },
    ],
    [
      "after throttling alone",
      `try { return await ${SEND}; } catch (error) {
         if ((error as Error).name !== "ThrottlingException") throw error;
         await sleep(2000);
         return ${AGAIN};
       }`,
      { fixedMs: 2000, filter: "some" },
    ],
    [
      "in the handler of a promise",
      `return (${SEND}).catch(async () => { await sleep(1000); return ${AGAIN}; });`,
      {},
    ],
    [
      "behind the sleep of a promise",
      `return (${SEND}).catch(() => sleep(1000).then(() => ${AGAIN}));`,
      {},
    ],
    [
      "by a timer",
      `return (${SEND}).catch(() => new Promise((resolve) => setTimeout(() => resolve(${AGAIN}), 1000)));`,
      {},
    ],
    [
      "with logs, tests of the error, and a time that is worked out",
      `try { return await ${SEND}; } catch (error) {
         console.warn(String(error));
         if (!isThrottling(error)) throw new Error("failed", { cause: error });
         const ms = Math.min(1000, 5000);
         await sleep(ms);
         return await ${AGAIN};
       }`,
      { filter: "some" },
    ],
    [
      "with a command of its own",
      `try {
         const command = new DescribeUserCommand({ InstanceId: "i", UserId });
         return await /*target*/ client.send(command);
       } catch {
         await sleep(1000);
         const command = new DescribeUserCommand({ InstanceId: "i", UserId });
         return await client.send(command);
       }`,
      {},
    ],
    [
      "behind the try, where a flag was set",
      `let failed = false;
       try { return await ${SEND}; } catch { failed = true; }
       if (failed) { await sleep(1000); return await ${AGAIN}; }
       return undefined;`,
      {},
    ],
    [
      "for each item",
      `for (const UserId of [id, "other"]) { try { await ${SEND}; } catch { await sleep(1000); await ${AGAIN}; } }`,
      {},
    ],
  ])("%s", (_name, body, facts) => {
    expect(resent(getting(`const id = UserId; ${body}`))).toEqual(once(facts));
  });

  it("is one of a function that makes the call", () => {
    const code = `
      const one = async (UserId: string) => ${SEND};
      export async function get(id: string) {
        try { return await one(id); } catch { await sleep(1000); return await one( id ); }
      }`;
    expect(resent(code)).toEqual(once({}));
  });
});

describe("no second attempt", () => {
  it.each<[string, string]>([
    ["one call", `try { return await ${SEND}; } catch { await sleep(1000); return undefined; }`],
    ["after a success", `await ${SEND}; await sleep(1000); return ${AGAIN};`],
    [
      "after success and failure alike",
      `try { await ${SEND}; } catch (error) { console.log(error); } await sleep(1000); return await ${AGAIN};`,
    ],
    [
      "for something else",
      `try { return await ${SEND}; } catch { await sleep(1000); return await ${AGAIN.replace("UserId }", 'UserId: "other" }')}; }`,
    ],
    [
      "by another client",
      `try { return await ${SEND}; } catch { await sleep(1000); return await backup.${AGAIN.trim().replace("client.", "")}; }`,
    ],
    [
      "by another function",
      `try { return await ${SEND}; } catch { await sleep(1000); return await again(UserId); }`,
    ],
    [
      "once what was missing is created",
      `try { return await ${SEND}; } catch { await again("new"); await sleep(1000); return await ${AGAIN}; }`,
    ],
    [
      "once something is put right",
      `try { return await ${SEND}; } catch { cache.clear(); return await ${AGAIN}; }`,
    ],
    [
      "by a client that is made anew",
      `let own = new ConnectClient({}); try { return await own.${SEND.replace("client.", "")}; } catch { own = new ConnectClient({}); return await own.${AGAIN.trim().replace("client.", "")}; }`,
    ],
    [
      "in a loop of attempts, which holds both",
      `for (let i = 0; ; i++) { try { return await ${SEND}; } catch (error) { if (i > 3) throw error; await sleep(1000); ${AGAIN}.catch(() => {}); } }`,
    ],
    [
      "in a loop of its own",
      `try { return await ${SEND}; } catch { for (;;) { await sleep(1000); try { return await ${AGAIN}; } catch { } } }`,
    ],
  ])("%s", (_name, body) => {
    const code = `declare const backup: ConnectClient; declare const cache: Map<string, string>; ${REST} ${getting(body)}`;
    expect(resent(code)).toEqual([]);
  });
});
