/**
 * Writes a meaning as a program. The dice choose between ways of writing that mean the same; with nothing left to choose from
 * they take the plainest.
 */
import type { LintSetup } from "../support/gates.ts";
import type { Dice } from "./dice.ts";
import type { Call, Client, Delay, Language, Meaning, Scene } from "./meaning.ts";
import { writeRetry } from "./write-retry.ts";

const SDK = "@aws-sdk/client-connect";
const SDK_V2 = "aws-sdk/clients/connect";
const HELPER = "eslint-plugin-connect-resilience/backoff";

const EXTENSIONS: Readonly<Record<Language, string>> = {
  ts: "ts",
  cts: "cts",
  "typed-js": "js",
  espree: "js",
  commonjs: "cjs",
};

/** The function under construction: how it is called, and what its code may use. */
export interface FunctionWriter {
  readonly name: string;
  readonly writer: Writer;
  /** Calls the function again with further arguments. */
  readonly again: (argument?: string) => string;
  /** Parameters after the ordinary ones. */
  parameters: string;
  isAsync: boolean;
}

/** Writes `meaning`, with the spelling that `dice` choose. */
export function writeProgram(meaning: Meaning, dice: Dice): LintSetup {
  return new Writer(meaning, dice).write();
}

export class Writer {
  readonly client: Client;
  readonly dice: Dice;
  readonly language: Language;
  /** Whether the code has type annotations. */
  readonly annotated: boolean;
  /** Whether files beside the linted one can be read. */
  readonly typed: boolean;
  readonly #scenes: readonly Scene[];
  #imports = new Map<string, Set<string>>();
  readonly #importStyle: "alias" | "named" | "namespace";
  #declarations: string[] = [];
  readonly #files: Record<string, string> = {};
  readonly #names: Record<"client" | "sleep", string>;
  #sleep: ((ms: string) => string) | undefined;

