import { findLocked, type LockedPackages } from "./locked-packages.ts";

/** A library that an adopter of the public packages installs with them. */
export interface ThirdParty {
  readonly name: string;
  readonly version: string;
  /** An SPDX expression; null where the package names none. */
  readonly licence: string | null;
  /** The public packages that bring it along, directly or through others; sorted. */
  readonly broughtBy: readonly string[];
}

/** Everything that the given workspace folders depend on, all the way down; by name, then version. */
export function listThirdParties(request: { folders: readonly string[]; packages: LockedPackages }): readonly ThirdParty[] {
  const { folders, packages } = request;
  const found = new Map<string, { place: string; broughtBy: Set<string> }>();
  for (const folder of folders) {
    for (const place of reach({ folder, packages })) {
      const entry = found.get(place) ?? { place, broughtBy: new Set<string>() };
      entry.broughtBy.add(folder.replace("packages/", ""));
      found.set(place, entry);
    }
  }
  const listed = [...found.values()].map(({ place, broughtBy }) => ({
    name: place.slice(place.lastIndexOf("node_modules/") + "node_modules/".length),
    version: packages[place]?.version ?? "",
    licence: packages[place]?.license ?? null,
    broughtBy: [...broughtBy].toSorted(),
  }));
  return listed.toSorted((a, b) => compareText(a.name, b.name) || compareText(a.version, b.version));
}

/** The places in the lockfile of all that one folder needs to run; packages of the workspace are walked through, not listed. */
function reach(request: { folder: string; packages: LockedPackages }): ReadonlySet<string> {
  const { folder, packages } = request;
  const seen = new Set([folder]);
  const waiting = [folder];
  for (let from = waiting.pop(); from !== undefined; from = waiting.pop()) {
    const { dependencies = {}, optionalDependencies = {} } = packages[from] ?? {};
    for (const name of Object.keys({ ...dependencies, ...optionalDependencies })) {
      const place = findLocked({ name, from, packages });
      if (place === null) continue;
      const locked = packages[place];
      const target = locked?.link === true ? (locked.resolved ?? place) : place;
      if (seen.has(target)) continue;
      seen.add(target);
      waiting.push(target);
    }
  }
  return new Set([...seen].filter((place) => place.includes("node_modules/")));
}

function compareText(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
