import { listImports, packageNameOf } from "../list-imports.ts";
import type { Rule } from "../rule.ts";
import { sourceFiles } from "../source-files.ts";

const ALLOWED: ReadonlySet<string> = new Set(["zod", "p-retry"]);

/** core runs anywhere: zod and p-retry and nothing else, no module of Node, and p-retry in one file. */
export const coreImports: Rule = {
  name: "core-imports",
  check(repository) {
    const files = sourceFiles(repository).filter((path) => path.startsWith("packages/core/src/"));
    const imports = files.flatMap((path) => listImports(repository.read(path)).map((found) => ({ path, ...found })));
    const foreign = imports.filter(({ specifier }) => {
      const name = packageNameOf(specifier);
      return specifier.startsWith("node:") || (name !== null && !ALLOWED.has(name) && !name.startsWith("@volenti/"));
    });
    const retrying = imports.filter(({ specifier }) => specifier === "p-retry");
    return [
      ...foreign.map(({ path, line, specifier }) => ({ path, line, message: `core must not import ${specifier}` })),
      ...retrying.slice(1).map(({ path, line }) => ({ path, line, message: "p-retry is wrapped in one file of core" })),
    ];
  },
};
