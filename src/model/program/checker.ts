/**
 * The only place that talks to the TypeScript checker, through documented members alone, so that another backend of the
 * parser services can take its place. TypeScript itself is never loaded: the flags below have kept their values from 4.8
 * to 6.0 (a test holds them against the installed version).
 */
import { AST_NODE_TYPES as T, type TSESTree } from "@typescript-eslint/utils";
import type ts from "typescript";
import type { Answer } from "../answer.ts";
import { packageOfFile, type PackageIdentity } from "./package-name.ts";
import { locate, sourceFileOf, unitOf, type Unit } from "./unit.ts";

export const SYMBOL_FLAG_ALIAS = 2_097_152;
// eslint-disable-next-line @typescript-eslint/no-unsafe-enum-assignment -- TypeScript is never loaded.
const SYMBOL_FLAGS_VARIABLE_OR_FUNCTION = (1 | 2 | 16) as ts.SymbolFlags;
const TYPE_FLAG_UNKNOWN = 2;
export const TYPE_FLAGS_UNTYPED = 1 | TYPE_FLAG_UNKNOWN; // any, unknown

/** A symbol's declaration: in a file of the project (as ESTree), or the export of a package. */
export type Declared =
  | { readonly kind: "node"; readonly node: TSESTree.Node }
  | {
      readonly kind: "package";
      readonly package: PackageIdentity;
      readonly name: string;
      readonly fileName: string;
    };

/** The name of a class or interface and the package that declares it. */
export interface NamedType {
  readonly name: string;
  readonly package: PackageIdentity;
  readonly symbol: ts.Symbol;
}

let questions = 0;

/** How many questions this process has put to the checker; tests and the benchmark hold it against the budget. */
export function checkerQuestions(): number {
  return questions;
}

/** Puts a question to the checker of a unit's program; `undefined` where there is none, or where it fails to answer. */
function ask<T>(unit: Unit, question: (checker: ts.TypeChecker) => T): T | undefined {
  const { services } = unit;
  if (services === undefined) return undefined;
  questions += 1;
  return answerOf(() => question(services.program.getTypeChecker()));
}

/** What the compiler says; `undefined` where it throws, which is its own fault and no ground to end the user's run. */
function answerOf<T>(question: () => T): T | undefined {
  try {
    return question();
  } catch {
    return undefined;
  }
}

function tsNode(unit: Unit, node: TSESTree.Node): ts.Node | undefined {
  return unit.services?.esTreeNodeToTSNodeMap.get(node);
}

/** The type of an expression; `undefined` where there are no types, or nothing but `any` or `unknown`. */
export function typeAt(node: TSESTree.Node): ts.Type | undefined {
  const unit = unitOf(node);
  const target = tsNode(unit, node);
  if (target === undefined) return undefined;
  return typed(ask(unit, (checker) => checker.getTypeAtLocation(target)));
}

function typed(type: ts.Type | undefined): ts.Type | undefined {
  return type === undefined || (type.flags & TYPE_FLAGS_UNTYPED) !== 0 ? undefined : type;
}

/** Whether the compiler lets nothing be read from an expression before a test says what it is. */
export function isUnknown(node: TSESTree.Node): boolean {
  const unit = unitOf(node);
  const target = tsNode(unit, node);
  const type = target && ask(unit, (checker) => checker.getTypeAtLocation(target));
  return type !== undefined && (type.flags & TYPE_FLAG_UNKNOWN) !== 0;
}

/** The symbol that a name or member refers to, import aliases seen through. */
export function symbolAt(node: TSESTree.Node): ts.Symbol | undefined {
  const unit = unitOf(node);
  const target = tsNode(unit, node);
  if (target === undefined) return undefined;
  return ask(unit, (checker) =>
    unalias(
      checker,
      isShorthandValue(node)
        ? checker.getShorthandAssignmentValueSymbol(target.parent)
        : checker.getSymbolAtLocation(target),
    ),
  );
}

/** The second `find` that `{ find }` stands for: the compiler has one node for it and the key, and takes that for the key. */
function isShorthandValue(node: TSESTree.Node): boolean {
  const { parent } = node;
  return (
    parent?.type === T.Property &&
    parent.shorthand &&
    parent.value === node &&
    parent.parent.type === T.ObjectExpression
  );
}

/** Where the member of that name is declared that the type of an expression has, such as an export of `await import("./x.js")`. */
export function memberDeclarations(node: TSESTree.Node, name: string): readonly Declared[] {
  const unit = unitOf(node);
  const type = typeAt(node);
  const member = type === undefined ? undefined : propertyOf(type, name);
  if (member === undefined) return [];
  return declarationsOf(
    unit,
    ask(unit, (checker) => unalias(checker, member)),
  );
}