  constructor({ client, language, scenes }: Meaning, dice: Dice) {
    this.client = client;
    this.language = language;
    this.dice = dice;
    this.annotated = language === "ts" || language === "cts";
    this.typed = this.annotated || language === "typed-js";
    this.#scenes = scenes;
    this.#importStyle = dice.pick(["named", "alias", "namespace"]);
    this.#names = {
      client: dice.pick(["client", "connect", "sendWithBackoff"]),
      sleep: dice.pick(["sleep", "delay", "pause", "backoffDelay"]),
    };
  }

  write(): LintSetup {
    const functions = this.#writeFunctions();
    const head = this.#writeImports();
    const code = [...head, ...this.#declarations, ...functions, ""].join("\n");
    const extension = EXTENSIONS[this.language];
    return {
      filename: `src/file.${extension}`,
      code,
      files: this.#files,
      ...(this.typed ? {} : { parser: "espree" as const }),
      ...(this.language === "commonjs" && { sourceType: "commonjs" as const }),
    };
  }

  /** Type annotation, in languages that have them. */
  type(annotation: string): string {
    return this.annotated ? `: ${annotation}` : "";
  }

  as(expression: string, type: string): string {
    return this.annotated ? `(${expression} as ${type})` : expression;
  }

  /** A name of a module, as this file spells it. */
  named(name: string, from = this.client.api === "v2" ? SDK_V2 : SDK): string {
    const names = this.#imports.get(from) ?? new Set<string>();
    this.#imports.set(from, names.add(name));
    if (from === SDK_V2) return "Connect";
    if (this.#importStyle === "named") return name;
    return this.#importStyle === "alias" ? `${name}1` : `${namespaceOf(from)}.${name}`;
  }

  isRetryable(error: string): string {
    return `${this.named("isRetryable", HELPER)}(${error})`;
  }

  declare(code: string): void {
    this.#declarations.push(code);
  }

  /** Declares something in another file where that can be read, else here; gives its name. */
  elsewhere(name: string, write: () => string): string {
    if (!this.typed || this.language === "cts" || !this.dice.oneIn(4)) {
      this.declare(write());
      return name;
    }
    const [imports, declarations] = [this.#imports, this.#declarations];
    [this.#imports, this.#declarations] = [new Map<string, Set<string>>(), []];
    const code = `export ${write()}`;
    const text = [...this.#writeImports(), ...this.#declarations, code, ""].join("\n");
    [this.#imports, this.#declarations] = [imports, declarations];
    const file = `${name}-module`;
    this.#files[`src/${file}.${this.annotated ? "ts" : "js"}`] = text;
    return this.named(name, `./${file}.js`);
  }

  /** Statement that waits, in front of the next attempt or round; empty for no delay. */
  wait(delay: Delay, counter: string | undefined): string {
    if (delay === "none") return "";
    return `await ${this.sleep(this.milliseconds(delay, counter))};`;
  }

  sleep(ms: string): string {
    this.#sleep ??= this.#declareSleep();
    return this.#sleep(ms);
  }

  milliseconds(delay: Delay, counter: string | undefined): string {
    const { dice } = this;
    const base = dice.pick(["500", "5e2", "5 * 100"]);
    const growing =
      counter === undefined
        ? base
        : dice.pick([
            `${base} * 2 ** ${counter}`,
            `2 ** ${counter} * ${base}`,
            `Math.pow(2, ${counter}) * 500`,
            `Math.min(20000, 500 * 2 ** ${counter})`,
            `500 * (1 << ${counter})`,
          ]);
    switch (delay) {
      case "none":
        return "0";
      case "fixed":
        return base;
      case "growing":
        return growing;
      case "full jitter":
        return dice.pick([
          `Math.random() * (${growing})`,
          `(${growing}) * Math.random()`,
          `Math.floor(Math.random() * (${growing}))`,
        ]);
      case "additive jitter":
        return dice.pick([
          `${growing} + Math.random() * 500`,
          `Math.round(Math.random() * 500) + ${growing}`,
        ]);
    }
  }

  #declareSleep(): (ms: string) => string {
    const name = this.#names.sleep;
    const ms = `ms${this.type("number")}`;
    const returns = this.type("Promise<void>");
    const promise = this.dice.pick([
      "new Promise((resolve) => setTimeout(resolve, ms))",
      "new Promise((resolve) => { setTimeout(resolve, ms); })",
      `new Promise(function (done) { setTimeout(() => { done(${this.annotated ? "undefined" : ""}); }, ms); })`,
    ]);
    const declared = this.dice.pick([
      `const ${name} = (${ms})${returns} => ${promise};`,
      `function ${name}(${ms})${returns} { return ${promise}; }`,
      `async function ${name}(${ms})${returns} { await ${promise}; }`,
      `const ${name} = async function (${ms})${returns} { return ${promise}; };`,
      "timers",
      "promisify",
      "inline",
      "static",
      "object",
    ]);
    switch (declared) {
      case "timers": {
        const timer = this.named("setTimeout", "node:timers/promises");
        return (value) => `${timer}(${value})`;
      }
      case "promisify":
        this.declare(`const ${name} = ${this.named("promisify", "node:util")}(setTimeout);`);
        return (value) => `${name}(${value})`;
      case "inline":
        return (value) => `new Promise((resolve) => setTimeout(resolve, ${value}))`;
      case "static":
        this.declare(`class Time { static ${name}(${ms})${returns} { return ${promise}; } }`);
        return (value) => `Time.${name}(${value})`;
      case "object":
        this.declare(`const time = { ${name}: (${ms})${returns} => ${promise} };`);
        return (value) => `time.${name}(${value})`;
      default: {
        const known = this.elsewhere(name, () => declared);
        return (value) => `${known}(${value})`;
      }
    }
  }

  /** A call whose promise can be awaited. */
  send({ operation, token }: Call, more = "", id = "id"): string {
    const input = this.#input(operation, token, more, id);
    const client = this.#clientExpression();
    const method = operation.charAt(0).toLowerCase() + operation.slice(1);
    switch (this.client.api) {
      case "aggregated":
        return `${client}.${method}(${input})`;
      case "v2":
        return `${client}.${method}(${input}).promise()`;
      case "v3":
        return `${client}.send(new ${this.named(`${operation}Command`)}(${input}))`;
    }
  }

  #input(operation: Call["operation"], token: Call["token"], more: string, id: string): string {
    const members = [`InstanceId: ${id}`];
    switch (operation) {
      case "ListUsers":
        break;
      case "DescribeContact":
        members.push(`ContactId: ${id}`);
        break;
      case "UpdateContactAttributes":
        members.push(`InitialContactId: ${id}`, "Attributes: {}");
        break;
      case "StartOutboundVoiceContact":
        members.push(`ContactFlowId: ${id}`, `DestinationPhoneNumber: ${id}`);
        break;
      case "BatchPutContact":
        members.push("ContactDataRequestList: []");
        break;
    }
    if (operation === "StartOutboundVoiceContact" || operation === "BatchPutContact") {
      if (token === "given") members.push("ClientToken: token");
      if (token === "per attempt")
        members.push(`ClientToken: ${this.named("randomUUID", "node:crypto")}()`);
    }
    if (more !== "") members.push(more);
    return `{ ${members.join(", ")} }`;
  }

  #clientExpression(): string {
    const { client } = this.#names;
    switch (this.client.place) {
      case "field":
        return `this.${client}`;
      case "factory":
        return `make${client.charAt(0).toUpperCase()}${client.slice(1)}()`;
      default:
        return client;
    }
  }

  #clientClass(): string {
    if (this.client.api === "v2") return this.named("Connect", SDK_V2);
    return this.named(this.client.api === "v3" ? "ConnectClient" : "Connect");
  }

  /** `new ConnectClient({…})` with the policy. */
  #construction(): string {
    const name = this.#clientClass();
    const options = this.#options();
    if (options === "") return `new ${name}({})`;
    if (this.dice.oneIn(3)) {
      this.declare(`const settings = { ${options} };`);
      return `new ${name}(${this.dice.pick(["settings", "{ ...settings }"])})`;
    }
    return `new ${name}({ ${options} })`;
  }

  #options(): string {
    const isV2 = this.client.api === "v2";
    switch (this.client.policy) {
      case "default":
        return "";
      case "attempts":
        return isV2 ? "maxRetries: 7" : "maxAttempts: 8";
      case "off":
        return isV2 ? "maxRetries: 0" : "maxAttempts: 1";
      case "our strategy":
        return isV2
          ? "maxRetries: 7, retryDelayOptions: { base: 200 }"
          : `retryStrategy: ${this.named("backoffStrategy", HELPER)}()`;
      case "fixed strategy":
        return isV2
          ? "maxRetries: 5, retryDelayOptions: { customBackoff: () => 500 }"
          : `retryStrategy: new ${this.named("ConfiguredRetryStrategy", "@smithy/util-retry")}(5, 500)`;
    }
  }

  #writeFunctions(): string[] {
    const { client: name } = this.#names;
    const { place } = this.client;
    const factory = `make${name.charAt(0).toUpperCase()}${name.slice(1)}`;
    const local = place === "local" ? `const ${name} = ${this.#construction()};` : "";
    if (place === "module")
      this.#names.client = this.elsewhere(name, () => `const ${name} = ${this.#construction()};`);
    if (place === "factory") {
      const construction = this.#construction();
      this.declare(
        this.dice.pick([
          `function ${factory}() { return ${construction}; }`,
          `const ${factory} = () => ${construction};`,
        ]),
      );
    }
    const holder = place === "field" ? "class" : this.dice.pick(["functions", "arrows", "object"]);
    const self = holder === "class" || holder === "object" ? "this." : "";
    const injected = place === "injected" ? `${name}${this.type(this.#clientClass())}, ` : "";
    const given = place === "injected" ? `${name}, ` : "";
    const written = this.#scenes.map((scene, index) => {
      const fn = `run${String(index)}`;
      const writer: FunctionWriter = {
        name: fn,
        writer: this,
        again: (argument) =>
          `${self}${fn}(${given}id, ids, token${argument === undefined ? "" : `, ${argument}`})`,
        parameters: "",
        isAsync: true,
      };
      const body = `${local} ${writeScene(scene, writer)}`;
      const types = ["string", "string[]", "string"].map((type) => this.type(type));
      const parameters = `(${injected}id${types[0] ?? ""}, ids${types[1] ?? ""}, token${types[2] ?? ""}${writer.parameters})${this.type("Promise<unknown>")}`;
      const { isAsync } = writer;
      switch (holder) {
        case "arrows":
          return `${this.#exported(fn)} = ${isAsync ? "async " : ""}${parameters} => {\n${body}\n};`;
        case "functions":
          return `${this.#exportedFunction(fn, isAsync)}${parameters} {\n${body}\n}`;
        default:
          return `${isAsync ? "async " : ""}${fn}${parameters} {\n${body}\n}`;
      }
    });
    if (holder === "class")
      return [`${this.#exportedClass()} {`, this.#field(name), ...written, "}"];
    if (holder === "object") return [`${this.#exported("service")} = {`, written.join(",\n"), "};"];
    return written;
  }

  #field(name: string): string {
    const construction = this.#construction();
    return this.dice.pick([
      `${this.annotated ? "private readonly " : ""}${name} = ${construction};`,
      `${name}${this.type(this.#clientClass())};\nconstructor() { this.${name} = ${construction}; }`,
    ]);
  }

  #exported(name: string): string {
    return this.language === "commonjs"
      ? `const ${name} = exports.${name}`
      : `export const ${name}`;
  }

  #exportedFunction(name: string, isAsync: boolean): string {
    const declared = `${isAsync ? "async " : ""}function ${name}`;
    return this.language === "commonjs"
      ? `exports.${name} = ${name};\n${declared}`
      : `export ${declared}`;
  }

  #exportedClass(): string {
    return this.language === "commonjs"
      ? "exports.Service = class Service"
      : "export class Service";
  }

  #writeImports(): string[] {
    return [...this.#imports].map(([from, names]) => {
      const local = [...names];
      if (this.language === "commonjs") return this.#required(from, local);
      if (from === SDK_V2) {
        return this.language === "cts"
          ? `import Connect = require("${SDK_V2}");`
          : `import Connect from "${SDK_V2}";`;
      }
      switch (this.#importStyle) {
        case "namespace":
          return this.language === "cts" && !from.startsWith("node:")
            ? `import ${namespaceOf(from)} = require("${from}");`
            : `import * as ${namespaceOf(from)} from "${from}";`;
        case "alias":
          return `import { ${local.map((name) => `${name} as ${name}1`).join(", ")} } from "${from}";`;
        case "named":
          return `import { ${local.join(", ")} } from "${from}";`;
      }
    });
  }

  #required(from: string, names: readonly string[]): string {
    if (from === SDK_V2) return `const Connect = require("${from}");`;
    switch (this.#importStyle) {
      case "namespace":
        return `const ${namespaceOf(from)} = require("${from}");`;
      case "alias":
        return `const { ${names.map((name) => `${name}: ${name}1`).join(", ")} } = require("${from}");`;
      case "named":
        return `const { ${names.join(", ")} } = require("${from}");`;
    }
  }
}

