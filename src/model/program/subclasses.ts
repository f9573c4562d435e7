/** The classes of the program that extend a class, and what they put in place of its members. */
import type { TSESTree } from "@typescript-eslint/utils";
import { type ClassNode, isClass, unwrap } from "../../ast/nodes.ts";
import { walk } from "../../ast/walk.ts";
import { once } from "../once.ts";
import { declarationsIn } from "./checker.ts";
import { classMemberValues } from "./members.ts";
import { nameOfClass } from "./naming.ts";
import { openUnit, unitOf } from "./unit.ts";
import { filesWithWord } from "./words.ts";

/** What subclasses put in place of a member: `this.member` of the class is theirs where the instance is one of them. */
export function overridingMembers(owner: ClassNode, name: string): readonly TSESTree.Node[] {
  if (name.startsWith("#")) return [];
  const found = new Set(subclassesOf(owner));
  // A set is walked in the order of insertion, what is added on the way included.
  for (const subclass of found) for (const further of subclassesOf(subclass)) found.add(further);
  found.delete(owner);
  return [...found].flatMap((subclass) => classMemberValues(subclass, name));
}

const subclassesOf = once((owner: ClassNode): readonly ClassNode[] => {
  const named = nameOfClass(owner);
  if (named === undefined) return [];
  const unit = unitOf(owner);
  const extending = new RegExp(`\\bextends\\s[^{]*\\b${named.name.replaceAll("$", "\\$")}\\b`);
  return filesWithWord(unit, [named.name]).flatMap((file) => {
    // Most files that name a class do not extend it, and making a tree costs far more than this.
    const other = extending.test(file.text) ? openUnit(unit, file) : undefined;
    if (other === undefined) return [];
    return [...walk(other.ast, other.visitorKeys)].filter(
      (node): node is ClassNode =>
        isClass(node) && node !== owner && isNamed(node.superClass, owner, named.declaration),
    );
  });
});

function isNamed(
  base: TSESTree.Node | null,
  owner: ClassNode,
  declaration: TSESTree.Node,
): boolean {
  if (base === null) return false;
  return declarationsIn(unitOf(owner), unwrap(base)).some(
    (declared) => declared === owner || declared === declaration,
  );
}