/** Where in one file the member of that name is declared which an expression or pattern has; no other file is opened for it. */
export function memberDeclarationsIn(
  file: Unit,
  node: TSESTree.Node,
  name: string,
): readonly TSESTree.Node[] {
  const type = typeAt(node);
  const member = type === undefined ? undefined : propertyOf(type, name);
  return member === undefined
    ? []
    : locatedIn(
        file,
        ask(unitOf(node), (checker) => unalias(checker, member)),
      );
}

/**
 * Where the member of that name is declared, as the compiler has it, in the type that the place of an expression expects: that of a
 * parameter, of what a function says it returns, of the variable or field that it is assigned to.
 */
export function expectedMember(node: TSESTree.Node, name: string): readonly ts.Declaration[] {
  const unit = unitOf(node);
  const target = tsNode(unit, node);
  if (target === undefined) return [];
  const type = ask(unit, (checker) => checker.getContextualType(target as ts.Expression));
  const parts = type?.isUnion() === true ? type.types : [type];
  return parts.flatMap((part) => (part && propertyOf(part, name)?.declarations) ?? []);
}

function propertyOf(type: ts.Type, name: string): ts.Symbol | undefined {
  return answerOf(() => type.getProperty(name));
}

function unalias(checker: ts.TypeChecker, symbol: ts.Symbol | undefined): ts.Symbol | undefined {
  return symbol === undefined || (symbol.flags & SYMBOL_FLAG_ALIAS) === 0
    ? symbol
    : checker.getAliasedSymbol(symbol);
}

/** Where a symbol is declared; a symbol may be declared several times, or (unresolved imports) nowhere. */
export function declarationsOf(unit: Unit, symbol: ts.Symbol | undefined): readonly Declared[] {
  if (symbol === undefined) return [];
  const { name, declarations } = symbol;
  const found: Declared[] = [];
  for (const declaration of declarations ?? []) {
    const node = locate(unit, declaration);
    if (node !== undefined) {
      found.push({ kind: "node", node });
      continue;
    }
    const { fileName } = declaration.getSourceFile();
    const owner = packageOfFile(fileName);
    if (owner !== undefined) found.push({ kind: "package", package: owner, name, fileName });
  }
  return found;
}

/** The declarations that a name or member refers to, imports followed to their source. */
export function declarationsAt(node: TSESTree.Node): readonly Declared[] {
  return declarationsOf(unitOf(node), symbolAt(node));
}

/** Where in one file that is declared which a name or member refers to; no other file is opened for it. */
export function declarationsIn(file: Unit, node: TSESTree.Node): readonly TSESTree.Node[] {
  return locatedIn(file, symbolAt(node));
}

function locatedIn(file: Unit, symbol: ts.Symbol | undefined): readonly TSESTree.Node[] {
  const sourceFile = sourceFileOf(file);
  return (symbol?.declarations ?? []).flatMap((declaration) =>
    declaration.getSourceFile() === sourceFile ? (locate(file, declaration) ?? []) : [],
  );
}

/** The packages that declare what a name or member refers to; no file of the project is opened for it. */
export function declaringPackages(node: TSESTree.Node): readonly string[] {
  return (symbolAt(node)?.declarations ?? []).flatMap(
    (declaration) => packageOfFile(declaration.getSourceFile().fileName)?.name ?? [],
  );
}

/** Where what a name in a file refers to is declared, as the compiler has it; no file is opened for it. */
export function rawDeclarations(from: Unit, name: ts.Node): readonly ts.Declaration[] | undefined {
  return ask(from, (checker) => unalias(checker, checker.getSymbolAtLocation(name)))?.declarations;
}

/** Where the member of that name is declared that the type of a pattern or expression has, as the compiler has it; no file is opened for it. */
export function rawMemberDeclarations(
  from: Unit,
  node: ts.Node,
  name: string,
): readonly ts.Declaration[] | undefined {
  return ask(from, (checker) => checker.getTypeAtLocation(node).getProperty(name))?.declarations;
}

/**
 * The named classes and interfaces that a type is or inherits from, members of unions and intersections, constraints of
 * type parameters included, each with the package that declares it.
 */
export function namedTypes(unit: Unit, type: ts.Type): readonly NamedType[] {
  const found: NamedType[] = [];
  const seen = new Set<ts.Type>();
  const visit = (current: ts.Type): void => {
    if (seen.has(current)) return;
    seen.add(current);
    if (current.isUnionOrIntersection()) {
      current.types.forEach(visit);
      return;
    }
    const parameter: ts.Type = current;
    if (parameter.isTypeParameter()) {
      const constraint = parameter.getConstraint();
      if (constraint !== undefined) visit(constraint);
      return;
    }
    const symbol = current.getSymbol();
    if (symbol === undefined) return;
    const fileName = symbol.declarations?.[0]?.getSourceFile().fileName;
    const owner = fileName === undefined ? undefined : packageOfFile(fileName);
    if (owner !== undefined) found.push({ name: symbol.name, package: owner, symbol });
    for (const base of current.getBaseTypes() ?? []) visit(base);
  };
  answerOf(() => {
    visit(type);
  });
  return found;
}

