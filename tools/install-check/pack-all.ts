import { existsSync, mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { packPackage } from "../repo-checks/pack-package.ts";
import { parseManifest } from "../repo-checks/parse-manifest.ts";
import { openRepository } from "../repo-checks/repository.ts";
import { packageNames } from "../repo-checks/source-files.ts";

/** Packs every public package and answers the tarballs by package name. Throws where one is not built. */
export function packAll(request: { root: string; into: string }): ReadonlyMap<string, string> {
  const { root, into } = request;
  mkdirSync(into, { recursive: true });
  const tarballs = new Map<string, string>();
  for (const name of packageNames(openRepository(root))) {
    const packageFolder = join(root, "packages", name);
    const manifest = parseManifest(readFileSync(join(packageFolder, "package.json"), "utf8"));
    if (manifest.private) continue;
    if (!existsSync(join(packageFolder, "dist"))) throw new Error(`packages/${name} is not built: run npm run build first`);
    tarballs.set(manifest.name, packPackage({ packageFolder, into }).tarball);
  }
  return tarballs;
}
