import { posix } from "node:path";
import { listImports, packageNameOf } from "../list-imports.ts";
import type { Rule } from "../rule.ts";
import { packageOf, sourceFiles } from "../source-files.ts";

/** Which workspace packages a package's sources may import. A package that is not here is an adapter: core, and the HTTP transport. */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  core: [],
  node: ["core"],
  jurisdictions: ["core"],
  "http-transport": ["core"],
  governance: ["core", "jurisdictions"],
  conformance: ["core"],
  emulators: [],
  // Adapters come from the configuration; the emulators only for `volenti emulate`.
  cli: ["core", "node", "jurisdictions", "governance", "emulators"],
};
const ADAPTER_MAY_IMPORT = ["core", "http-transport"];

/** Arrows run one way, and cross a package's border only through its exports. */
export const packageArrows: Rule = {
  name: "package-arrows",
  check(repository) {
    return sourceFiles(repository).flatMap((path) => {
      const own = packageOf(path) ?? "";
      return listImports(repository.read(path)).flatMap(({ specifier, line }) => {
        const message = judge({ path, own, specifier });
        return message === null ? [] : [{ path, line, message }];
      });
    });
  },
};

function judge(request: { path: string; own: string; specifier: string }): string | null {
  const { path, own, specifier } = request;
  if (specifier.startsWith(".")) {
    const target = posix.join(posix.dirname(path), specifier);
    return target.startsWith(`packages/${own}/src/`) || target === `packages/${own}/package.json`
      ? null
      : "a relative import leaves the package's src folder; import another package by its name";
  }
  const name = packageNameOf(specifier);
  if (name === null || !name.startsWith("@volenti/")) return null;
  const other = name.slice("@volenti/".length);
  if (other === own) return "a package imports its own files by relative path, not by its own name";
  const allowed = MAY_IMPORT[own] ?? ADAPTER_MAY_IMPORT;
  return allowed.includes(other) ? null : `${own} must not import ${name} (ARCHITECTURE.md, the rooms)`;
}
