import { gzipSync } from "node:zlib";
import { build } from "esbuild";
import type { SizeBudget } from "./size-budgets.ts";

/** Whether each entry of a built package fits its budget. Entries are built files by the specifier that names them. */
export async function checkSize(request: {
  entries: Readonly<Record<string, string>>;
  /** What the package depends on, peers included: apart, unless a budget includes it. */
  dependencies: readonly string[];
  budgets: Readonly<Record<string, SizeBudget>>;
}): Promise<readonly string[]> {
  const { dependencies, budgets } = request;
  const problems: string[] = [];
  for (const [specifier, path] of Object.entries(request.entries)) {
    const budget = budgets[specifier];
    if (budget === undefined) {
      problems.push(`${specifier} has no size budget (tools/repo-checks/size-budgets.ts)`);
      continue;
    }
    const apart = dependencies.filter((name) => !(budget.including ?? []).includes(name));
    const size = (await measureBytes({ path, apart })) / 1000;
    if (size <= budget.limitInKilobytes) continue;
    problems.push(`${specifier} is ${size.toFixed(1)} kB minified and gzipped, over its budget of ${budget.limitInKilobytes} kB`);
  }
  return problems;
}

async function measureBytes(request: { path: string; apart: readonly string[] }): Promise<number> {
  const { outputFiles } = await build({
    entryPoints: [request.path],
    external: [...request.apart],
    bundle: true,
    minify: true,
    format: "esm",
    target: "node22",
    platform: "node",
    legalComments: "none",
    write: false,
  });
  return outputFiles.reduce((sum, { contents }) => sum + gzipSync(contents, { level: 9 }).byteLength, 0);
}
