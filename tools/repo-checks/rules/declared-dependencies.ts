import { isBuiltin } from "node:module";
import { listImports, packageNameOf } from "../list-imports.ts";
import { parseManifest } from "../parse-manifest.ts";
import type { Repository } from "../repository.ts";
import type { Rule } from "../rule.ts";
import { packageNames } from "../source-files.ts";
import type { Violation } from "../violation.ts";

/** Every import is declared where it is used: sources in dependencies or peers, tests in devDependencies or the root's. */
export const declaredDependencies: Rule = {
  name: "declared-dependencies",
  check: (repository) => packageNames(repository).flatMap((name) => checkPackage({ repository, name })),
};

function checkPackage(request: { repository: Repository; name: string }): readonly Violation[] {
  const { repository, name } = request;
  const folder = `packages/${name}/`;
  const manifest = parseManifest(repository.read(`${folder}package.json`));
  const root = parseManifest(repository.read("package.json"));
  const shipped = new Set([manifest.name, ...manifest.dependencies, ...manifest.peerDependencies]);
  const atHome = new Set([...shipped, ...manifest.devDependencies, ...root.devDependencies]);
  const files = repository.files.filter((path) => path.startsWith(folder) && /\.m?[tj]s$/.test(path));
  return files.flatMap((path) => {
    const declared = path.startsWith(`${folder}src/`) || path.startsWith(`${folder}bin/`) ? shipped : atHome;
    return listImports(repository.read(path)).flatMap(({ specifier, line }) => {
      const imported = packageNameOf(specifier);
      if (imported === null || declared.has(imported)) return [];
      const message = isBuiltin(specifier)
        ? `${specifier} is a module of Node: write node:${specifier}`
        : `${imported} is not declared in ${folder}package.json`;
      return [{ path, line, message }];
    });
  });
}
