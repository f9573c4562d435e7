/** What reads like a Connect call and is none. */
import { describe, expect, it } from "vitest";
import { constructionsIn } from "../../../src/model/client/construction.ts";
import { withModel } from "../../support/model.ts";
import { callsIn, filesOf, type Sources } from "./support.ts";

const PACKAGE = `{ "name": "connect-thing", "version": "1.0.0", "types": "index.d.ts" }`;

const others: Readonly<Record<string, Sources>> = {
  "a class of our own": `class ListUsersCommand { constructor(readonly input: object) {} }
class ConnectClient { async send(command: ListUsersCommand) { return command; } }
/*target*/new ConnectClient().send(new ListUsersCommand({}));`,
  "a class of another package": {
    "file.ts": `import { ConnectClient, ListUsersCommand } from "connect-thing";
/*target*/new ConnectClient({}).send(new ListUsersCommand({}));`,
    "node_modules/connect-thing/package.json": PACKAGE,
    "node_modules/connect-thing/index.d.ts": `export class ConnectClient { constructor(config: object); send(command: unknown): Promise<void>; }
export class ListUsersCommand { constructor(input: object); }`,
  },
  "a package whose name begins alike": {
    "file.ts": `import { ConnectClient, ListUsersCommand } from "@aws-sdk/client-connect-thing";
/*target*/new ConnectClient({}).send(new ListUsersCommand({}));`,
    "node_modules/@aws-sdk/client-connect-thing/package.json": PACKAGE.replace(
      "connect-thing",
      "@aws-sdk/client-connect-thing",
    ),
    "node_modules/@aws-sdk/client-connect-thing/index.d.ts": `export class ConnectClient { constructor(config: object); send(command: unknown): Promise<void>; }
export class ListUsersCommand { constructor(input: object); }`,
  },
  "our own client around an untyped package": `import { createClient } from "@connectrpc/connect";
const client = createClient();
/*target*/client.listUsers({});
/*target*/client.send({});`,
  redux: `import { connect } from "react-redux";
/*target*/connect((state) => state)(Object);`,
  "a message broker": `import amqp from "amqplib";
const client = amqp.connect("amqp://localhost");
/*target*/client.send({ body: "" });`,
  "a socket": `declare const socket: { send(data: string): void };
/*target*/socket.send("hello");`,
  "a response": `declare const res: { send(body: object): void };
/*target*/res.send({});`,
  "a message bus with commands of its own": `class StopContactCommand {}
declare const bus: { send(command: object): void };
/*target*/bus.send(new StopContactCommand());`,
  "a repository with an operation's method": `declare const repository: { listUsers(query: object): Promise<void> };
/*target*/repository.listUsers({});`,
  "a method of our own class": `class Users { listUsers(_: object) { return 1; } run() { return /*target*/this.listUsers({}); } }
new Users().run();`,
  "the unknown": `declare const client: any;\n/*target*/client.send({});\n/*target*/client.listUsers({});`,
};

describe("no judged call", () => {
  it.each(Object.entries(others))("%s", (_name, sources) => {
    expect(new Set(callsIn(sources))).toEqual(new Set(["none"]));
  });
  it.each(Object.entries(others).filter(([, sources]) => typeof sources === "string"))(
    "%s, without types",
    (_name, sources) => {
      expect(new Set(callsIn(sources, { types: false }))).toEqual(new Set(["none"]));
    },
  );
  it.each(Object.entries(others))("%s builds no client", (_name, sources) => {
    expect(withModel(filesOf(sources), (unit) => constructionsIn(unit).length)).toBe(0);
  });
});

describe("services", () => {
  const OTHER = `import { CustomerProfilesClient, GetDomainCommand } from "@aws-sdk/client-customer-profiles";
import { S3Client, ListBucketsCommand } from "@aws-sdk/client-s3";
const s3 = new S3Client({});
/*target*/s3.send(new ListBucketsCommand({}));
const profiles = new CustomerProfilesClient({});
/*target*/profiles.send(new GetDomainCommand({ DomainName: "" }));`;

  it("connect: the family only", () => {
    expect(callsIn(OTHER)).toEqual(["none", "send customer-profiles.GetDomain <- default"]);
  });
  it("aws: every client", () => {
    expect(callsIn(OTHER, { settings: { services: "aws" } })).toEqual([
      "send s3.ListBuckets <- default",
      "send customer-profiles.GetDomain <- default",
    ]);
  });
  it.each([true, false])(
    "aws: the client of a package, and not its errors, which can have any name (types: %s)",
    (types) => {
      const code = `import { ConnectClient } from "@aws-sdk/client-connect";
import { NoSuchKey, S3, S3ServiceException } from "@aws-sdk/client-s3";
import { AutoScaling } from "@aws-sdk/client-auto-scaling";
export const made = [new NoSuchKey({} as never), new S3ServiceException({} as never)];
export const clients = [new ConnectClient({}), new S3({}), new AutoScaling({})];`;
      const built = withModel(
        filesOf(code),
        (unit) => constructionsIn(unit).map(({ client }) => client.name),
        { types, settings: { services: "aws" } },
      );
      expect(built).toEqual(["ConnectClient", "S3", "AutoScaling"]);
    },
  );
  it("a list: what it names", () => {
    expect(callsIn(OTHER, { settings: { services: ["@aws-sdk/client-s3"] } })).toEqual([
      "send s3.ListBuckets <- default",
      "none",
    ]);
  });
  it("other clients of the same program are silent under connect, also through send of an unseen command", () => {
    expect(
      callsIn(`import type { S3Client } from "@aws-sdk/client-s3";
export const f = (client: S3Client, command: any) => /*target*/client.send(command);`),
    ).toEqual(["none"]);
  });
});
