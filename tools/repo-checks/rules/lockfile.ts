import { findLocked, type LockedPackage, type LockedPackages } from "../locked-packages.ts";
import type { Repository } from "../repository.ts";
import type { Rule } from "../rule.ts";
import type { Violation } from "../violation.ts";

interface DownloadedPackage extends LockedPackage {
  readonly integrity?: string;
  readonly inBundle?: boolean;
}

const PATH = "package-lock.json";

/**
 * npm drops an optional platform package from the lockfile without a word when it cannot find it, and `npm ci` then
 * fails elsewhere; and a download address in the lockfile ties everybody to one registry.
 */
export const lockfile: Rule = {
  name: "lockfile",
  check(repository) {
    const { packages } = JSON.parse(repository.read(PATH)) as { packages: Readonly<Record<string, DownloadedPackage>> };
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
  packages: LockedPackages;
}): readonly Violation[] {
  const manifests = request.repository.files.filter((path) => /^(?:(?:packages|tools)\/[^/]+|benchmarks|examples)\/package\.json$/.test(path));
  const folders = manifests.map((path) => path.replace(/\/package\.json$/, ""));
  const unlocked = folders.filter((folder) => !(folder in request.packages));
  return unlocked.map((folder) => ({ path: PATH, message: `${folder} is not locked: refresh the lockfile, or npm ci fails` }));
}

function checkSource(request: { path: string; locked: DownloadedPackage }): readonly Violation[] {
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
  packages: LockedPackages;
}): readonly Violation[] {
  const names = Object.keys(request.locked.optionalDependencies ?? {});
  const missing = names.filter((name) => findLocked({ name, from: request.path, packages: request.packages }) === null);
  return missing.map((name) => ({ path: PATH, message: `${request.path || "the root"} wants ${name}, which is not locked` }));
}
