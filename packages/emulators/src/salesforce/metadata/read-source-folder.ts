import { readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";

/**
 * The metadata files of an SFDX source folder, as `applySourceFolder` takes them: texts by path, counted from the
 * folder, with slashes. Empty where it holds none. Throws what the file system throws.
 */
export function readSourceFolder(folder: string): ReadonlyMap<string, string> {
  const paths = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith("-meta.xml"))
    .map((entry) => join(entry.parentPath, entry.name))
    .toSorted();
  return new Map(paths.map((path) => [relative(folder, path).replaceAll("\\", "/"), readFileSync(path, "utf8")]));
}
