/**
 * Writes the projects that lint cost is measured on: many small files that import one another, a given share of which
 * calls Amazon Connect. The same size and share always give the same text.
 */
import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import path from "node:path";

export interface ProjectSize {
  readonly files: number;
  /** Every how many-th file uses Connect; 0 for none. */
  readonly connectEvery: number;
}

/** Whether the file of that number uses Connect. */
export function usesConnect(index: number, { connectEvery }: ProjectSize): boolean {
  return connectEvery > 0 && index % connectEvery === connectEvery - 1;
}

/**
 * Writes a project into an empty folder.
 * @param nodeModules - folder of installed packages, which is linked to
 */
export function generateProject(folder: string, size: ProjectSize, nodeModules: string): void {
  mkdirSync(folder, { recursive: true });
  symlinkSync(nodeModules, path.join(folder, "node_modules"), "dir");
  const write = (name: string, text: string): void => {
    const file = path.join(folder, name);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, text);
  };
  write("package.json", `{ "name": "generated", "private": true, "type": "module" }\n`);
  write(
    "tsconfig.json",
    JSON.stringify({
      compilerOptions: {
        target: "es2022",
        lib: ["es2023", "dom"],
        module: "nodenext",
        strict: true,
        skipLibCheck: true,
        noEmit: true,
        types: ["node"],
      },
      include: ["src"],
    }),
  );
  let connect = 0;
  for (let index = 0; index < size.files; index++) {
    const uses = usesConnect(index, size);
    const turn = uses ? connect++ : index;
    const templates = uses ? CONNECT : ORDINARY;
    const template = templates[turn % templates.length] ?? ORDINARY[0];
    write(fileOf(index), template?.(placeOf(index)) ?? "");
  }
}

/** What a template may speak of. */
interface Place {
  readonly n: number;
  /** Specifier of the file written before this one, in whichever folder. */
  readonly previous: string;
  /** The number of that file. */
  readonly p: number;
}

const PER_FOLDER = 16;

function fileOf(index: number): string {
  return `src/area${Math.floor(index / PER_FOLDER)}/module${index}.ts`;
}

function placeOf(n: number): Place {
  const p = Math.max(0, n - 1 - ((n * 7) % 5));
  const relative = path.posix.relative(path.posix.dirname(fileOf(n)), fileOf(p));
  const specifier = relative.startsWith(".") ? relative : `./${relative}`;
  return { n, p, previous: specifier.replace(/\.ts$/, ".js") };
}

/** Every file has `Item<n>` and `describe<n>`, so that any other can import them. */
const common = ({ n, p, previous }: Place): string =>
  n === p
    ? `export interface Item${n} { id: string; label?: string; count: number }
export function describe${n}(item: Item${n}): string {
  return \`\${item.id}: \${item.label ?? "none"} (\${item.count})\`;
}
`
    : `import { type Item${p}, describe${p} } from "${previous}";

export interface Item${n} extends Item${p} {
  createdAt: Date;
  tags: readonly string[];
}

export function describe${n}(item: Item${n}): string {
  return \`\${describe${p}(item)} [\${item.tags.join(", ")}]\`;
}
`;

