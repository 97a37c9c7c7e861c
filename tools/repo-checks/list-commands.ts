import { execFileSync } from "node:child_process";
import { join } from "node:path";

/** A command of the program, as its sources define it. */
export interface DescribedCommand {
  readonly name: string;
  /** Long forms, `--json` and `--config` included. */
  readonly options: readonly string[];
}

/** Asks the program itself. Throws where its sources do not load. */
export function listCommands(root: string): readonly DescribedCommand[] {
  const script = join(root, "tools/repo-checks/print-commands.ts");
  const output = execFileSync(process.execPath, ["--conditions=@volenti/source", script], { cwd: root, encoding: "utf8" });
  return JSON.parse(output) as DescribedCommand[];
}
