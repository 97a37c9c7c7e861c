import { readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { defaultServerConditions } from "vite";
import { defineConfig } from "vitest/config";

const refuseNetwork = fileURLToPath(new URL("./tools/test-support/refuse-network.ts", import.meta.url));
const packages = readdirSync(new URL("./packages", import.meta.url));

export default defineConfig({
  // Workspace imports resolve to sources, so that no build is needed to test.
  ssr: { resolve: { conditions: ["@volenti/source", ...defaultServerConditions] } },
  test: {
    // Only what hangs fails by it: property tests and servers are slow on a busy machine, and no test measures time.
    testTimeout: 180_000,
    hookTimeout: 180_000,
    // One a core: many tests wait for a database or a process of theirs, and Vitest would leave a core to itself.
    maxWorkers: "100%",
    projects: [
      ...packages.map((name) => ({
        extends: true as const,
        test: {
          name,
          root: `./packages/${name}`,
          include: ["test/**/*.test.ts"],
          setupFiles: [refuseNetwork],
        },
      })),
      {
        extends: true as const,
        test: { name: "examples", root: "./examples", include: ["test/**/*.test.ts"], setupFiles: [refuseNetwork] },
      },
      { extends: true as const, test: { name: "tools", root: "./tools", include: ["*/test/**/*.test.ts"] } },
    ],
    reporters: ["default", ["json", { outputFile: fileURLToPath(new URL("./node_modules/.vitest-report.json", import.meta.url)) }]],
    coverage: { provider: "v8", include: ["packages/*/src/**"] },
  },
});