function namespaceOf(from: string): string {
  return from.replaceAll(/[^a-z0-9]+/gi, "_").replace(/^_/, "");
}

function writeScene(scene: Scene, fn: FunctionWriter): string {
  const { writer } = fn;
  const { dice } = writer;
  switch (scene.kind) {
    case "retry":
      return writeRetry(scene, fn);
    case "call":
      return writeCall(writer.send(scene.call), scene.result, dice);
    case "error test":
      return writeErrorTest(scene, writer);
    case "fan-out":
      return writeFanOut(writer.send(scene.call, "", "item"), scene.way, writer);
    case "iteration": {
      const send = `await ${writer.send(scene.call, "", "item")};`;
      const attempt = scene.mayFail
        ? `try { ${send} } catch (error) { console.error(error); }`
        : send;
      const round = `${attempt} ${writer.wait(scene.pause, undefined)}`;
      return dice.pick([
        `for (const item of ids) {\n${round}\n}\nreturn ids;`,
        `for (let at = 0; at < ids.length; at++) {\nconst item = ${writer.as("ids[at]", "string")};\n${round}\n}\nreturn ids;`,
        `for await (const item of ids) {\n${round}\n}\nreturn ids;`,
        `let at = 0;\nwhile (at < ids.length) {\nconst item = ${writer.as("ids[at]", "string")};\nat += 1;\n${round}\n}\nreturn ids;`,
      ]);
    }
    case "pages":
      return writePages(scene.pause, writer);
    case "paginator":
      return writePaginator(writer);
    case "poll":
      return writePoll(scene, fn);
    case "v2 callback":
      return writeCallback(scene, writer);
  }
}

