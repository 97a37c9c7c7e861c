import type { Options } from "tsup";

/** The one way a package of this repository is built: ESM, declarations, source maps. */
export function libraryPreset(options: { entry: string[]; external?: string[] }): Options {
  return {
    entry: options.entry,
    external: options.external ?? [],
    format: ["esm"],
    target: "node22",
    platform: "neutral",
    dts: true,
    sourcemap: true,
    clean: true,
    splitting: true,
    treeshake: false,
  };
}