/** The named types of an expression; empty where its type is `any` or there are no types. */
export function namedTypesAt(node: TSESTree.Node): readonly NamedType[] {
  const type = typeAt(node);
  return type === undefined ? [] : namedTypes(unitOf(node), type);
}

/** Whether the type of an expression is known to have, or known to lack, a property; `unknown` with `any` and indexes. */
export function hasProperty(
  node: TSESTree.Node,
  name: string,
): "no" | "optional" | "unknown" | "yes" {
  const type = typeAt(node);
  if (type === undefined) return "unknown";
  const present = ask(unitOf(node), (checker) => checker.getNonNullableType(type)) ?? type;
  const found = propertyIn(present, name);
  // Of what may be missing altogether its members may be, too.
  return found === "yes" && present !== type ? "optional" : found;
}

function propertyIn(type: ts.Type, name: string): ReturnType<typeof hasProperty> {
  if (type.isUnion()) {
    const [first = "unknown", ...others] = new Set(
      type.types.map((part) => propertyIn(part, name)),
    );
    if (others.length === 0) return first;
    return first === "unknown" || others.includes("unknown") ? "unknown" : "optional";
  }
  if (type.getStringIndexType() !== undefined) return "unknown";
  const property = propertyOf(type, name);
  if (property === undefined) return isOpen(type) ? "unknown" : "no";
  return (property.flags & 16_777_216) === 0 ? "yes" : "optional";
}

/** Whether a type is one that the caller chooses, in part. */
function isOpen(type: ts.Type): boolean {
  return type.isIntersection() ? type.types.some(isOpen) : type.isTypeParameter();
}

/** Whether an expression is a number for the compiler; unknown without types, and for `any`. */
export function isNumber(node: TSESTree.Node): Answer {
  return isOfType(node, "number");
}

/** Whether an expression is a boolean for the compiler; unknown without types, and for `any`. */
export function isBoolean(node: TSESTree.Node): Answer {
  return isOfType(node, "boolean");
}

function isOfType(node: TSESTree.Node, name: string): Answer {
  const type = typeAt(node);
  if (type === undefined) return "unknown";
  // The flags of primitives have other values in TypeScript 6.
  const text = ask(unitOf(node), (checker) =>
    checker.typeToString(checker.getBaseTypeOfLiteralType(type)),
  );
  if (text === undefined) return "unknown";
  return text === name ? "yes" : "no";
}

/** The type that a name or member is declared with, whatever tests have shown at its place; `undefined` as {@link typeAt} has it. */
export function declaredType(node: TSESTree.Node): ts.Type | undefined {
  const unit = unitOf(node);
  const symbol = symbolAt(node);
  const place = tsNode(unit, unit.ast);
  if (symbol === undefined || place === undefined) return undefined;
  return typed(ask(unit, (checker) => checker.getTypeOfSymbolAtLocation(symbol, place)));
}

/** Whether the compiler takes declarations that nothing uses for errors. */
export function forbidsUnused(unit: Unit): boolean {
  return unit.services?.program.getCompilerOptions().noUnusedLocals === true;
}

/**
 * Whether the compiler would accept an import of one of the platform's modules. Without `@types/node`, or with `types: []`,
 * it does not. Unknown in a file that the compiler does not check.
 */
export function knowsPlatformModule(unit: Unit, name: string): Answer {
  const modules = isChecked(unit) ? ask(unit, (checker) => checker.getAmbientModules()) : undefined;
  if (modules === undefined) return "unknown";
  return modules.some((module) => module.name === `"${name}"`) ? "yes" : "no";
}

/** Whether the compiler knows a global variable or function; unknown as for {@link knowsPlatformModule}. */
export function knowsGlobal(unit: Unit, name: string): Answer {
  const place = isChecked(unit) ? tsNode(unit, unit.ast) : undefined;
  const known =
    place === undefined
      ? undefined
      : ask(unit, (checker) => checker.getSymbolsInScope(place, SYMBOL_FLAGS_VARIABLE_OR_FUNCTION));
  if (known === undefined) return "unknown";
  return known.some((symbol) => symbol.name === name) ? "yes" : "no";
}

/** Whether the compiler tells the errors of a file: of TypeScript, and of JavaScript that asks for it. */
export function isChecked({ fileName, services, text }: Unit): boolean {
  if (services === undefined) return false;
  return (
    /\.[cm]?tsx?$/.test(fileName) ||
    services.program.getCompilerOptions().checkJs === true ||
    /^\s*\/\/\s*@ts-check\b/m.test(text)
  );
}
