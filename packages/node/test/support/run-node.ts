import { execFile } from "node:child_process";
import { promisify } from "node:util";

const execute = promisify(execFile);

/** Runs a script on the sources, in a process of its own; answers what it printed. */
export async function runNode(request: {
  script: URL;
  scriptArguments: readonly string[];
  environment?: Record<string, string>;
}): Promise<string> {
  const { stdout } = await execute(
    process.execPath,
    ["--conditions=@volenti/source", request.script.pathname, ...request.scriptArguments],
    { env: { PATH: process.env["PATH"], ...request.environment } },
  );
  return stdout;
}
