import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { performance } from "node:perf_hooks";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { CommandFailure } from "./command-failure.ts";
import { installProject } from "./install-project.ts";
import { packAll } from "./pack-all.ts";
import { ONE_PROJECT, STRANGER_PROJECTS, type StrangerProject } from "./stranger-projects.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));

/**
 * Installs what would be published into projects outside the workspace, and runs them there. Needs a build, and the
 * registry that npm is configured with. Answers 1 where a project does not install, compile or do what it says.
 */
function checkInstall(projects: readonly StrangerProject[]): number {
  const folder = mkdtempSync(join(tmpdir(), "volenti-strangers-"));
  let failed = 0;
  try {
    const tarballs = packAll({ root, into: join(folder, "tarballs") });
    for (const project of projects) {
      const from = performance.now();
      try {
        project.run(installProject({ root, project, tarballs, into: join(folder, project.name) }));
        process.stdout.write(`${project.name}: fine, ${Math.round((performance.now() - from) / 100) / 10} s\n`);
      } catch (error) {
        if (!(error instanceof CommandFailure)) throw error;
        failed += 1;
        process.stdout.write(`${project.name}: ${error.message}\n`);
      }
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  process.stdout.write(`${projects.length} projects, ${failed} failed\n`);
  return failed === 0 ? 0 : 1;
}

const { values } = parseArgs({ options: { together: { type: "boolean", default: false } } });
process.exitCode = checkInstall(values.together ? [ONE_PROJECT] : STRANGER_PROJECTS);