/** Files as projects have them: also with retries, events and messages, none of them Connect's. */
const ORDINARY: readonly ((place: Place) => string)[] = [
  (place) => `${common(place)}
export class Store${place.n} {
  private readonly items = new Map<string, Item${place.n}>();

  add(item: Item${place.n}): void {
    if (this.items.has(item.id)) throw new Error(\`Duplicate \${item.id}\`);
    this.items.set(item.id, item);
  }

  find(predicate: (item: Item${place.n}) => boolean): Item${place.n}[] {
    return [...this.items.values()].filter(predicate);
  }

  total(): number {
    let sum = 0;
    for (const { count } of this.items.values()) sum += count;
    return sum;
  }

  list(): string {
    return this.find((item) => item.count > 0).map(describe${place.n}).join("\\n");
  }
}
`,
  (place) => `${common(place)}
export async function load${place.n}(url: string, attempts = 3): Promise<Item${place.n}[]> {
  for (let attempt = 1; attempt <= attempts; attempt++) {
    try {
      const response = await fetch(url);
      if (!response.ok) throw new Error(\`HTTP \${response.status}\`);
      return (await response.json()) as Item${place.n}[];
    } catch (error) {
      if (attempt === attempts) throw error;
      await new Promise((resolve) => setTimeout(resolve, 1000));
    }
  }
  return [];
}

export async function loadAll${place.n}(urls: readonly string[]): Promise<Item${place.n}[]> {
  const pages = await Promise.all(urls.map((url) => load${place.n}(url)));
  return pages.flat().sort((a, b) => a.count - b.count);
}
`,
  (place) => `import type { IncomingMessage } from "node:http";
${common(place)}
interface Reply${place.n} {
  status(code: number): Reply${place.n};
  send(body: unknown): void;
}

export async function handle${place.n}(request: IncomingMessage, reply: Reply${place.n}): Promise<void> {
  const url = new URL(request.url ?? "/", "http://localhost");
  const id = url.searchParams.get("id");
  if (id === null) {
    reply.status(400).send({ error: "id is missing" });
    return;
  }
  try {
    const item: Item${place.n} = await read${place.n}(id);
    reply.status(200).send(describe${place.n}(item));
  } catch (error) {
    const code = error instanceof Error && "code" in error ? String(error.code) : "unknown";
    reply.status(500).send({ error: code });
  }
}

async function read${place.n}(id: string): Promise<Item${place.n}> {
  await Promise.resolve();
  return { id, count: 0, createdAt: new Date(), tags: [] };
}
`,
  (place) => `import { EventEmitter } from "node:events";
${common(place)}
export class Channel${place.n} extends EventEmitter {
  private socket: WebSocket | undefined;
  private retries = 0;

  open(url: string): void {
    this.socket = new WebSocket(url);
    this.socket.addEventListener("message", (event) => {
      this.emit("item", JSON.parse(String(event.data)) as Item${place.n});
    });
    this.socket.addEventListener("close", () => {
      if (this.retries++ < 5) setTimeout(() => this.open(url), 500 * this.retries);
    });
  }

  publish(item: Item${place.n}): void {
    this.socket?.send(JSON.stringify({ ...item, text: describe${place.n}(item) }));
  }
}
`,
  (place) => `${common(place)}
const LIMITS = { small: 10, medium: 100, large: 1000 } as const;
type Size${place.n} = keyof typeof LIMITS;

export function sizeOf${place.n}(item: Item${place.n}): Size${place.n} {
  switch (true) {
    case item.count <= LIMITS.small:
      return "small";
    case item.count <= LIMITS.medium:
      return "medium";
    default:
      return "large";
  }
}

export function group${place.n}(items: readonly Item${place.n}[]): Record<Size${place.n}, Item${place.n}[]> {
  const groups: Record<Size${place.n}, Item${place.n}[]> = { small: [], medium: [], large: [] };
  for (const item of items) groups[sizeOf${place.n}(item)].push(item);
  return groups;
}

export const parse${place.n} = (text: string): Item${place.n}[] =>
  text
    .split("\\n")
    .map((line) => line.trim())
    .filter((line) => line !== "" && !line.startsWith("#"))
    .map((line, index) => {
      const [id = String(index), count = "0", ...tags] = line.split(/\\s+/);
      return { id, count: Number(count), tags, createdAt: new Date(0) };
    });
`,
  (place) => `${common(place)}
export interface Repository${place.n} {
  createUser(name: string): Promise<Item${place.n}>;
  listUsers(page?: string): Promise<{ users: Item${place.n}[]; next?: string }>;
}

export async function everyUser${place.n}(repository: Repository${place.n}): Promise<string[]> {
  const names: string[] = [];
  let page: string | undefined;
  do {
    const result = await repository.listUsers(page);
    names.push(...result.users.map(describe${place.n}));
    page = result.next;
  } while (page !== undefined);
  return names;
}

export async function importUsers${place.n}(repository: Repository${place.n}, names: readonly string[]): Promise<number> {
  let created = 0;
  for (const name of new Set(names)) {
    try {
      await repository.createUser(name);
      created += 1;
    } catch (error) {
      console.error("not created", name, (error as Error).message);
    }
  }
  return created;
}
`,
];