function writeCall(
  send: string,
  result: Extract<Scene, { kind: "call" }>["result"],
  dice: Dice,
): string {
  switch (result) {
    case "awaited":
      return dice.pick([
        `const out = await ${send};\nconsole.log(out);\nreturn id;`,
        `let out;\nout = await ${send};\nconsole.log(out);\nreturn id;`,
      ]);
    case "checked":
      return dice.pick([
        `const out = await ${send};\nif (!out) throw new Error("failed");\nreturn out;`,
        `return ${send}.then((out) => { if (!out) throw new Error("failed"); return out; });`,
      ]);
    case "dropped":
      return `await ${send};\nreturn id;`;
    case "returned":
      return dice.pick([
        `return ${send};`,
        `return await ${send};`,
        `const out = await ${send};\nreturn out;`,
        `const out = ${send};\nreturn await out;`,
      ]);
  }
}

function writeErrorTest(
  { call, test }: Extract<Scene, { kind: "error test" }>,
  writer: Writer,
): string {
  const { dice } = writer;
  const isTyped = writer.annotated;
  const read = (member: string): string =>
    isTyped
      ? dice.pick([`(error as { ${member}?: unknown }).${member}`, `(error as any).${member}`])
      : `error.${member}`;
  const compare = (member: string, value: string): string =>
    dice.pick([`${read(member)} === "${value}"`, `"${value}" === ${read(member)}`]);
  const condition = ((): string => {
    switch (test) {
      case "name":
        return compare("name", "ResourceNotFoundException");
      case "code":
        return compare("code", "ResourceNotFoundException");
      case "misspelt":
        return compare("name", "ResourceNotFoundExeption");
      case "class":
        return writer.client.api === "v2"
          ? "error instanceof Error"
          : `error instanceof ${writer.named("ResourceNotFoundException")}`;
      case "message":
        return `${isTyped ? "(error as Error)" : "error"}.message.includes("Rate exceeded")`;
    }
  })();
  const send = writer.send(call);
  return dice.pick([
    `try {\nreturn await ${send};\n} catch (error) {\nif (${condition}) return undefined;\nthrow error;\n}`,
    `try {\nreturn await ${send};\n} catch (error) {\nif (!(${condition})) { throw error; }\nreturn undefined;\n}`,
    `try {\nconst out = await ${send};\nreturn out;\n} catch (error) {\nconst known = ${condition};\nif (known) { return undefined; }\nthrow error;\n}`,
  ]);
}

