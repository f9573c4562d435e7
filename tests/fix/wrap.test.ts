import { describe, expect, it } from "vitest";
import { wrapSend, type WrapOptions } from "../../src/fix/wrap.ts";
import type { Edit } from "../../src/fix/edit.ts";
import { apply, inspect, sends, type Sample } from "./support.ts";

const NAME = "sendWithBackoff";

function edits(code: string, options?: WrapOptions, sample: Sample = {}): Edit[] {
  return inspect(code, sample, (sourceCode) =>
    sends(sourceCode).map((call) => wrapSend(sourceCode, call, NAME, options)),
  );
}

/** The text with every send wrapped, one after the other, as ESLint would in one pass. */
function wrap(code: string, options?: WrapOptions, sample: Sample = {}): string {
  const all = edits(code, options, sample);
  for (const edit of all) if (edit.applicability !== "fix") throw new Error(edit.reason);
  const parts = all.flatMap((edit) => edit.edits).sort((a, b) => a.range[0] - b.range[0]);
  return apply(code, { applicability: "fix", edits: parts }, sample);
}

describe("the wrapped expression", () => {
  it.each([
    [
      "await",
      "const r = await client.send(new X(i));",
      "const r = await sendWithBackoff(client, new X(i));",
    ],
    [
      "returned",
      "function f() { return client.send(c); }",
      "function f() { return sendWithBackoff(client, c); }",
    ],
    ["stored", "const p = client.send(c);", "const p = sendWithBackoff(client, c);"],
    ["void", "void client.send(c);", "void sendWithBackoff(client, c);"],
    ["statement", "client.send(c);", "sendWithBackoff(client, c);"],
    [
      "then, catch, finally",
      "client.send(c).then(f).catch(g).finally(h);",
      "sendWithBackoff(client, c).then(f).catch(g).finally(h);",
    ],
    [
      "a chain over lines",
      "client\n  .send(c)\n  .then(f);",
      "sendWithBackoff(client, c)\n  .then(f);",
    ],
    [
      "arrow body",
      "const f = () => client.send(c);",
      "const f = () => sendWithBackoff(client, c);",
    ],
    [
      "arrow body in parentheses",
      "const f = () => (client.send(c));",
      "const f = () => (sendWithBackoff(client, c));",
    ],
    ["as around", "client.send(c) as Promise<X>;", "sendWithBackoff(client, c) as Promise<X>;"],
    [
      "satisfies around",
      "client.send(c) satisfies Promise<X>;",
      "sendWithBackoff(client, c) satisfies Promise<X>;",
    ],
    ["as inside", "client.send(c as X);", "sendWithBackoff(client, c as X);"],
    [
      "as on the client",
      "(client as ConnectClient).send(c);",
      "sendWithBackoff((client as ConnectClient), c);",
    ],
    ["non-null", "this.client!.send(c);", "sendWithBackoff(this.client!, c);"],
    ["member", "this.client.send(c);", "sendWithBackoff(this.client, c);"],
    [
      "this in another method",
      "class A extends B { list() { return this.send(c); } }",
      "class A extends B { list() { return sendWithBackoff(this, c); } }",
    ],
    [
      "this in a private method called send",
      "class A extends B { #send(c) { return this.send(c); } }",
      "class A extends B { #send(c) { return sendWithBackoff(this, c); } }",
    ],
    [
      "this in an object's method",
      "const a = { list() { return this.send(c); } };",
      "const a = { list() { return sendWithBackoff(this, c); } };",
    ],
    [
      "another client in a method called send",
      "class A { send(c) { return this.inner.send(c); } }",
      "class A { send(c) { return sendWithBackoff(this.inner, c); } }",
    ],
    [
      "private member",
      "class A { #c = c; f() { return this.#c.send(x); } }",
      "class A { #c = c; f() { return sendWithBackoff(this.#c, x); } }",
    ],
    ["awaited client", "(await getClient()).send(c);", "sendWithBackoff((await getClient()), c);"],
    ["a chain ended by parentheses", "(a?.b)!.send(c);", "sendWithBackoff((a?.b)!, c);"],
    ["new client", "new ConnectClient({}).send(c);", "sendWithBackoff(new ConnectClient({}), c);"],
    ["parentheses around the command", "client.send((c));", "sendWithBackoff(client, (c));"],
    ["parentheses around the call", "(client.send(c));", "(sendWithBackoff(client, c));"],
    [
      "many parentheses, and one in a comment",
      "((/* ( */ client)).send(c);",
      "sendWithBackoff(((/* ( */ client)), c);",
    ],
    ["computed", 'client["send"](c);', "sendWithBackoff(client, c);"],
    ["trailing comma", "client.send(c,);", "sendWithBackoff(client, c,);"],
    ["spaces inside", "client.send( c );", "sendWithBackoff(client, c );"],
    [
      "glued await",
      "async function f() { await(client).send(c); }",
      "async function f() { await sendWithBackoff((client), c); }",
    ],
    [
      "glued return",
      "function f() { return(client.send(c)); }",
      "function f() { return(sendWithBackoff(client, c)); }",
    ],
    [
      "glued return of a parenthesised client",
      "function f() { return(a).send(c); }",
      "function f() { return sendWithBackoff((a), c); }",
    ],
    ["glued typeof", "typeof(a).send(c);", "typeof sendWithBackoff((a), c);"],
    [
      "glued array",
      "function f() { return[a][0].send(c); }",
      "function f() { return sendWithBackoff([a][0], c); }",
    ],
    [
      "this, arguments, new.target",
      "function F() { client.send(new X(this, arguments, new.target)); }",
      "function F() { sendWithBackoff(client, new X(this, arguments, new.target)); }",
    ],
    [
      "super in arguments",
      "class A extends B { f() { client.send(new X(super.x)); } }",
      "class A extends B { f() { sendWithBackoff(client, new X(super.x)); } }",
    ],
    [
      "yield in arguments",
      "function* f() { yield client.send(new X(yield)); }",
      "function* f() { yield sendWithBackoff(client, new X(yield)); }",
    ],
    [
      "await in arguments",
      "client.send(new X(await id()));",
      "sendWithBackoff(client, new X(await id()));",
    ],
    [
      "side effects in arguments",
      "client.send(new X(i++));",
      "sendWithBackoff(client, new X(i++));",
    ],
    [
      "nested sends",
      "client.send(new X((await client.send(c)).Id));",
      "sendWithBackoff(client, new X((await sendWithBackoff(client, c)).Id));",
    ],
    [
      "class field, static block",
      "class A { p = client.send(c); static { client.send(c); } }",
      "class A { p = sendWithBackoff(client, c); static { sendWithBackoff(client, c); } }",
    ],
    [
      "parameter default",
      "function f(p = client.send(c)) {}",
      "function f(p = sendWithBackoff(client, c)) {}",
    ],
    ["template literal", "`${client.send(c)}`;", "`${sendWithBackoff(client, c)}`;"],
    [
      "using",
      "{ using a = open(); client.send(new X(a)); }",
      "{ using a = open(); sendWithBackoff(client, new X(a)); }",
    ],
    [
      "for await",
      "for await (const a of client.send(c)) f(a);",
      "for await (const a of sendWithBackoff(client, c)) f(a);",
    ],
    [
      "options",
      "client.send(c, { abortSignal });",
      "sendWithBackoff(client, c, { sendOptions: { abortSignal } });",
    ],
    [
      "options with trailing comma",
      "client.send(c, { abortSignal },);",
      "sendWithBackoff(client, c, { sendOptions: { abortSignal } },);",
    ],
    [
      "no semicolons: a line that starts with a parenthesis",
      "a()\n;(await b()).send(c)\n",
      "a()\n;sendWithBackoff((await b()), c)\n",
    ],
    [
      "no semicolons: the line after",
      "client.send(c)\n;[1].map(f)\n",
      "sendWithBackoff(client, c)\n;[1].map(f)\n",
    ],
    [
      "class heritage",
      "class A extends client.send(c) {}",
      "class A extends sendWithBackoff(client, c) {}",
    ],
    [
      "glued heritage",
      "class A extends(a).send(c) {}",
      "class A extends sendWithBackoff((a), c) {}",
    ],
    [
      "glued default export",
      "export default(a).send(c);",
      "export default sendWithBackoff((a), c);",
    ],
    [
      "glued case",
      "switch (1) { case(a).send(c): }",
      "switch (1) { case sendWithBackoff((a), c): }",
    ],
    [
      "glued of",
      "for (const a of(b).send(c)) f(a);",
      "for (const a of sendWithBackoff((b), c)) f(a);",
    ],
    ["glued in", "if (a in(b).send(c)) f(a);", "if (a in sendWithBackoff((b), c)) f(a);"],
    ["glued else", "if (a) b(); else(a).send(c);", "if (a) b(); else sendWithBackoff((a), c);"],
    [
      "computed key",
      "class A { [client.send(c)]() {} }",
      "class A { [sendWithBackoff(client, c)]() {} }",
    ],
    ["callee of new", "new (client.send(c))();", "new (sendWithBackoff(client, c))();"],
    ["tag of a template", "client.send(c)`x`;", "sendWithBackoff(client, c)`x`;"],
    [
      "head of an optional chain",
      "client.send(c)?.then(f);",
      "sendWithBackoff(client, c)?.then(f);",
    ],
    ["decorator", "@client.send(c) class A {}", "@sendWithBackoff(client, c) class A {}"],
    ["sequence", "(a, client).send(c);", "sendWithBackoff((a, client), c);"],
    ["assignment", "(x = client).send(c);", "sendWithBackoff((x = client), c);"],
    ["arrow that is called", "(() => client)().send(c);", "sendWithBackoff((() => client)(), c);"],
    [
      "yield",
      "function* f() { (yield).send(c); }",
      "function* f() { sendWithBackoff((yield), c); }",
    ],
    ["angle brackets", "(<any>client).send(c);", "sendWithBackoff((<any>client), c);"],
    [
      "class expression",
      "(class { static send() {} }).send(c);",
      "sendWithBackoff((class { static send() {} }), c);",
    ],
    ["object literal", "({ send() {} }).send(c);", "sendWithBackoff(({ send() {} }), c);"],
    ["comma on the next line", "client.send(c,\n);", "sendWithBackoff(client, c,\n);"],
    ["line comment after the dot", "client. // x\nsend(c);", "sendWithBackoff(client // x\n, c);"],
    [
      "line comment before the parenthesis",
      "client.send // x\n(c);",
      "sendWithBackoff(client // x\n, c);",
    ],
    [
      "comments around the options",
      "client.send(c, /* o */ { a /* i */ } /* p */,);",
      "sendWithBackoff(client, c, /* o */ { sendOptions: { a /* i */ } } /* p */,);",
    ],
  ])("%s", (_, before, after) => {
    expect(wrap(before)).toBe(after);
  });

  it("in JSX", () => {
    expect(wrap("<A b={() => client.send(c)} />;", {}, { filename: "a.tsx" })).toBe(
      "<A b={() => sendWithBackoff(client, c)} />;",
    );
  });

  it("through a namespace", () => {
    const code = "client.send(c);";
    const [edit] = inspect(code, {}, (sourceCode) =>
      sends(sourceCode).map((call) => wrapSend(sourceCode, call, "ns.sendWithBackoff")),
    );
    expect(edit && apply(code, edit)).toBe("ns.sendWithBackoff(client, c);");
  });

  it("options in a variable, when the caller knows that they are options", () => {
    expect(wrap("client.send(c, (o));", { secondArgument: "options" })).toBe(
      "sendWithBackoff(client, c, { sendOptions: (o) });",
    );
  });

  it("a second run finds nothing to wrap", () => {
    expect(edits(wrap("client.send(c).then(f);"))).toEqual([]);
  });
});