/** Shapes of Connect code: with faults and without, clients built in place, shared, handed over and injected. */
const CONNECT: readonly ((place: Place) => string)[] = [
  (
    place,
  ) => `import { ConnectClient, DescribeContactCommand, ListUsersCommand } from "@aws-sdk/client-connect";
${common(place)}
export const client${place.n} = new ConnectClient({ region: "eu-central-1", maxAttempts: 8 });

export async function users${place.n}(instanceId: string): Promise<string[]> {
  const names: string[] = [];
  let next: string | undefined;
  do {
    const page = await client${place.n}.send(new ListUsersCommand({ InstanceId: instanceId, NextToken: next }));
    for (const user of page.UserSummaryList ?? []) names.push(user.Username ?? "");
    next = page.NextToken;
  } while (next);
  return names;
}

export async function queueOf${place.n}(instanceId: string, contactId: string): Promise<string | undefined> {
  const { Contact } = await client${place.n}.send(new DescribeContactCommand({ InstanceId: instanceId, ContactId: contactId }));
  return Contact?.QueueInfo?.Id;
}
`,
  (
    place,
  ) => `import { ConnectClient, StartOutboundVoiceContactCommand } from "@aws-sdk/client-connect";
import { randomUUID } from "node:crypto";
${common(place)}
const connect = new ConnectClient({});

export async function dial${place.n}(instanceId: string, flowId: string, number: string): Promise<string | undefined> {
  const token = randomUUID();
  for (let attempt = 1; ; attempt++) {
    try {
      const { ContactId } = await connect.send(
        new StartOutboundVoiceContactCommand({
          InstanceId: instanceId,
          ContactFlowId: flowId,
          DestinationPhoneNumber: number,
          ClientToken: token,
        }),
      );
      return ContactId;
    } catch (error) {
      if (attempt === 5 || (error as Error).name !== "TooManyRequestsException") throw error;
      await new Promise((resolve) => setTimeout(resolve, Math.random() * 1000 * 2 ** attempt));
    }
  }
}
`,
  (
    place,
  ) => `import { type ConnectClient, UpdateContactAttributesCommand } from "@aws-sdk/client-connect";
${common(place)}
export class Attributes${place.n} {
  constructor(
    private readonly client: ConnectClient,
    private readonly instanceId: string,
  ) {}

  async set(contactId: string, attributes: Record<string, string>): Promise<void> {
    try {
      await this.client.send(
        new UpdateContactAttributesCommand({
          InstanceId: this.instanceId,
          InitialContactId: contactId,
          Attributes: attributes,
        }),
      );
    } catch (error) {
      if (error instanceof Error && error.name === "ResourceNotFoundException") return;
      throw error;
    }
  }
}
`,
  (
    place,
  ) => `import { ConnectClient, DescribeUserCommand, UpdateUserRoutingProfileCommand } from "@aws-sdk/client-connect";
${common(place)}
const client = new ConnectClient({ maxAttempts: 10 });

export async function reassign${place.n}(instanceId: string, userIds: string[], profile: string): Promise<void> {
  await Promise.all(
    userIds.map((userId) =>
      client.send(
        new UpdateUserRoutingProfileCommand({ InstanceId: instanceId, UserId: userId, RoutingProfileId: profile }),
      ),
    ),
  );
}

async function withRetry${place.n}<T>(run: () => Promise<T>, attempts = 4): Promise<T> {
  let last: unknown;
  for (let attempt = 0; attempt < attempts; attempt++) {
    try {
      return await run();
    } catch (error) {
      last = error;
      await new Promise((resolve) => setTimeout(resolve, 2 ** attempt * 100));
    }
  }
  throw last;
}

export async function profileOf${place.n}(instanceId: string, userId: string): Promise<string | undefined> {
  const { User } = await withRetry${place.n}(() =>
    client.send(new DescribeUserCommand({ InstanceId: instanceId, UserId: userId })),
  );
  return User?.RoutingProfileId;
}
`,
  (place) => `import { ConnectClient, paginateListQueues } from "@aws-sdk/client-connect";
import { backoffStrategy } from "eslint-plugin-connect-resilience/backoff";
${common(place)}
export function createClient${place.n}(region = "eu-west-2"): ConnectClient {
  return new ConnectClient({ region, retryStrategy: backoffStrategy({ maxAttempts: 6 }) });
}

export async function* queues${place.n}(instanceId: string): AsyncGenerator<string> {
  for await (const page of paginateListQueues({ client: createClient${place.n}() }, { InstanceId: instanceId })) {
    for (const queue of page.QueueSummaryList ?? []) if (queue.Id) yield queue.Id;
  }
}
`,
  (
    place,
  ) => `import { ConnectClient, GetTaskTemplateCommand, StartTaskContactCommand } from "@aws-sdk/client-connect";
import { sendWithBackoff } from "eslint-plugin-connect-resilience/backoff";
${common(place)}
let client: ConnectClient | undefined;
const getClient = (): ConnectClient => (client ??= new ConnectClient({ maxAttempts: 1 }));

export async function createTask${place.n}(instanceId: string, item: Item${place.n}): Promise<string | undefined> {
  const template = await sendWithBackoff(
    getClient(),
    new GetTaskTemplateCommand({ InstanceId: instanceId, TaskTemplateId: item.id }),
  );
  const { ContactId } = await sendWithBackoff(
    getClient(),
    new StartTaskContactCommand({ InstanceId: instanceId, Name: template.Name ?? describe${place.n}(item) }),
  );
  return ContactId;
}
`,
];