function writeFanOut(
  send: string,
  way: Extract<Scene, { kind: "fan-out" }>["way"],
  { dice }: Writer,
): string {
  const started = (items: string): string =>
    dice.pick([
      `${items}.map((item) => ${send})`,
      `${items}.map(async (item) => { const out = await ${send}; return out; })`,
      ...(send.includes("this.") ? [] : [`${items}.map(function (item) { return ${send}; })`]),
    ]);
  switch (way) {
    case "all":
    case "settled": {
      const join = way === "all" ? "Promise.all" : "Promise.allSettled";
      return dice.pick([
        `return ${join}(${started("ids")});`,
        `const jobs = ${started("ids")};\nreturn await ${join}(jobs);`,
      ]);
    }
    case "each":
      return `ids.forEach(async (item) => { await ${send}; });\nreturn ids;`;
    case "chunks":
      return `for (let at = 0; at < ids.length; at += 5) {\nawait Promise.all(ids.slice(at, at + 5).map((item) => ${send}));\n}\nreturn ids;`;
  }
}

function writePages(pause: Delay, writer: Writer): string {
  const { dice } = writer;
  const send = writer.send({ operation: "ListUsers", token: "none" }, "NextToken: next");
  const start = `const all${writer.type("unknown[]")} = [];\nlet next${writer.type("string | undefined")};`;
  const page = `const page${writer.type("{ NextToken?: string | undefined }")} = await ${send};\nall.push(page);\nnext = page.NextToken;\n${writer.wait(pause, undefined)}`;
  return dice.pick([
    `${start}\ndo {\n${page}\n} while (next);\nreturn all;`,
    `${start}\ndo {\n${page}\n} while (next !== undefined);\nreturn all;`,
    `${start}\nwhile (true) {\n${page}\nif (!next) break;\n}\nreturn all;`,
    `${start}\nfor (;;) {\n${page}\nif (next === undefined) return all;\n}`,
  ]);
}

