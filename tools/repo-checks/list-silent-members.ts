import ts from "typescript";

/** A member of a declaration without a doc comment. */
export interface SilentMember {
  readonly name: string;
  readonly node: ts.Node;
}

/**
 * The members of an interface, an object type or a class that nobody documented. Three kinds may be silent, because their
 * declaration says all: one literal (`kind: "erasure"`), a type of our own that bears the member's name (`catalogue: Catalogue`,
 * absent or not, but neither null nor several), and what the language defines (`[Symbol.asyncDispose]`, an error's `name`).
 * What a base says of a member holds for those who extend it. The variants of a union are told apart by their literals, and are documented as a whole.
 */
export function listSilentMembers(request: { declaration: ts.Declaration; checker: ts.TypeChecker }): readonly SilentMember[] {
  const { declaration, checker } = request;
  return membersOf(declaration).flatMap((member) => {
    const { name } = member;
    if (name === undefined || ts.isComputedPropertyName(name) || ts.isPrivateIdentifier(name) || isHidden(member)) return [];
    const comment = checker.getSymbolAtLocation(name)?.getDocumentationComment(checker) ?? [];
    return comment.length > 0 || saysItself({ name: name.text, member }) ? [] : [{ name: name.text, node: member }];
  });
}

function membersOf(declaration: ts.Declaration): readonly (ts.TypeElement | ts.ClassElement)[] {
  if (ts.isInterfaceDeclaration(declaration) || ts.isClassDeclaration(declaration)) return [...declaration.members];
  return ts.isTypeAliasDeclaration(declaration) ? membersOfType(declaration.type) : [];
}

function membersOfType(type: ts.TypeNode): readonly ts.TypeElement[] {
  if (ts.isTypeLiteralNode(type)) return [...type.members];
  return ts.isIntersectionTypeNode(type) ? type.types.flatMap(membersOfType) : [];
}

function isHidden(member: ts.TypeElement | ts.ClassElement): boolean {
  const hiding = ts.ModifierFlags.Private | ts.ModifierFlags.Protected | ts.ModifierFlags.Override;
  return (ts.getCombinedModifierFlags(member) & hiding) !== 0;
}

function saysItself(request: { name: string; member: ts.TypeElement | ts.ClassElement }): boolean {
  const { name, member } = request;
  const type = ts.isPropertySignature(member) || ts.isPropertyDeclaration(member) ? member.type : undefined;
  if (type === undefined) return false;
  const present = ts.isUnionTypeNode(type) ? type.types.filter(({ kind }) => kind !== ts.SyntaxKind.UndefinedKeyword) : [type];
  const [only] = present;
  if (only === undefined || present.length > 1) return false;
  if (ts.isLiteralTypeNode(only)) return only.literal.kind !== ts.SyntaxKind.NullKeyword;
  return ts.isTypeReferenceNode(only) && only.typeArguments === undefined && only.typeName.getText().toLowerCase().includes(name.toLowerCase());
}
