import ts from "typescript";
import { listSilentMembers } from "./list-silent-members.ts";

/** An exported symbol, or a member of one (`Clock.now`), without a doc comment of its own. */
export interface UndocumentedSymbol {
  readonly name: string;
  /** Of its declaration, absolute. */
  readonly file: string;
  /** From 1. */
  readonly line: number;
}

/**
 * What the entries export under their own names and nobody documented, where it is declared; a re-export is what it names. So
 * too the members of exported interfaces, object types and classes, save those whose name and type say it all.
 */
export function listUndocumented(request: { entries: readonly string[]; options: ts.CompilerOptions }): readonly UndocumentedSymbol[] {
  const program = ts.createProgram({ rootNames: [...request.entries], options: request.options });
  const checker = program.getTypeChecker();
  const found = new Map<string, UndocumentedSymbol>();
  for (const entry of request.entries) {
    const source = program.getSourceFile(entry);
    const module = source === undefined ? undefined : checker.getSymbolAtLocation(source);
    if (module === undefined) throw new Error(`${entry} exports nothing that the compiler can see`);
    for (const exported of checker.getExportsOfModule(module)) {
      for (const silent of listSilent({ exported, checker })) found.set(`${silent.file}:${silent.line}:${silent.name}`, silent);
    }
  }
  return [...found.values()].toSorted((a, b) => (a.file === b.file ? a.line - b.line : a.file < b.file ? -1 : 1));
}

function listSilent(request: { exported: ts.Symbol; checker: ts.TypeChecker }): readonly UndocumentedSymbol[] {
  const { exported, checker } = request;
  const symbol = exported.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(exported) : exported;
  const declaration = symbol.declarations?.[0];
  if (declaration === undefined) return [];
  const itself = symbol.getDocumentationComment(checker).length > 0 ? [] : [{ name: exported.name, node: declaration }];
  const members = listSilentMembers({ declaration, checker }).map(({ name, node }) => ({ name: `${exported.name}.${name}`, node }));
  return [...itself, ...members].map(({ name, node }) => {
    const file = node.getSourceFile();
    return { name, file: file.fileName, line: file.getLineAndCharacterOfPosition(node.getStart()).line + 1 };
  });
}
