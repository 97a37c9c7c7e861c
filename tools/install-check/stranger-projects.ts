import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { CommandFailure } from "./command-failure.ts";
import { runCommand } from "./run-command.ts";

/** A project of somebody who has our packages and nothing else of this repository. */
export interface StrangerProject {
  readonly name: string;
  /** The folders of `projects/` whose files it has. */
  readonly templates: readonly string[];
  readonly type: "module" | "commonjs";
  /** What it asks for, by package name. */
  readonly packages: readonly string[] | "all";
  /** Development dependencies, in this workspace's versions. */
  readonly tools: readonly string[];
  /** Does in the installed project what its owner would. Throws a `CommandFailure` where something is amiss. */
  run(folder: string): void;
}

const COLLECTING = ["@volenti/core", "@volenti/jurisdictions", "@volenti/memory", "@volenti/node"];

export const STRANGER_PROJECTS: readonly StrangerProject[] = [
  {
    name: "module",
    templates: ["module"],
    type: "module",
    packages: COLLECTING,
    tools: [],
    run: (folder) => void runCommand({ folder, command: "node", arguments: ["collect.mjs"] }),
  },
  {
    name: "commonjs",
    templates: ["commonjs"],
    type: "commonjs",
    packages: "all",
    tools: [],
    run: (folder) => void runCommand({ folder, command: "node", arguments: ["collect.cjs"] }),
  },
  {
    name: "typescript",
    templates: ["typescript"],
    type: "module",
    packages: "all",
    tools: ["@types/node", "typescript"],
    run: runTypeScriptProject,
  },
  { name: "command", templates: [], type: "module", packages: ["@volenti/cli"], tools: [], run: runCommandProject },
];

/** All of them as one project: the same programs over one installation, for when time is short. */
export const ONE_PROJECT: StrangerProject = {
  name: "together",
  templates: STRANGER_PROJECTS.flatMap(({ templates }) => templates),
  type: "module",
  packages: "all",
  tools: [...new Set(STRANGER_PROJECTS.flatMap(({ tools }) => tools))],
  run: (folder) => {
    for (const project of STRANGER_PROJECTS) project.run(folder);
  },
};

function runTypeScriptProject(folder: string): void {
  const { dependencies } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) as { dependencies: Record<string, string> };
  const everything = Object.keys(dependencies).map((name, index) => `export * as package${index} from "${name}";\n`);
  writeFileSync(join(folder, "every-package.ts"), everything.join(""));
  runCommand({ folder, command: "tsc", arguments: ["-p", "."] });
  runCommand({ folder, command: "node", arguments: ["built/collect.js"] });
  runCommand({ folder, command: "node", arguments: ["built/require.cjs"] });
}

/** A brand's first five minutes: `volenti init`, the sample collected, one of its people shown, that person's receipt verified. */
function runCommandProject(folder: string): void {
  const volenti = (words: readonly string[], input = ""): string => runCommand({ folder, command: "volenti", arguments: words, input });
  volenti(["init"]);
  const lines = volenti(["collect", "sample.ndjson", "--json"]).trim().split("\n");
  const results = lines.map((line) => JSON.parse(line) as { outcome: string; receipt: string | null });
  expect(results.length > 0 && results.every(({ outcome }) => outcome === "delivered"), "the sample is not delivered");
  const view = JSON.parse(volenti(["show", "--email", "-", "--json"], "ines@example.com\n")) as { found: boolean; complete: boolean };
  expect(view.found && view.complete, "a person of the sample is not shown");
  const verified = JSON.parse(volenti(["verify", "--receipt", "-", "--json"], results[0]?.receipt ?? "")) as { valid: boolean };
  expect(verified.valid, "a receipt of the sample is not verified");
}

function expect(holds: boolean, otherwise: string): void {
  if (!holds) throw new CommandFailure(otherwise);
}
