import { join, relative } from "node:path";
import ts from "typescript";
import { listUndocumented } from "../list-undocumented.ts";
import { parseManifest } from "../parse-manifest.ts";
import type { Rule } from "../rule.ts";
import { packageNames } from "../source-files.ts";

/** Whatever a public package exports says in a doc comment what it is. Reads the files under `root`, through the compiler. */
export function documentedExports(settings: { root: string }): Rule {
  return {
    name: "documented-exports",
    check(repository) {
      const entries = packageNames(repository).flatMap((name) => {
        const manifest = parseManifest(repository.read(`packages/${name}/package.json`));
        return manifest.private ? [] : sourceEntries(manifest.exports).map((source) => join(settings.root, "packages", name, source));
      });
      const found = listUndocumented({ entries, options: readOptions(settings.root) });
      return found.map(({ name, file, line }) => ({
        path: relative(settings.root, file).replaceAll("\\", "/"),
        line,
        message: `${name} is exported, and no doc comment says what it is`,
      }));
    },
  };
}

function sourceEntries(exports: Readonly<Record<string, unknown>>): readonly string[] {
  return Object.values(exports).flatMap((target) => {
    const source = typeof target === "object" && target !== null ? (target as Record<string, unknown>)["@volenti/source"] : undefined;
    return typeof source === "string" ? [source] : [];
  });
}

function readOptions(root: string): ts.CompilerOptions {
  const { config } = ts.readConfigFile(join(root, "tsconfig.base.json"), (path) => ts.sys.readFile(path)) as { config: unknown };
  return ts.parseJsonConfigFileContent(config, ts.sys, root).options;
}
