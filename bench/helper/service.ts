/** Amazon Connect's throttling behind the HTTP handler of real SDK clients: a token bucket, latency, lost answers. */

export interface ServiceOptions {
  /** Requests a second that the bucket regains. */
  readonly rate: number;
  readonly burst: number;
  /** Share of accepted requests whose answer is lost on the way back. */
  readonly lost?: number;
}

interface HttpRequest {
  readonly body?: unknown;
}

/** Milliseconds on the way there and back: a fixed part, and one that varies. */
const LATENCY = { accepted: 40, throttled: 10, varies: 20 };

export class Service {
  requests = 0;
  /** Contacts made: requests that were accepted and whose token had not been seen. */
  contacts = 0;
  /** Time of the last accepted request. */
  lastAccepted = 0;
  readonly #options: ServiceOptions;
  readonly #tokens = new Set<string>();
  #available: number;
  #time = 0;
  #isOpen = false;

  constructor(options: ServiceOptions) {
    this.#options = options;
    this.#available = options.burst;
  }

  /** Until it is called, every request is accepted and none counts: for warming up clients. */
  open(): void {
    this.#isOpen = true;
    this.#time = performance.now();
  }

  /** The `requestHandler` of a client. */
  get handler(): object {
    return {
      metadata: { handlerProtocol: "http/1.1" },
      handle: async (request: HttpRequest) => ({ response: await this.#answer(request) }),
      destroy: () => undefined,
      httpHandlerConfigs: () => ({}),
      updateHttpClientConfig: () => undefined,
    };
  }

  async #answer({ body }: HttpRequest): Promise<object> {
    if (!this.#isOpen) return reply(200, { ContactId: "warm-up" });
    await this.#travel();
    this.requests += 1;
    if (!this.#take()) {
      await wait(LATENCY.throttled);
      await this.#travel();
      return reply(429, { message: "Rate exceeded" }, "TooManyRequestsException");
    }
    this.lastAccepted = performance.now();
    const { ClientToken: token } = JSON.parse(textOf(body)) as { ClientToken?: string };
    if (token === undefined || !this.#tokens.has(token)) this.contacts += 1;
    if (token !== undefined) this.#tokens.add(token);
    await wait(LATENCY.accepted);
    await this.#travel();
    if (Math.random() < (this.#options.lost ?? 0))
      throw Object.assign(new Error("socket hang up"), { code: "ECONNRESET" });
    return reply(200, { ContactId: String(this.contacts) });
  }

  #travel(): Promise<void> {
    return wait((Math.random() * LATENCY.varies) / 2);
  }

  #take(): boolean {
    const { rate, burst } = this.#options;
    const now = performance.now();
    this.#available = Math.min(burst, this.#available + ((now - this.#time) / 1000) * rate);
    this.#time = now;
    if (this.#available < 1) return false;
    this.#available -= 1;
    return true;
  }
}

function textOf(body: unknown): string {
  return body instanceof Uint8Array ? new TextDecoder().decode(body) : String(body);
}

function wait(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

function reply(statusCode: number, body: object, error?: string): object {
  return {
    statusCode,
    headers: {
      "content-type": "application/json",
      ...(error === undefined ? {} : { "x-amzn-errortype": error }),
    },
    body: new TextEncoder().encode(JSON.stringify(body)),
  };
}
