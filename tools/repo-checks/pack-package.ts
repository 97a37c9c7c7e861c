import { execFileSync } from "node:child_process";
import { join } from "node:path";

export interface PackedPackage {
  /** The path of the tarball. */
  readonly tarball: string;
  /** What is in it, relative to the package's folder. */
  readonly files: readonly string[];
}

/** Packs the package as `npm publish` would, into the given folder. */
export function packPackage(request: { packageFolder: string; into: string }): PackedPackage {
  const output = execFileSync("npm", ["pack", "--json", "--ignore-scripts", "--pack-destination", request.into], {
    cwd: request.packageFolder,
    encoding: "utf8",
    stdio: ["ignore", "pipe", "ignore"],
    shell: process.platform === "win32",
  });
  const parsed: unknown = JSON.parse(output);
  // npm 11 and older answer a list; newer ones an object by package name.
  const [packed] = Object.values(parsed as Record<string, { filename: string; files: { path: string }[] }>);
  if (packed === undefined) throw new Error("npm packed nothing");
  return { tarball: join(request.into, packed.filename), files: packed.files.map(({ path }) => path) };
}
