/** What the file itself says of the type of a value: all that there is to go by where the types are not installed. */
import { AST_NODE_TYPES as T, type TSESTree } from "@typescript-eslint/utils";
import { enclosingClass, memberName, staticKey, unwrap } from "../../ast/nodes.ts";
import { type ImportedName, importedName, variableOf } from "./binding.ts";

/** An imported type, and where it is named. */
export interface AnnotatedType extends ImportedName {
  readonly node: TSESTree.EntityName;
}

/** The imported types that a name, or a member of `this`, is annotated with; each member of a union. */
export function annotatedTypes(expression: TSESTree.Node): readonly AnnotatedType[] {
  const node = unwrap(expression);
  const annotation =
    node.type === T.Identifier
      ? annotationOf(variableOf(node)?.defs[0]?.name)
      : node.type === T.MemberExpression && node.object.type === T.ThisExpression
        ? annotationOfMember(node)
        : undefined;
  // Without the parser's visitor keys ESLint leaves types without a parent, and so without a scope.
  const isLinked = (annotation as Partial<TSESTree.TSTypeAnnotation> | undefined)?.parent != null;
  return annotation === undefined || !isLinked ? [] : typesIn(annotation.typeAnnotation);
}

/** ESLint's own parser has no annotations, and oxlint says `null` where there is none. */
function annotationOf(name: TSESTree.Node | undefined): TSESTree.TSTypeAnnotation | undefined {
  return (name as Partial<TSESTree.Identifier> | undefined)?.typeAnnotation ?? undefined;
}

/** Of a field, or of a parameter property of the constructor. */
function annotationOfMember(
  node: TSESTree.MemberExpression,
): TSESTree.TSTypeAnnotation | undefined {
  const name = memberName(node);
  const members = enclosingClass(node)?.body.body ?? [];
  for (const member of members) {
    if (member.type === T.PropertyDefinition && staticKey(member, member.key) === name)
      return member.typeAnnotation ?? undefined;
    if (member.type !== T.MethodDefinition || member.kind !== "constructor") continue;
    for (const parameter of member.value.params) {
      if (parameter.type !== T.TSParameterProperty) continue;
      const { parameter: declared } = parameter;
      const id = declared.type === T.AssignmentPattern ? declared.left : declared;
      if (id.name === name) return annotationOf(id);
    }
  }
  return undefined;
}

function typesIn(type: TSESTree.TypeNode): readonly AnnotatedType[] {
  if (type.type === T.TSUnionType) return type.types.flatMap(typesIn);
  if (type.type !== T.TSTypeReference) return [];
  const named = typeNamed(type.typeName);
  return named === undefined ? [] : [{ ...named, node: type.typeName }];
}

/** `Connect`, or `AWS.Connect` of `import * as AWS`. */
function typeNamed(name: TSESTree.EntityName): ImportedName | undefined {
  if (name.type === T.Identifier) return importedName(name);
  const owner = name.type === T.TSQualifiedName ? typeNamed(name.left) : undefined;
  return owner === undefined || name.type !== T.TSQualifiedName
    ? undefined
    : { module: owner.module, path: [...owner.path, name.right.name] };
}
