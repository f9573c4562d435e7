/**
 * Rewrites a program into another one that does the same: loops in other forms, names, imports, parentheses, casts, variables,
 * functions, blocks, code that never runs. Each rewriting gives `undefined` where the program holds nothing that it applies to.
 */
import { AST_NODE_TYPES as T, type TSESTree } from "@typescript-eslint/utils";
import type { TSESLint } from "@typescript-eslint/utils";
import { parseForESLint } from "@typescript-eslint/parser";
import { ancestors } from "../../src/ast/nodes.ts";
import { linkParents, walk, walkOwn } from "../../src/ast/walk.ts";
import { absolutePath } from "../support/case-program.ts";
import { applyEdits, filenameOf } from "../support/gates.ts";
import type { LintSetup } from "../support/gates.ts";
import type { Dice } from "./dice.ts";

interface TextEdit {
  readonly range: readonly [number, number];
  readonly text: string;
}

interface Parsed {
  readonly code: string;
  readonly nodes: readonly TSESTree.Node[];
  readonly keys: TSESLint.SourceCode.VisitorKeys;
  readonly scopes: TSESLint.Scope.ScopeManager;
  readonly isTypeScript: boolean;
}

type Respelling = (program: Parsed, dice: Dice) => readonly TextEdit[] | undefined;