describe("lines and comments", () => {
  it("an argument on its own line gets the client above it", () => {
    expect(wrap("  await client.send(\n    new X({ a }),\n  );\n")).toBe(
      "  await sendWithBackoff(\n    client,\n    new X({ a }),\n  );\n",
    );
    expect(wrap("client.send(\r\n\tc\r\n);\r\n")).toBe(
      "sendWithBackoff(\r\n\tclient,\r\n\tc\r\n);\r\n",
    );
  });
  it("an object over many lines is not reflowed", () => {
    const body = "new X({\n  // why\n  a: 1,\n\n  b: 2, /* c */\n})";
    expect(wrap(`await client.send(${body});`)).toBe(`await sendWithBackoff(client, ${body});`);
  });
  it.each([
    "// @ts-expect-error wrong",
    "// eslint-disable-next-line no-console",
    "/* @ts-ignore */",
  ])("%s stays above what it speaks of", (comment) => {
    expect(wrap(`${comment}\nawait client.send(\n  c,\n);\n`)).toBe(
      `${comment}\nawait sendWithBackoff(client,\n  c,\n);\n`,
    );
    expect(wrap(`await client.send(\n  ${comment}\n  c,\n);\n`)).toBe(
      `await sendWithBackoff(\n  client,\n  ${comment}\n  c,\n);\n`,
    );
  });
  it.each([
    [
      "between all tokens",
      "client /*a*/ . /*b*/ send /*c*/ (/*d*/ c /*e*/);",
      "sendWithBackoff(client /*a*/  /*b*/  /*c*/ , /*d*/ c /*e*/);",
    ],
    ["at the end of a line", "client // a\n  .send(c);", "sendWithBackoff(client // a\n  , c);"],
    [
      "above a line of a chain",
      "client\n  // a\n  .send(c)\n  .then(f);",
      "sendWithBackoff(client\n  // a\n  , c)\n  .then(f);",
    ],
    [
      "above a chain",
      "// a\nclient\n  .send(c)\n  .then(f);",
      "// a\nsendWithBackoff(client, c)\n  .then(f);",
    ],
    [
      "further down a chain",
      "client\n  .send(c) // a\n  .then(f);",
      "sendWithBackoff(client, c) // a\n  .then(f);",
    ],
    ["right after the client", "client/*a*/.send(c);", "sendWithBackoff(client/*a*/, c);"],
    ["right before the parenthesis", "client.send/*a*/(c);", "sendWithBackoff(client/*a*/, c);"],
    [
      "before an argument on its own line",
      "client /*a*/.send(\n  c\n);",
      "sendWithBackoff(client /*a*/,\n  c\n);",
    ],
    [
      "in a computed member",
      'client[/*a*/ "send" /*b*/](c);',
      "sendWithBackoff(client/*a*/  /*b*/, c);",
    ],
    [
      "in the parentheses",
      "(/*a*/ client /*b*/).send(c);",
      "sendWithBackoff((/*a*/ client /*b*/), c);",
    ],
    [
      "after the opening parenthesis",
      "client.send(// a\n  c);",
      "sendWithBackoff(\n  client,// a\n  c);",
    ],
  ])("comments %s", (_, before, after) => {
    expect(wrap(before)).toBe(after);
  });
});

