import { cpSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { runCommand } from "./run-command.ts";
import type { StrangerProject } from "./stranger-projects.ts";

/** Makes the project's folder, installs into it what its `package.json` would name, and answers the folder. */
export function installProject(request: {
  root: string;
  project: Omit<StrangerProject, "run">;
  tarballs: ReadonlyMap<string, string>;
  into: string;
}): string {
  const { root, project, tarballs, into } = request;
  mkdirSync(into, { recursive: true });
  for (const template of project.templates) cpSync(join(import.meta.dirname, "projects", template), into, { recursive: true });
  writeFileSync(join(into, "package.json"), JSON.stringify(toManifest({ root, project, tarballs }), null, 2));
  // No package of ours or below it needs an install script to work.
  runCommand({ folder: into, command: "npm", arguments: ["install", "--prefer-offline", "--no-audit", "--no-fund", "--ignore-scripts", "--loglevel=error"] });
  return into;
}

/** Ours come from the tarballs, asked for or brought along by another; a package that is in none is the registry's to have, or to miss. */
function toManifest(request: { root: string; project: Omit<StrangerProject, "run">; tarballs: ReadonlyMap<string, string> }): object {
  const { root, project, tarballs } = request;
  const files = new Map([...tarballs].map(([name, path]) => [name, pathToFileURL(path).href]));
  const asked = project.packages === "all" ? [...files.keys()] : project.packages;
  return {
    name: `stranger-${project.name}`,
    version: "1.0.0",
    private: true,
    type: project.type,
    dependencies: Object.fromEntries(asked.map((name) => [name, files.get(name)])),
    devDependencies: pickVersions({ root, names: project.tools }),
    overrides: Object.fromEntries([...files].filter(([name]) => !asked.includes(name))),
  };
}

/** The workspace's own versions of the tools. */
function pickVersions(request: { root: string; names: readonly string[] }): Readonly<Record<string, string | undefined>> {
  const { devDependencies } = JSON.parse(readFileSync(join(request.root, "package.json"), "utf8")) as { devDependencies: Record<string, string> };
  return Object.fromEntries(request.names.map((name) => [name, devDependencies[name]]));
}
