import { spawnSync } from "node:child_process";
import { join } from "node:path";

export interface Diagnostic {
  /** Relative to the folder that was checked, with forward slashes. */
  readonly file: string;
  readonly line: number;
  readonly message: string;
}

/** Type-checks a folder with the repository's compiler. Throws when the compiler itself could not run. */
export function runTypeScript(request: { root: string; folder: string }): readonly Diagnostic[] {
  const compiler = join(request.root, "node_modules/@typescript/native/bin/tsc");
  const run = spawnSync(process.execPath, [compiler, "-p", request.folder, "--noEmit", "--pretty", "false"], {
    cwd: request.folder,
    encoding: "utf8",
  });
  const found = run.stdout.split("\n").flatMap((text) => {
    const match = /^(.+)\((\d+),\d+\): error (TS\d+: .*)$/.exec(text);
    return match === null ? [] : [{ file: match[1] ?? "", line: Number(match[2]), message: match[3] ?? "" }];
  });
  if (run.status !== 0 && found.length === 0) {
    throw new Error(`the compiler did not run: ${run.error?.message ?? `${run.stdout}${run.stderr}`.slice(0, 500)}`);
  }
  return found;
}
