import { access, readdir } from "node:fs/promises";
import { delimiter, join } from "node:path";

const DEBIAN_FOLDER = "/usr/lib/postgresql";

/** The folder with `initdb` and `postgres`, the newest version first; null where there is none. Debian leaves it out of PATH. */
export async function findPostgresqlPrograms(): Promise<string | null> {
  const versions = await readdir(DEBIAN_FOLDER).catch(() => []);
  const debian = versions.toSorted((left, right) => Number(right) - Number(left)).map((version) => join(DEBIAN_FOLDER, version, "bin"));
  const fromPath = (process.env["PATH"] ?? "").split(delimiter).filter((folder) => folder !== "");
  for (const folder of [...debian, ...fromPath]) {
    const isComplete = await Promise.all([access(join(folder, "initdb")), access(join(folder, "postgres"))]).then(
      () => true,
      () => false,
    );
    if (isComplete) return folder;
  }
  return null;
}
