import { join, relative } from "node:path";
import ts from "typescript";
import { listEntries } from "../list-entries.ts";
import { listUndocumented } from "../list-undocumented.ts";
import { parseManifest } from "../parse-manifest.ts";
import type { Rule } from "../rule.ts";
import { packageNames } from "../source-files.ts";

/** Whatever a public package exports says in a doc comment what it is, and so does each of its members. Reads the files under `root`, through the compiler. */
export function documentedExports(settings: { root: string }): Rule {
  return {
    name: "documented-exports",
    check(repository) {
      const entries = packageNames(repository).flatMap((name) => {
        const manifest = parseManifest(repository.read(`packages/${name}/package.json`));
        const entriesOf = listEntries({ packageName: manifest.name, exports: manifest.exports });
        return manifest.private ? [] : entriesOf.map(({ source }) => join(settings.root, "packages", name, source));
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

function readOptions(root: string): ts.CompilerOptions {
  const { config } = ts.readConfigFile(join(root, "tsconfig.base.json"), (path) => ts.sys.readFile(path)) as { config: unknown };
  return ts.parseJsonConfigFileContent(config, ts.sys, root).options;
}
