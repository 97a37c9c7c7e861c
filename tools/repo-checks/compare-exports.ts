import { posix } from "node:path";
import { listImports } from "./list-imports.ts";

/**
 * Whether exports and built files are the same both ways: what is exported is built, and what is built is exported or
 * imported by something that is. Paths are relative to the package's folder.
 */
export function compareExports(request: {
  exports: Readonly<Record<string, unknown>>;
  /** What lies in `dist`. */
  files: readonly string[];
  exists: (path: string) => boolean;
  read: (path: string) => string;
}): readonly string[] {
  const targets = Object.values(request.exports).flatMap(listTargets);
  const absent = targets.filter((path) => !request.exists(path));
  const reached = reach({ ...request, targets: targets.filter((path) => request.exists(path)) });
  const modules = request.files.filter((path) => /\.(?:js|d\.ts)$/.test(path));
  return [
    ...absent.map((path) => `${path} is exported, and not there`),
    ...modules.filter((path) => !reached.has(path)).map((path) => `${path} is built, and no export leads to it`),
  ];
}

/** The files behind one export, conditions of this workspace included. */
function listTargets(target: unknown): readonly string[] {
  if (typeof target === "string") return [posix.normalize(target)];
  return typeof target === "object" && target !== null ? Object.values(target).flatMap(listTargets) : [];
}

function reach(request: {
  targets: readonly string[];
  files: readonly string[];
  read: (path: string) => string;
}): ReadonlySet<string> {
  const built = new Set(request.files);
  const reached = new Set<string>();
  const waiting = request.targets.filter((path) => built.has(path));
  for (let path = waiting.pop(); path !== undefined; path = waiting.pop()) {
    if (reached.has(path)) continue;
    reached.add(path);
    for (const { specifier } of listImports(request.read(path))) {
      const target = posix.join(posix.dirname(path), specifier);
      // Declarations import `./a.js` and mean `./a.d.ts`.
      const candidate = path.endsWith(".d.ts") ? target.replace(/\.js$/, ".d.ts") : target;
      if (specifier.startsWith(".") && built.has(candidate)) waiting.push(candidate);
    }
  }
  return reached;
}
