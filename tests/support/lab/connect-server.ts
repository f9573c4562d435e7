/**
 * A loopback HTTP server that behaves like Amazon Connect as far as retries are concerned: a token bucket
 * per operation, throttling with HTTP 429, resources that are not ready yet, de-duplication by
 * client token, and scripted faults. Point real SDK clients at it:
 *
 * ```ts
 * await using lab = await startLab({ rate: 2, burst: 5 });
 * const client = new ConnectClient(lab.config);
 * ```
 *
 * Operations are told apart by method and path, from the schemas that the SDK's clients carry.
 */
import { randomUUID } from "node:crypto";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import * as connect from "@aws-sdk/client-connect";

/** What happens to one request instead of the usual answer. */
export type Fault =
  /** The request is carried out, but the connection is closed before the answer. */
  | { readonly kind: "drop" }
  /** The request is taken and never answered. */
  | { readonly kind: "silent" }
  /** An error answer; the request is not carried out. */
  | {
      readonly kind: "error";
      readonly name: string;
      readonly status: number;
      readonly headers?: Readonly<Record<string, string>>;
    };

export interface LabOptions {
  /** Requests a second that each operation's bucket regains. Default: no limit. */
  readonly rate?: number;
  /** Size of each bucket. Default: 5. */
  readonly burst?: number;
  /** Quotas that differ, by operation. */
  readonly quotas?: Readonly<Record<string, { readonly rate: number; readonly burst: number }>>;
  /** Time until an accepted request is answered, in milliseconds. Default: 0. */
  readonly latencyMs?: number;
  /** Time until a throttled request is answered, in milliseconds. Default: 0. */
  readonly throttledLatencyMs?: number;
  /** The body of a successful answer, by operation; `attempt` counts its accepted requests from 1. */
  readonly answers?: Readonly<Record<string, (request: LabRequest, accepted: number) => object>>;
  /** Further client modules whose operations are to be known. */
  readonly modules?: readonly object[];
}

/** One line of the request log. */
export interface LabRequest {
  readonly operation: string;
  readonly time: number;
  readonly token: string | undefined;
  /** Same for all SDK attempts of one `send`. */
  readonly invocationId: string | undefined;
  /** The SDK's `amz-sdk-request` header, `attempt=1; max=3`. */
  readonly attemptHeader: string | undefined;
  readonly query: URLSearchParams;
  readonly body: Readonly<Record<string, unknown>>;
  /** 0 if the connection was dropped or left without an answer. */
  status: number;
}

/** Something that a creating request made. */
export interface LabContact {
  readonly id: string;
  readonly operation: string;
  readonly token: string | undefined;
  /** The request as sent, without its token: equal requests with several contacts are duplicates. */
  readonly request: string;
}

interface Route {
  readonly operation: string;
  readonly method: string;
  readonly path: RegExp;
  readonly literals: number;
}

/** Reads the routes from the operation schemas that a client module exports. */
function routesOf(module: object): Route[] {
  return Object.values(module).flatMap((schema: unknown) => {
    if (!Array.isArray(schema) || schema[0] !== 9) return [];
    const [, , operation, traits] = schema as [number, string, string, { http?: unknown }];
    if (!Array.isArray(traits.http)) return [];
    const [method, uri] = traits.http as [string, string];
    const segments = (uri.split("?")[0] ?? "").split("/");
    const pattern = segments.map((segment) =>
      /^\{.*\+\}$/.test(segment)
        ? ".+"
        : segment.startsWith("{")
          ? "[^/]+"
          : segment.replace(/[.*+?^$()|[\]\\]/g, "\\$&"),
    );
    const literals = segments.filter((segment) => !segment.startsWith("{")).length;
    return [{ operation, method, path: new RegExp(`^${pattern.join("/")}/?$`), literals }];
  });
}

const CREATES = /^(Create|Start|Send|Claim|Import|Replicate|Transfer|Put|BatchPut)/;

/** A token bucket by the wall clock. */
class Quota {
  readonly #rate: number;
  readonly #burst: number;
  #tokens: number;
  #time = performance.now();

  constructor(rate: number, burst: number) {
    this.#rate = rate;
    this.#tokens = this.#burst = burst;
  }