function writePaginator(writer: Writer): string {
  const { api } = writer.client;
  const send = writer.send({ operation: "ListUsers", token: "none" });
  if (api === "v2") return `return ${send};`;
  const client = send.slice(0, send.search(/\.(?:send|listUsers)\(/));
  const pages = `${writer.named("paginateListUsers")}({ client: ${client} }, { InstanceId: id })`;
  return `const all${writer.type("unknown[]")} = [];\nfor await (const page of ${pages}) {\nall.push(page);\n}\nreturn all;`;
}

function writePoll(
  { delay, rounds }: Extract<Scene, { kind: "poll" }>,
  fn: FunctionWriter,
): string {
  const { writer } = fn;
  const { dice } = writer;
  const send = writer.send({ operation: "DescribeContact", token: "none" });
  const done = dice.pick([
    "if (out.Contact?.DisconnectTimestamp !== undefined) return out;",
    "if (out.Contact?.DisconnectTimestamp) { return out; }",
  ]);
  const probe = `const out = await ${send};\n${done}`;
  if (rounds === undefined) {
    const wait = writer.wait(delay, undefined);
    return dice.pick([
      `while (true) {\n${probe}\n${wait}\n}`,
      `for (;;) {\n${probe}\n${wait}\n}`,
      `do {\n${probe}\n${wait}\n} while (true);`,
    ]);
  }
  const wait = writer.wait(delay, "round");
  const late = `throw new Error("late");`;
  return dice.pick([
    `for (let round = 0; round < ${rounds}; round++) {\n${probe}\n${wait}\n}\n${late}`,
    `let round = 0;\nwhile (round < ${rounds}) {\n${probe}\n${wait}\nround += 1;\n}\n${late}`,
    `let round = 0;\nwhile (true) {\n${probe}\n${wait}\nif (++round >= ${rounds}) ${late}\n}`,
  ]);
}

function writeCallback(
  { call, sent }: Extract<Scene, { kind: "v2 callback" }>,
  writer: Writer,
): string {
  const send = writer.send(call);
  if (writer.client.api !== "v2") return `return ${send};`;
  const request = send.replace(/\.promise\(\)$/, "");
  const callback = "(error, data) => { console.log(error, data); }";
  if (!sent) return `${request};\nreturn id;`;
  return writer.dice.pick([
    `${request.slice(0, -1)}, ${callback});\nreturn id;`,
    `${request}.send(${callback});\nreturn id;`,
  ]);
}
