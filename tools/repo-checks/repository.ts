import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** The files that git knows or would add: neither builds nor installs. */
export interface Repository {
  /** Paths from the root, with forward slashes, sorted. */
  readonly files: readonly string[];
  read(path: string): string;
  /** The mode that git has committed or staged (`100755`); null for a file that it does not track. */
  trackedMode(path: string): string | null;
}

export function openRepository(root: string): Repository {
  const listed = git({ root, arguments: ["ls-files", "--cached", "--others", "--exclude-standard", "-z"] });
  const files = listed.filter((path) => existsSync(join(root, path)));
  const modes = new Map<string, string>();
  for (const entry of git({ root, arguments: ["ls-files", "--stage", "-z"] })) {
    const [description = "", path = ""] = entry.split("\t");
    modes.set(path, description.slice(0, 6));
  }
  return {
    files: [...new Set(files)].toSorted(),
    read: (path) => readFileSync(join(root, path), "utf8"),
    trackedMode: (path) => modes.get(path) ?? null,
  };
}

function git(request: { root: string; arguments: string[] }): string[] {
  const output = execFileSync("git", request.arguments, { cwd: request.root, encoding: "utf8", maxBuffer: 64 * 1024 * 1024 });
  return output.split("\0").filter((entry) => entry !== "");
}