  take(): boolean {
    const now = performance.now();
    this.#tokens = Math.min(this.#burst, this.#tokens + ((now - this.#time) / 1000) * this.#rate);
    this.#time = now;
    if (this.#tokens < 1) return false;
    this.#tokens--;
    return true;
  }
}

export class Lab implements AsyncDisposable {
  /** Every request in order of arrival. */
  readonly requests: LabRequest[] = [];
  /** Everything created. */
  readonly contacts: LabContact[] = [];
  readonly #options: LabOptions;
  readonly #routes: readonly Route[];
  readonly #quotas = new Map<string, Quota>();
  readonly #faults = new Map<string, Fault[]>();
  readonly #answered = new Map<string, string>();
  readonly #accepted = new Map<string, number>();
  readonly #sockets = new Set<Socket>();
  readonly #server = createServer((request, response) => {
    void this.#handle(request, response);
  });

  constructor(options: LabOptions) {
    this.#options = options;
    // The most literal route first: "/users/search" before "/users/{Id}".
    this.#routes = [connect, ...(options.modules ?? [])]
      .flatMap(routesOf)
      .sort((a, b) => b.literals - a.literals);
    this.#server.on("connection", (socket) => {
      this.#sockets.add(socket);
      socket.on("close", () => this.#sockets.delete(socket));
    });
  }

  async listen(): Promise<this> {
    await new Promise<void>((resolve) => this.#server.listen(0, "127.0.0.1", resolve));
    return this;
  }

  get endpoint(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  /** Configuration for any SDK client, v3 or v2, with made-up credentials. */
  get config(): {
    endpoint: string;
    region: string;
    credentials: { accessKeyId: string; secretAccessKey: string };
  } {
    return {
      endpoint: this.endpoint,
      region: "us-east-1",
      credentials: { accessKeyId: "lab", secretAccessKey: "lab" },
    };
  }

  /** The next requests of an operation meet these faults, one each. */
  script(operation: string, ...faults: Fault[]): this {
    this.#faults.set(operation, [...(this.#faults.get(operation) ?? []), ...faults]);
    return this;
  }

  /** How many times more something was created than asked for. */
  get duplicates(): number {
    return this.contacts.length - new Set(this.contacts.map((contact) => contact.request)).size;
  }

  async close(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  async #handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Uint8Array[] = [];
    try {
      for await (const chunk of request) chunks.push(chunk as Uint8Array);
    } catch {
      return; // The client went away in the middle of the request.
    }
    const time = performance.now();
    const url = new URL(request.url ?? "/", this.endpoint);
    const route = this.#routes.find(
      ({ method, path }) => method === request.method && path.test(url.pathname),
    );
    const operation = route?.operation ?? "Unknown";
    const body = parse(Buffer.concat(chunks).toString());
    const { ClientToken, clientToken, ...rest } = body;
    const token = [ClientToken, clientToken, url.searchParams.get("clientToken")].find(
      (value) => typeof value === "string",
    );
    const entry: LabRequest = {
      operation,
      time,
      token,
      invocationId: header(request, "amz-sdk-invocation-id"),
      attemptHeader: header(request, "amz-sdk-request"),
      query: url.searchParams,
      body,
      status: 0,
    };
    this.requests.push(entry);
    const fail = (status: number, name: string, headers: Readonly<Record<string, string>> = {}) =>
      reply(entry, response, status, { Message: name }, { "x-amzn-errortype": name, ...headers });

    if (!route) {
      fail(404, "UnknownOperationException");
      return;
    }
    const { latencyMs = 0, throttledLatencyMs = 0, answers } = this.#options;
    if (!this.#quota(operation).take()) {
      await delay(throttledLatencyMs);
      fail(429, "ThrottlingException");
      return;
    }
    const fault = this.#faults.get(operation)?.shift();
    if (fault?.kind === "silent") return;
    if (fault?.kind === "error") {
      fail(fault.status, fault.name, fault.headers);
      return;
    }
    const id = CREATES.test(operation)
      ? this.#create(operation, token, JSON.stringify([url.pathname, rest]))
      : "none";
    const accepted = (this.#accepted.get(operation) ?? 0) + 1;
    this.#accepted.set(operation, accepted);
    await delay(latencyMs);
    if (fault) {
      request.socket.destroy();
      return;
    }
    reply(entry, response, 200, answers?.[operation]?.(entry, accepted) ?? { ContactId: id });
  }

  /** A request whose token was seen before gets what the first one created. */
  #create(operation: string, token: string | undefined, request: string): string {
    const key = token && `${operation} ${token}`;
    const known = key && this.#answered.get(key);
    if (known) return known;
    const contact = { id: randomUUID(), operation, token, request };
    this.contacts.push(contact);
    if (key) this.#answered.set(key, contact.id);
    return contact.id;
  }

  #quota(operation: string): Quota {
    let quota = this.#quotas.get(operation);
    if (!quota) {
      const { rate = Infinity, burst = 5 } = this.#options.quotas?.[operation] ?? this.#options;
      quota = rate === Infinity ? new Quota(0, Infinity) : new Quota(rate, burst);
      this.#quotas.set(operation, quota);
    }
    return quota;
  }
}

/** Starts a {@link Lab} on a free port of 127.0.0.1. */
export function startLab(options: LabOptions = {}): Promise<Lab> {
  return new Lab(options).listen();
}

function reply(
  entry: LabRequest,
  response: ServerResponse,
  status: number,
  body: object,
  headers: Readonly<Record<string, string>> = {},
): void {
  entry.status = status;
  response.writeHead(status, {
    "content-type": "application/json",
    "x-amzn-requestid": randomUUID(),
    ...headers,
  });
  response.end(JSON.stringify(body));
}

function delay(ms: number): Promise<void> | undefined {
  return ms > 0 ? new Promise((resolve) => setTimeout(resolve, ms)) : undefined;
}

function header(request: IncomingMessage, name: string): string | undefined {
  return request.headers[name]?.toString();
}

function parse(text: string): Record<string, unknown> {
  try {
    return { ...(JSON.parse(text) as object) };
  } catch {
    return {};
  }
}