/** The rewritings by name. */
export const respellings: Readonly<Record<string, Respelling>> = {
  "loop test to break": (program, dice) =>
    one(whileLoops(program), dice, ({ range, test, body }) => [
      { range: [range[0], body.range[0]], text: "while (true) " },
      { range: after(body.range[0]), text: ` if (!(${textOf(program, test)})) break; ` },
    ]),

  "while to for": (program, dice) =>
    one(whileLoops(program), dice, ({ range, test, body }) => [
      { range: [range[0], body.range[0]], text: `for (; ${textOf(program, test)}; ) ` },
    ]),

  "endless while to for": (program, dice) =>
    one(
      ofType(program, T.WhileStatement).filter(({ test }) => isTrue(test)),
      dice,
      ({ range, body }) => [{ range: [range[0], body.range[0]], text: "for (;;) " }],
    ),

  "endless for to while": (program, dice) =>
    one(
      ofType(program, T.ForStatement).filter(
        ({ init, test, update }) => init === null && test === null && update === null,
      ),
      dice,
      ({ range, body }) => [{ range: [range[0], body.range[0]], text: "while (true) " }],
    ),

  "for to while": (program, dice) =>
    one(
      ofType(program, T.ForStatement).filter(
        ({ body, init, parent, update }) =>
          isBlock(body) &&
          init?.type === T.VariableDeclaration &&
          update !== null &&
          parent.type === T.BlockStatement &&
          ![...walkOwn(body, program.keys)].some(({ type }) => type === T.ContinueStatement),
      ),
      dice,
      ({ range, init, test, update, body }) => [
        {
          range: [range[0], body.range[0]],
          text: `{ ${textOf(program, init)}; while (${textOf(program, test, "true")}) `,
        },
        { range: before(body.range[1]), text: ` ${textOf(program, update)}; ` },
        { range: [range[1], range[1]], text: " }" },
      ],
    ),

  "do to while": (program, dice) =>
    one(
      ofType(program, T.DoWhileStatement).filter(
        ({ body, parent }) =>
          isBlock(body) &&
          parent.type === T.BlockStatement &&
          ![...walkOwn(body, program.keys)].some(({ type }) => type === T.ContinueStatement),
      ),
      dice,
      ({ range, test, body }) => [
        { range: [range[0], body.range[0]], text: "while (true) " },
        { range: before(body.range[1]), text: ` if (!(${textOf(program, test)})) break; ` },
        { range: [body.range[1], range[1]], text: "" },
      ],
    ),

  "if the other way round": (program, dice) =>
    one(
      ofType(program, T.IfStatement).filter(({ alternate }) => alternate === null),
      dice,
      ({ range, test, consequent }) => [
        {
          range: [range[0], consequent.range[0]],
          text: `if (!(${textOf(program, test)})) {} else `,
        },
      ],
    ),

  parentheses: (program, dice) =>
    one(expressions(program), dice, ({ range }) => surround(range, "(", ")")),

  satisfies: (program, dice) =>
    program.isTypeScript
      ? one(expressions(program), dice, ({ range }) => surround(range, "(", " satisfies unknown)"))
      : undefined,

  as: (program, dice) =>
    program.isTypeScript
      ? one(
          expressions(program).filter(({ type }) => type === T.Identifier),
          dice,
          (node) => surround(node.range, "(", ` as typeof ${textOf(program, node)})`),
        )
      : undefined,

  "not null": (program, dice) =>
    program.isTypeScript
      ? one(
          expressions(program).filter(({ type }) => type === T.Identifier),
          dice,
          ({ range }) => surround(range, "(", "!)"),
        )
      : undefined,

  rename: (program, dice) =>
    one(renamable(program, false), dice, (variable) => renamed(variable, "renamed")),

  "alias an import": (program, dice) =>
    one(renamable(program, true), dice, (variable) => renamed(variable, "imported")),

  "import the namespace": (program, dice) =>
    one(namedImports(program), dice, (declaration) => importNamespace(program, declaration)),

  "extract a variable": (program, dice) =>
    one(extractable(program), dice, ({ statement, expression }) => [
      {
        range: [statement.range[0], statement.range[0]],
        text: `const extracted = ${textOf(program, expression)};\n`,
      },
      { range: expression.range, text: "extracted" },
    ]),

  "extract a function": (program, dice) =>
    one(
      expressions(program).filter(
        (node) =>
          (node.type === T.CallExpression || node.type === T.NewExpression) &&
          [...walk(node, program.keys)].every(
            ({ type }) => type !== T.AwaitExpression && type !== T.YieldExpression,
          ),
      ),
      dice,
      ({ range }) => surround(range, "(() => (", "))()"),
    ),

  "wrap in a block": (program, dice) =>
    one(
      program.nodes.filter(
        ({ type, parent }) =>
          parent?.type === T.BlockStatement &&
          type.endsWith("Statement") &&
          type !== T.EmptyStatement,
      ),
      dice,
      ({ range }) => surround(range, "{ ", " }"),
    ),

  "dead code at the start": (program, dice) =>
    one(ofType(program, T.BlockStatement), dice, ({ range }) => [
      {
        range: after(range[0]),
        text: dice.pick([
          " if (false) { console.log(0); } ",
          " const unused = 0; void unused; ",
          " function unused() { return 0; } ",
          " ; ",
        ]),
      },
    ]),

  "dead code at the end": (program, dice) =>
    one(
      ofType(program, T.BlockStatement).filter(({ body }) =>
        /^(?:Return|Throw)/.test(body.at(-1)?.type ?? ""),
      ),
      dice,
      ({ range }) => [{ range: before(range[1]), text: " if (false) { console.log(0); } " }],
    ),

  "result in a variable": (program, dice) =>
    one(
      ofType(program, T.ReturnStatement).filter(
        ({ argument, parent }) =>
          argument?.type === T.AwaitExpression && parent.type === T.BlockStatement,
      ),
      dice,
      ({ range, argument }) => [
        { range, text: `const returned = ${textOf(program, argument)}; return returned;` },
      ],
    ),
};

/** One rewriting of the linted file; `undefined` where it does not apply. */
export function respell(setup: LintSetup, name: string, dice: Dice): LintSetup | undefined {
  const program = parse(setup);
  const edits = respellings[name]?.(program, dice);
  return edits === undefined ? undefined : { ...setup, code: applyEdits(setup.code, edits) };
}

