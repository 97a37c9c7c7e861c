import { readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";

/** The texts of the package that an administrator deploys, by path. */
export function readSourceFolder(): ReadonlyMap<string, string> {
  const root = fileURLToPath(new URL("../../force-app", import.meta.url));
  const entries = readdirSync(root, { recursive: true, withFileTypes: true });
  return new Map(
    entries.filter((entry) => entry.isFile()).map((entry) => {
      const path = join(entry.parentPath, entry.name);
      return [relative(root, path), readFileSync(path, "utf8")];
    }),
  );
}
