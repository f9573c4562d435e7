/** Random syntax in the words of Connect code, most of it without sense: every kind of statement and expression anywhere. */
import type { Dice } from "./dice.ts";

const HEAD = `import { Connect, ConnectClient, ListUsersCommand, paginateListUsers } from "@aws-sdk/client-connect";
import { backoffDelay, sendWithBackoff, withBackoff } from "eslint-plugin-connect-resilience/backoff";
const client = new ConnectClient({});
`;

const NAMES = ["client", "i", "error", "sleep", "run", "item", "queue", "out", "undefined"];
const MEMBERS = [
  "send",
  "name",
  "code",
  "promise",
  "catch",
  "then",
  "push",
  "length",
  "maxAttempts",
];

/** A file of a few statements. @param typed - with syntax of TypeScript */
export function randomFile(dice: Dice, typed: boolean): string {
  const syntax = new Syntax(dice, typed);
  const count = 2 + dice.below(6);
  return HEAD + Array.from({ length: count }, () => syntax.topLevel()).join("\n");
}

class Syntax {
  readonly #dice: Dice;
  readonly #typed: boolean;
  #number = 0;

  constructor(dice: Dice, typed: boolean) {
    this.#dice = dice;
    this.#typed = typed;
  }

  topLevel(): string {
    const kinds = [
      () => this.#statement(4),
      () => `export ${this.#asyncFunction(this.#fresh(), 4)}`,
      () => `export const ${this.#fresh()} = ${this.#expression(4)};`,
      () => this.#class(3),
      () => `export { ${this.#name()} as ${this.#fresh()} };`,
    ];
    const typed = [
      () => `namespace ${this.#fresh()} { ${this.#statement(2)} }`,
      () => `enum ${this.#fresh()} { A = 1, B = ${this.#expression(1)} }`,
      () => `declare function ${this.#fresh()}<T>(a: T, ...rest: any[]): asserts a is any;`,
      () => `abstract ${this.#class(2)}`,
      () => `declare const ${this.#fresh()}: any;`,
    ];
    return this.#one(kinds, typed)();
  }

