import ts from "typescript";

/** An exported symbol without a doc comment of its own. */
export interface UndocumentedSymbol {
  readonly name: string;
  /** Of its declaration, absolute. */
  readonly file: string;
  /** From 1. */
  readonly line: number;
}

/** What the entries export under their own names and nobody documented, where it is declared; a re-export is what it names. */
export function listUndocumented(request: { entries: readonly string[]; options: ts.CompilerOptions }): readonly UndocumentedSymbol[] {
  const program = ts.createProgram({ rootNames: [...request.entries], options: request.options });
  const checker = program.getTypeChecker();
  const found = new Map<string, UndocumentedSymbol>();
  for (const entry of request.entries) {
    const source = program.getSourceFile(entry);
    const module = source === undefined ? undefined : checker.getSymbolAtLocation(source);
    if (module === undefined) throw new Error(`${entry} exports nothing that the compiler can see`);
    for (const exported of checker.getExportsOfModule(module)) {
      const symbol = exported.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(exported) : exported;
      const declaration = symbol.declarations?.[0];
      if (declaration === undefined || symbol.getDocumentationComment(checker).length > 0) continue;
      const file = declaration.getSourceFile();
      const line = file.getLineAndCharacterOfPosition(declaration.getStart()).line + 1;
      found.set(`${file.fileName}:${line}`, { name: exported.name, file: file.fileName, line });
    }
  }
  return [...found.values()].toSorted((a, b) => (a.file === b.file ? a.line - b.line : a.file < b.file ? -1 : 1));
}
