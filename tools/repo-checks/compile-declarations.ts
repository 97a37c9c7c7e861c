import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { listEntries } from "./list-entries.ts";
import { runTypeScript } from "./run-type-script.ts";

/**
 * Compiles the built declarations as an adopter without our settings does: no source condition, and libraries checked.
 * What other libraries' declarations get wrong is theirs.
 */
export function compileDeclarations(request: {
  root: string;
  packageName: string;
  exports: Readonly<Record<string, unknown>>;
}): readonly string[] {
  const cache = join(request.root, "node_modules/.cache");
  mkdirSync(cache, { recursive: true });
  const folder = mkdtempSync(join(cache, "volenti-adopter-"));
  try {
    const imports = listEntries(request).map(({ specifier }, index) => `export * as entry${index} from "${specifier}";\n`);
    writeFileSync(join(folder, "adopter.mts"), imports.join(""));
    writeFileSync(join(folder, "tsconfig.json"), JSON.stringify({ compilerOptions: ADOPTER_OPTIONS, include: ["*.mts"] }));
    return runTypeScript({ root: request.root, folder })
      .filter(({ file }) => !file.includes("node_modules/") && (file === "adopter.mts" || file.includes("/dist/")))
      .map(({ file, line, message }) => `${file.replace(/^(?:\.\.\/)+/, "")}:${line} ${message}`);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const ADOPTER_OPTIONS = {
  target: "es2023",
  lib: ["es2024", "esnext.disposable"],
  module: "nodenext",
  types: ["node"],
  strict: true,
  exactOptionalPropertyTypes: true,
  skipLibCheck: false,
};
