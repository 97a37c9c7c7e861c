import type { Repository } from "../repository.ts";
import type { Rule } from "../rule.ts";
import type { Violation } from "../violation.ts";

interface LockedPackage {
  readonly version?: string;
  readonly resolved?: string;
  readonly integrity?: string;
  readonly link?: boolean;
  readonly inBundle?: boolean;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

const PATH = "package-lock.json";

/**
 * npm drops an optional platform package from the lockfile without a word when it cannot find it, and `npm ci` then
 * fails elsewhere; and a download address in the lockfile ties everybody to one registry.
 */
export const lockfile: Rule = {
  name: "lockfile",
  check(repository) {
    const { packages } = JSON.parse(repository.read(PATH)) as { packages: Readonly<Record<string, LockedPackage>> };
    const problems = Object.entries(packages).flatMap(([path, locked]) => [
      ...checkSource({ path, locked }),
      ...missingOptional({ path, locked, packages }),
    ]);
    return [...problems, ...unlockedWorkspaces({ repository, packages })];
  },
};

/** `npm ci` refuses to install anything when a package of the workspace is not in the lockfile. */
function unlockedWorkspaces(request: {
  repository: Repository;
  packages: Readonly<Record<string, LockedPackage>>;
}): readonly Violation[] {
  const manifests = request.repository.files.filter((path) => /^(?:(?:packages|tools)\/[^/]+|benchmarks|examples)\/package\.json$/.test(path));
  const folders = manifests.map((path) => path.replace(/\/package\.json$/, ""));
  const unlocked = folders.filter((folder) => !(folder in request.packages));
  return unlocked.map((folder) => ({ path: PATH, message: `${folder} is not locked: refresh the lockfile, or npm ci fails` }));
}

function checkSource(request: { path: string; locked: LockedPackage }): readonly Violation[] {
  const { path, locked } = request;
  if (!path.includes("node_modules/") || locked.link === true) return [];
  if (locked.resolved !== undefined) return [{ path: PATH, message: `${path} records a download address` }];
  if (locked.integrity === undefined && locked.inBundle !== true) {
    return [{ path: PATH, message: `${path} has no integrity hash` }];
  }
  return [];
}

function missingOptional(request: {
  path: string;
  locked: LockedPackage;
  packages: Readonly<Record<string, LockedPackage>>;
}): readonly Violation[] {
  const names = Object.keys(request.locked.optionalDependencies ?? {});
  const missing = names.filter((name) => !isInstalled({ name, from: request.path, packages: request.packages }));
  return missing.map((name) => ({ path: PATH, message: `${request.path || "the root"} wants ${name}, which is not locked` }));
}

/** As Node looks a package up: beside the one that asks, then a folder further out each time. */
function isInstalled(request: { name: string; from: string; packages: Readonly<Record<string, LockedPackage>> }): boolean {
  let folder = request.from;
  for (;;) {
    const candidate = folder === "" ? `node_modules/${request.name}` : `${folder}/node_modules/${request.name}`;
    if (candidate in request.packages) return true;
    if (folder === "") return false;
    const end = folder.lastIndexOf("/node_modules/");
    folder = end === -1 ? "" : folder.slice(0, end);
  }
}
