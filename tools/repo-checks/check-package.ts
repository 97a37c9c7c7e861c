import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { checkSize } from "./check-size.ts";
import { checkTarball } from "./check-tarball.ts";
import { compareExports } from "./compare-exports.ts";
import { compileDeclarations } from "./compile-declarations.ts";
import { lintTarball } from "./lint-tarball.ts";
import { listEntries } from "./list-entries.ts";
import { packPackage } from "./pack-package.ts";
import { parseManifest } from "./parse-manifest.ts";
import { SIZE_BUDGETS } from "./size-budgets.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));

/** Checks the built package in the current folder as its adopters will get it. */
async function checkPackage(packageFolder: string): Promise<readonly string[]> {
  const manifest = parseManifest(readFileSync(join(packageFolder, "package.json"), "utf8"));
  if (manifest.private) return [];
  const built = join(packageFolder, "dist");
  if (!existsSync(built)) return ["dist is missing: run npm run build first"];
  const files = readdirSync(built, { recursive: true, encoding: "utf8" });
  const entries = listEntries({ packageName: manifest.name, exports: manifest.exports });
  const temporary = mkdtempSync(join(tmpdir(), "volenti-pack-"));
  try {
    const packed = packPackage({ packageFolder, into: temporary });
    return [
      ...compareExports({
        exports: manifest.exports,
        files: files.map((path) => `dist/${path.replaceAll("\\", "/")}`),
        exists: (path) => existsSync(join(packageFolder, path)),
        read: (path) => readFileSync(join(packageFolder, path), "utf8"),
      }),
      ...compileDeclarations({ root, packageName: manifest.name, exports: manifest.exports }),
      ...(await checkSize({
        entries: Object.fromEntries(entries.map(({ specifier, code }) => [specifier, join(packageFolder, code)])),
        dependencies: [...manifest.dependencies, ...manifest.peerDependencies],
        budgets: SIZE_BUDGETS,
      })),
      ...checkTarball(packed.files),
      ...(await lintTarball(packed.tarball)),
    ];
  } finally {
    rmSync(temporary, { recursive: true, force: true });
  }
}

const problems = await checkPackage(process.cwd());
for (const problem of problems) process.stdout.write(`${problem}\n`);
process.exitCode = problems.length === 0 ? 0 : 1;
