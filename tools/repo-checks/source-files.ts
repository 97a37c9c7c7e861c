import type { Repository } from "./repository.ts";

/** TypeScript that ships: the sources of packages. */
export function sourceFiles(repository: Repository): readonly string[] {
  return repository.files.filter((path) => /^packages\/[^/]+\/src\/.*\.m?ts$/.test(path));
}

/** All code of the repository, tests and tools included. */
export function codeFiles(repository: Repository): readonly string[] {
  return repository.files.filter((path) => /\.(?:m?ts|m?js)$/.test(path) && !path.endsWith(".d.ts"));
}

/** The folder names under `packages/`. */
export function packageNames(repository: Repository): readonly string[] {
  const names = repository.files.flatMap((path) => /^packages\/([^/]+)\/package\.json$/.exec(path)?.[1] ?? []);
  return [...new Set(names)];
}

/** The package a path lies in; null outside `packages/`. */
export function packageOf(path: string): string | null {
  return /^packages\/([^/]+)\//.exec(path)?.[1] ?? null;
}