  #statement(depth: number): string {
    if (depth <= 0) return `${this.#call(0)};`;
    const body = (): string => this.#block(depth - 1);
    const test = (): string => this.#expression(depth - 2);
    const kinds = [
      () => `${this.#expression(depth)};`,
      () => `try ${body()} catch (error) ${body()}`,
      () => `try ${body()} catch ${body()} finally ${body()}`,
      () => `while (${test()}) ${this.#body(depth)}`,
      () => `for (let i = 0; ${test()}; i++) ${this.#body(depth)}`,
      () => `for (;;) ${body()}`,
      () => `for (const ${this.#pattern()} of ${test()}) ${this.#body(depth)}`,
      () => `for (${this.#name()} in ${test()}) ${body()}`,
      () => `for await (const item of ${test()}) ${body()}`,
      () => `do ${this.#body(depth)} while (${test()});`,
      () => `if (${test()}) ${this.#body(depth)} else ${this.#body(depth)}`,
      () => `switch (${test()}) { case ${test()}: ${this.#statement(depth - 1)} break; default: }`,
      () => `again: for (;;) { ${this.#statement(depth - 1)} continue again; }`,
      () => `{ ${this.#statement(depth - 1)} }`,
      () => `const ${this.#pattern()} = ${this.#expression(depth - 1)};`,
      () => `let ${this.#fresh()}, ${this.#fresh()} = ${this.#expression(depth - 1)};`,
      () => this.#asyncFunction(this.#fresh(), depth - 1),
      () => this.#class(depth - 1),
      () => `throw ${test()};`,
      () => `;`,
      () => `await ${this.#call(depth - 1)};`,
    ];
    return this.#one(kinds, [])();
  }

  #body(depth: number): string {
    return this.#dice.oneIn(4) ? `${this.#expression(depth - 2)};` : this.#block(depth - 1);
  }

  #block(depth: number): string {
    const count = this.#dice.below(3) + (depth > 1 ? 1 : 0);
    return `{ ${Array.from({ length: count }, () => this.#statement(depth)).join(" ")} }`;
  }

  #call(depth: number): string {
    const inner = (): string => this.#expression(depth - 1);
    return this.#one(
      [
        () => `client.send(new ListUsersCommand({ InstanceId: ${inner()} }))`,
        () => `client?.send?.(${inner()})`,
        () => `new Connect(${inner()}).listUsers(${inner()}, ...${this.#name()})`,
        () => `sleep(${inner()})`,
        () => `new Promise((done) => setTimeout(done, ${inner()}))`,
        () => `run(${inner()})`,
        () => `withBackoff(() => ${inner()}, ${inner()})`,
        () => `sendWithBackoff(client, ${inner()})`,
        () => `paginateListUsers({ client }, ${inner()})`,
        () => `${this.#name()}.${this.#member()}(${inner()})`,
        () => `Promise.all(${this.#name()}.map(async (item) => ${this.#expression(depth - 2)}))`,
        () => `(${inner()})(${inner()})`,
        () => `import(${inner()})`,
        () => `${this.#name()}\`a\${${inner()}}b\``,
      ],
      [() => `client.send<any, any>(${inner()} as any)`],
    )();
  }

  #expression(depth: number): string {
    if (depth <= 0)
      return this.#dice
        .pick([this.#name(), "0", "1000", '"code"', "null", "true", "{}", "[]"])
        .replace("{}", "({})");
    const inner = (): string => this.#expression(depth - 1);
    return this.#one(
      [
        () => this.#call(depth - 1),
        () => `(await ${this.#call(depth - 1)})`,
        () => `(${inner()} ${this.#operator()} ${inner()})`,
        () => `(${inner()}, ${inner()})`,
        () => `(${inner()} ? ${inner()} : ${inner()})`,
        () => `(async (${this.#pattern()}) => { ${this.#statement(depth - 2)} })`,
        () => `(() => ${inner()})`,
        () => `(async function* ${this.#fresh()}() { yield* ${inner()}; })`,
        () => `({ ${this.#member()}: ${inner()}, [${inner()}]: 0, ...${this.#name()} })`,
        () => `[${inner()}, , ...${this.#name()}]`,
        () => `(${this.#name()} = ${inner()})`,
        () => `(${this.#name()}.${this.#member()} ??= ${inner()})`,
        () => `({ ${this.#member()}: i } = ${inner()})`,
        () => `${this.#name()}?.${this.#member()}`,
        () => `${this.#name()}?.[${inner()}]`,
        () => `(typeof ${inner()})`,
        () => `(!${inner()})`,
        () => `new ConnectClient(${inner()})`,
        () => `(class { static { ${this.#statement(depth - 2)} } })`,
        () => `import.meta`,
        () => `(i++)`,
        () => `\`\${${inner()}}\``,
      ],
      [
        () => `(${inner()} as any)`,
        () => `(${inner()}!)`,
        () => `(${inner()} satisfies unknown)`,
        () => `(<T,>(a: T): T => a)(${inner()})`,
      ],
    )();
  }

  #operator(): string {
    const operators = [
      "===",
      "&&",
      "||",
      "??",
      "*",
      "+",
      "**",
      "<",
      "instanceof",
      "in",
      "^",
      ">>>",
    ];
    return this.#dice.pick(operators);
  }

  #asyncFunction(name: string, depth: number): string {
    const star = this.#dice.pick(["", "", "*"]);
    return `async function${star} ${name}(${this.#pattern()} = ${this.#expression(1)}, ...rest) ${this.#block(depth)}`;
  }

  #class(depth: number): string {
    const members = [
      () => `#secret = ${this.#expression(depth - 1)};`,
      () => `static item = ${this.#expression(depth - 1)};`,
      () => `static { ${this.#statement(depth - 1)} }`,
      () => `get out() { return ${this.#expression(depth - 1)}; }`,
      () => `async [${this.#expression(0)}]() ${this.#block(depth - 1)}`,
      () => `async run(error) ${this.#block(depth - 1)}`,
      () => `constructor() { super(); this.client = ${this.#expression(depth - 1)}; }`,
      () => `async #hidden() { this.#hidden(); ${this.#statement(depth - 1)} }`,
    ];
    const typed = [
      () =>
        `@run(${this.#expression(1)}) async decorated(): Promise<void> ${this.#block(depth - 1)}`,
      () => `declare client: ConnectClient;`,
      () => `accessor item = ${this.#expression(1)};`,
      () => `run(a: string): void; run(a: number): void; run(a: any): void {}`,
    ];
    const chosen = new Set([this.#one(members, typed), this.#one(members, typed)]);
    return `class ${this.#fresh()} extends ${this.#dice.pick(["Object", "Connect", "ConnectClient"])} { ${[...chosen].map((write) => write()).join("\n")} }`;
  }

  #pattern(): string {
    const name = this.#fresh();
    return this.#dice.pick([
      name,
      `{ ${name} }`,
      `[${name}]`,
      `{ send: ${name}, ...${this.#fresh()} }`,
      `[, ...[${name}]]`,
    ]);
  }

  #name(): string {
    return this.#dice.pick(NAMES);
  }

  #member(): string {
    return this.#dice.pick(MEMBERS);
  }

  #fresh(): string {
    this.#number += 1;
    return this.#dice.oneIn(4)
      ? `${this.#name().replace("undefined", "run")}${this.#number}`
      : `v${this.#number}`;
  }

  #one<Value>(all: readonly Value[], typed: readonly Value[]): Value {
    return this.#dice.pick(this.#typed ? [...all, ...typed] : all);
  }
}
