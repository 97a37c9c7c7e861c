/** What the checks read of one package in the lockfile. */
export interface LockedPackage {
  readonly version?: string;
  readonly license?: string;
  readonly link?: boolean;
  /** Of a link: the folder of the workspace's package. */
  readonly resolved?: string;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

export type LockedPackages = Readonly<Record<string, LockedPackage>>;

/** The locked place of a package as Node finds it: beside the one that asks, then a folder further out each time. Null where it is not locked. */
export function findLocked(request: { name: string; from: string; packages: LockedPackages }): string | null {
  let folder = request.from;
  for (;;) {
    const candidate = folder === "" ? `node_modules/${request.name}` : `${folder}/node_modules/${request.name}`;
    if (candidate in request.packages) return candidate;
    if (folder === "") return null;
    const end = folder.lastIndexOf("/node_modules/");
    folder = end === -1 ? "" : folder.slice(0, end);
  }
}