function parse(setup: LintSetup): Parsed {
  const filename = filenameOf(setup);
  const { ast, scopeManager, visitorKeys } = parseForESLint(setup.code, {
    filePath: absolutePath(filename),
    sourceType: "module",
    range: true,
    loc: true,
  });
  const keys = visitorKeys as TSESLint.SourceCode.VisitorKeys;
  linkParents(ast, keys);
  return {
    code: setup.code,
    nodes: [...walk(ast, keys)],
    keys,
    scopes: scopeManager,
    isTypeScript: /\.[cm]?tsx?$/.test(filename),
  };
}

function one<Item>(
  items: readonly Item[],
  dice: Dice,
  edit: (item: Item) => readonly TextEdit[],
): readonly TextEdit[] | undefined {
  return items.length === 0 ? undefined : edit(dice.pick(items));
}

function ofType<Type extends T>(
  { nodes }: Parsed,
  type: Type,
): Extract<TSESTree.Node, { type: Type }>[] {
  return nodes.filter((node) => node.type === type) as Extract<TSESTree.Node, { type: Type }>[];
}

function textOf({ code }: Parsed, node: TSESTree.Node | null, absent = ""): string {
  return node === null ? absent : code.slice(...node.range);
}

function after(offset: number): [number, number] {
  return [offset + 1, offset + 1];
}

function before(offset: number): [number, number] {
  return [offset - 1, offset - 1];
}

function surround(range: TSESTree.Range, open: string, close: string): readonly TextEdit[] {
  return [
    { range: [range[0], range[0]], text: open },
    { range: [range[1], range[1]], text: close },
  ];
}

function isBlock(node: TSESTree.Node): node is TSESTree.BlockStatement {
  return node.type === T.BlockStatement;
}

function isTrue(node: TSESTree.Node): boolean {
  return node.type === T.Literal && node.value === true;
}

function whileLoops(program: Parsed): TSESTree.WhileStatement[] {
  return ofType(program, T.WhileStatement).filter(
    ({ test, body }) => isBlock(body) && !isTrue(test),
  );
}

/** Expressions that any expression of the same value can stand for. */
function expressions({ nodes }: Parsed): TSESTree.Node[] {
  const found = new Set<TSESTree.Node>();
  for (const node of nodes) {
    switch (node.type) {
      case T.CallExpression:
      case T.NewExpression:
        for (const argument of node.arguments) found.add(argument);
        break;
      case T.VariableDeclarator:
        if (node.init !== null) found.add(node.init);
        break;
      case T.ReturnStatement:
      case T.AwaitExpression:
        if (node.argument !== null) found.add(node.argument);
        break;
      case T.IfStatement:
      case T.WhileStatement:
      case T.DoWhileStatement:
        found.add(node.test);
        break;
      case T.MemberExpression:
        if (node.object.type === T.Identifier) found.add(node.object);
        break;
      case T.Property:
        if (!node.shorthand && node.parent.type === T.ObjectExpression) found.add(node.value);
        break;
      case T.BinaryExpression:
        found.add(node.right);
        break;
      case T.AssignmentExpression:
        found.add(node.right);
        break;
      default:
        break;
    }
  }
  return [...found].filter(
    (node) =>
      node.type !== T.SpreadElement &&
      node.type !== T.PrivateIdentifier &&
      node.type !== T.ArrowFunctionExpression &&
      node.type !== T.FunctionExpression &&
      !isRequire(node),
  );
}

/** Whether a node is, or belongs to, a call of `require`. */
function isRequire(node: TSESTree.Node): boolean {
  return [node, ...ancestors(node)].some(
    (outer) =>
      outer.type === T.CallExpression &&
      outer.callee.type === T.Identifier &&
      outer.callee.name === "require",
  );
}

function renamable({ scopes }: Parsed, imported: boolean): TSESLint.Scope.Variable[] {
  return scopes.scopes
    .flatMap((scope) => scope.variables)
    .filter(({ defs, identifiers }) => {
      const [def] = defs;
      if (def === undefined || defs.length !== 1 || identifiers.length !== 1) return false;
      if (imported) return def.type === "ImportBinding" && def.node.type === T.ImportSpecifier;
      const isExported = [def.node, def.node.parent, def.node.parent.parent].some(
        (node) => node?.type === T.ExportNamedDeclaration,
      );
      return def.type !== "ImportBinding" && !isExported && identifiers[0]?.type === T.Identifier;
    });
}

