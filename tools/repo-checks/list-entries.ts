/** An entry of a package that holds code: what an adopter imports, and the files that are built for it. */
export interface PackageEntry {
  /** `@volenti/core/adapter`. */
  readonly specifier: string;
  /** Relative to the package's folder, as its exports say; so are the other two. */
  readonly source: string;
  readonly declarations: string;
  readonly code: string;
}

/** The entries of a package's exports that were built from a source; schemas and the manifest are none. */
export function listEntries(request: { packageName: string; exports: Readonly<Record<string, unknown>> }): readonly PackageEntry[] {
  return Object.entries(request.exports).flatMap(([entry, target]) => {
    if (typeof target !== "object" || target === null) return [];
    const { "@volenti/source": source, types, default: code } = target as Record<string, unknown>;
    return [{ specifier: entry.replace(/^\./, request.packageName), source: String(source), declarations: String(types), code: String(code) }];
  });
}
