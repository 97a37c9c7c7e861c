import ts from "typescript";

export interface ImportedModule {
  readonly specifier: string;
  /** From 1. */
  readonly line: number;
}

/** Every module that a file names: imports, re-exports, types, and dynamic imports of a literal. */
export function listImports(text: string): readonly ImportedModule[] {
  const found = ts.preProcessFile(text, true, true).importedFiles;
  return found.map((file) => ({ specifier: file.fileName, line: text.slice(0, file.pos).split("\n").length }));
}

/** `@scope/name/deep` is `@scope/name`; null for relative paths and for what Node brings. */
export function packageNameOf(specifier: string): string | null {
  if (specifier.startsWith(".") || specifier.startsWith("/") || specifier.startsWith("node:")) return null;
  const parts = specifier.split("/");
  return specifier.startsWith("@") ? parts.slice(0, 2).join("/") : (parts[0] ?? null);
}