describe("refused", () => {
  it.each([
    ["callback", "client.send(c, (err, data) => {});", "`send` is called with a callback"],
    ["function callback", "client.send(c, function () {});", "`send` is called with a callback"],
    ["options and callback", "client.send(c, {}, cb);", "`send` is called with a callback"],
    [
      "unknown second argument",
      "client.send(c, cb);",
      "the second argument of `send` may be a callback",
    ],
    [
      "options that may be undefined",
      "client.send(c, undefined);",
      "the second argument of `send` may be a callback",
    ],
    [
      "options of an asserted type",
      "client.send(c, { a } as Options);",
      "the second argument of `send` may be a callback",
    ],
    ["optional client", "client?.send(c);", "the client is called through an optional chain"],
    [
      "optional further left",
      "a?.b.c().d!.send(c);",
      "the client is called through an optional chain",
    ],
    ["optional call", "client.send?.(c);", "the client is called through an optional chain"],
    ["optional factory", "get?.().send(c);", "the client is called through an optional chain"],
    ["type arguments", "client.send<A, B>(c);", "`send` is called with type arguments"],
    ["spread", "client.send(...args);", "the arguments of `send` are spread"],
    ["spread options", "client.send(c, ...rest);", "the arguments of `send` are spread"],
    ["no command", "client.send();", "`send` is called without a command"],
    [
      "super",
      "class A extends B { send(c) { return super.send(c); } }",
      "`super` cannot be passed on",
    ],
    [
      "this in its own send",
      "class A extends B { send(c) { return this.send(c); } }",
      "this is part of the client's own `send`",
    ],
    [
      "this in its own send, in quotes",
      'class A extends B { "send"(c) { return this.send(c); } }',
      "this is part of the client's own `send`",
    ],
    [
      "this in its own send, a field",
      "class A extends B { send = (c) => this.send(c); }",
      "this is part of the client's own `send`",
    ],
    ["bare function", "send(c);", "the call is not written as `client.send(…)`"],
    ["non-null method", "client.send!(c);", "the call is not written as `client.send(…)`"],
    ["parenthesised method", "(client.send)(c);", "the call is not written as `client.send(…)`"],
  ])("%s", (_, code, reason) => {
    expect(edits(code)[0]).toEqual({ applicability: "none", edits: [], reason });
  });

  it("a second argument that the caller knows to be a callback", () => {
    expect(edits("client.send(c, o);", { secondArgument: "callback" })[0]?.applicability).toBe(
      "none",
    );
  });
});
