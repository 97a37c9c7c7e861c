import { readFileSync } from "node:fs";
import type { Options } from "tsup";

/**
 * The one way a package of this repository is built: ESM, declarations, source maps. The entries are the package's
 * own exports, so that what is promised and what is built cannot differ; run in the package's folder.
 *
 * `neutral` is for what runs anywhere: a module of Node fails the build.
 */
export function libraryPreset(options: { platform: "neutral" | "node" }): Options {
  return {
    entry: readEntries(),
    format: ["esm"],
    target: "node22",
    platform: options.platform,
    tsconfig: "../../tsconfig.base.json",
    // Declarations see the siblings as an adopter does: built.
    dts: { compilerOptions: { customConditions: [], noEmit: false, incremental: false } },
    // Modules that exist only under `node:` would be lost, and bundlers for the browser misled.
    removeNodeProtocol: false,
    sourcemap: true,
    clean: true,
    splitting: true,
    treeshake: false,
  };
}

/** Entry name by source file, from the exports that have a source. */
function readEntries(): Record<string, string> {
  const manifest = JSON.parse(readFileSync("package.json", "utf8")) as { exports: Record<string, unknown> };
  const entries: Record<string, string> = {};
  for (const target of Object.values(manifest.exports)) {
    if (typeof target !== "object" || target === null || !("@volenti/source" in target)) continue;
    const source = String(target["@volenti/source"]);
    entries[source.replace(/^\.\/src\//, "").replace(/\.ts$/, "")] = source;
  }
  return entries;
}
