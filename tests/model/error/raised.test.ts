/** What a piece of code can fail with: AWS calls of SDK v3, what may be SDK v2, and other things with errors of their own. */
import { describe, expect, it } from "vitest";
import { raisedIn } from "../../../src/model/error/raised.ts";
import { withModel } from "../../support/model.ts";

const PRELUDE = `
import { ConnectClient, DescribeUserCommand, paginateListUsers } from "@aws-sdk/client-connect";
import { S3Client, GetObjectCommand } from "@aws-sdk/client-s3";
import { withBackoff } from "eslint-plugin-connect-resilience/backoff";
import got from "got";
import { parse } from "./parse.js";
import { far } from "./far.js";
declare const client: ConnectClient;
const s3 = new S3Client({});
declare const unseen: any;
declare const given: (value: unknown) => Promise<void>;
class OwnError extends Error {}
const SEND = () => client.send(new DescribeUserCommand({ InstanceId: "i", UserId: "u" }));
async function quiet() { try { await SEND(); } catch {} }
async function noted() { try { await SEND(); } catch (error) { console.warn(error); } }
async function passed() { try { await SEND(); } catch (error) { throw error; } }
async function around(fn: () => Promise<unknown>) { return await fn(); }
async function down(n: number): Promise<unknown> { return n > 0 ? down(n - 1) : SEND(); }
`;

/** `DescribeUser, v2, other` of a function with a body. */
const raised = (body: string): string =>
  withModel(
    {
      "file.ts": `${PRELUDE} export async function run(list: string[]) /*target*/ { ${body} }`,
      "far.ts": `import { ConnectClient, ListUsersCommand } from "@aws-sdk/client-connect"; declare const client: ConnectClient; export const far = () => client.send(new ListUsersCommand({ InstanceId: "i" }));`,
    },
    (_unit, [block]) => {
      if (block === undefined) return "no block";
      const { calls, mayBeV2, mayBeOther } = raisedIn(block);
      const operations = calls.map(({ operation }) => operation ?? "?");
      return [...operations, ...(mayBeV2 ? ["v2"] : []), ...(mayBeOther ? ["other"] : [])].join(
        ", ",
      );
    },
  );

describe("what code can fail with", () => {
  it.each([
    ["await SEND();", "DescribeUser"],
    ["await far();", "ListUsers"],
    ["await SEND(); await far();", "DescribeUser, ListUsers"],
    ["await down(3);", "DescribeUser"],
    ["await around(() => SEND());", "DescribeUser"],
    ["await withBackoff(() => SEND());", "DescribeUser"],
    ["await Promise.all(list.map(() => SEND()));", "DescribeUser"],
    [
      "for await (const page of paginateListUsers({ client }, { InstanceId: list[0]! })) console.log(page);",
      "ListUsers",
    ],
  ])("%s: calls", (body, expected) => {
    expect(raised(body)).toBe(expected);
  });

  it.each([
    ["await quiet();", ""],
    ["await noted();", "DescribeUser"],
    ["await passed();", "DescribeUser"],
    ["try { await SEND(); } finally { console.log(1); }", "DescribeUser"],
    [
      "try { await SEND(); } catch { const later = () => { throw new OwnError(); }; void later; }",
      "other",
    ],
  ])("%s: what is caught on the way", (body, expected) => {
    expect(raised(body)).toBe(expected);
  });

  it.each([
    [`throw new Error("none");`, ""],
    ["throw new OwnError();", "other"],
    ["try { list.at(0); } catch (error) { throw error; }", ""],
  ])("%s: what is thrown", (body, expected) => {
    expect(raised(body)).toBe(expected);
  });

  it.each([
    ["await unseen();", "v2, other"],
    ["unseen();", ""],
    ["return unseen();", "v2, other"],
    ["return [unseen()];", "v2, other"],
    ["const later = unseen(); console.log(later);", ""],
    ["return list.map((item) => unseen(item));", "v2, other"],
    ["await unseen.describe();", "v2, other"],
    [`await got("https://example.com");`, "other"],
    [`await s3.send(new GetObjectCommand({ Bucket: "b", Key: "k" }));`, "other"],
    [`await parse("{}");`, "v2, other"],
    ["for await (const item of unseen) console.log(item);", "v2, other"],
  ])("%s: what cannot be read", (body, expected) => {
    expect(raised(body)).toBe(expected);
  });

  it.each([
    ["return JSON.parse(list[0]!);"],
    ["return Math.max(1, 2);"],
    ["return String(list);"],
    ["return list.map((item) => item.trim());"],
    ["return Promise.resolve(list);"],
    ["await new Promise((resolve) => setTimeout(resolve, 9));"],
    ["return Date.now();"],
  ])("%s: nothing", (body) => {
    expect(raised(body)).toBe("");
  });
});
