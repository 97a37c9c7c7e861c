import ts from "typescript";
import type { Rule } from "../rule.ts";
import { sourceFiles } from "../source-files.ts";

/** Classes are for errors, and unions of literals stand where enums would; nothing needs more of the language. */
export const declarationShapes: Rule = {
  name: "declaration-shapes",
  check(repository) {
    return sourceFiles(repository).filter((path) => !path.endsWith(".d.ts")).flatMap((path) => {
      const source = ts.createSourceFile(path, repository.read(path), ts.ScriptTarget.Latest, true);
      const violations: { path: string; line: number; message: string }[] = [];
      const visit = (node: ts.Node): void => {
        const message = judge({ node, source });
        const line = source.getLineAndCharacterOfPosition(node.getStart(source)).line + 1;
        if (message !== null) violations.push({ path, line, message });
        ts.forEachChild(node, visit);
      };
      visit(source);
      return violations;
    });
  },
};

function judge(request: { node: ts.Node; source: ts.SourceFile }): string | null {
  const { node, source } = request;
  if (ts.isEnumDeclaration(node)) return "a union of literals instead of an enum";
  if (!ts.isClassLike(node)) return null;
  const parent = node.heritageClauses?.find((clause) => clause.token === ts.SyntaxKind.ExtendsKeyword)?.types[0];
  return parent !== undefined && parent.expression.getText(source).endsWith("Error")
    ? null
    : "classes are for errors only: a factory that returns an object instead";
}