function renamed(
  { identifiers, name, references }: TSESLint.Scope.Variable,
  prefix: string,
): TextEdit[] {
  const to = `${prefix}_${name}`;
  const places = new Set<TSESTree.Node>([
    ...identifiers,
    ...references.map(({ identifier }) => identifier),
  ]);
  return [...places].map((place) => ({ range: nameRange(place, name), text: newText(place, to) }));
}

/** A parameter's type annotation belongs to its identifier, but is no part of its name. */
function nameRange({ range }: TSESTree.Node, name: string): [number, number] {
  return [range[0], range[0] + name.length];
}

function newText(place: TSESTree.Node, to: string): string {
  const { parent } = place;
  if (parent?.type === T.ImportSpecifier && parent.imported.range[0] === parent.local.range[0])
    return `${nameOf(parent.imported)} as ${to}`;
  const property = parent?.type === T.AssignmentPattern ? parent.parent : parent;
  if (property?.type === T.Property && property.shorthand) return `${nameOf(property.key)}: ${to}`;
  return to;
}

function nameOf(node: TSESTree.Node): string {
  return node.type === T.Identifier ? node.name : "";
}

function namedImports(program: Parsed): TSESTree.ImportDeclaration[] {
  return ofType(program, T.ImportDeclaration).filter(
    ({ importKind, specifiers }) =>
      importKind !== "type" &&
      specifiers.length > 0 &&
      specifiers.every(
        (specifier) => specifier.type === T.ImportSpecifier && specifier.importKind !== "type",
      ),
  );
}

function importNamespace(
  { scopes }: Parsed,
  declaration: TSESTree.ImportDeclaration,
): readonly TextEdit[] {
  const edits: TextEdit[] = [];
  for (const variable of scopes.getDeclaredVariables(declaration)) {
    const [def] = variable.defs;
    if (def?.node.type !== T.ImportSpecifier) continue;
    const member = `everything.${nameOf(def.node.imported)}`;
    for (const { identifier } of variable.references)
      edits.push({
        range: nameRange(identifier, variable.name),
        text: newText(identifier, member),
      });
  }
  const first = declaration.specifiers[0]?.range[0] ?? declaration.range[0];
  const start = declaration.range[0] + "import ".length;
  if (first < start) return edits;
  edits.push({
    range: [start, declaration.source.range[0]],
    text: "* as everything from ",
  });
  return edits;
}

interface Extractable {
  readonly statement: TSESTree.Node;
  readonly expression: TSESTree.Node;
}

/** Arguments that are evaluated whenever their statement is, and as its first act. */
function extractable({ nodes }: Parsed): Extractable[] {
  return nodes.flatMap((node): Extractable[] => {
    if (node.type !== T.CallExpression && node.type !== T.NewExpression) return [];
    const [expression] = node.arguments;
    if (expression === undefined || expression.type === T.SpreadElement) return [];
    if (expression.type === T.Identifier) return [];
    if (expression.type === T.ArrowFunctionExpression || expression.type === T.FunctionExpression)
      return [];
    const statement = unconditionalStatement(node);
    return statement === undefined ? [] : [{ statement, expression }];
  });
}

function unconditionalStatement(node: TSESTree.Node): TSESTree.Node | undefined {
  for (let current = node; ; current = current.parent) {
    switch (current.type) {
      case T.CallExpression:
      case T.NewExpression:
      case T.AwaitExpression:
      case T.MemberExpression:
      case T.TSAsExpression:
      case T.VariableDeclarator:
        break;
      case T.ExpressionStatement:
      case T.ReturnStatement:
      case T.VariableDeclaration:
        return current.parent.type === T.BlockStatement ? current : undefined;
      default:
        return undefined;
    }
  }
  return undefined;
}
