import { spawnSync } from "node:child_process";
import { delimiter, dirname, join } from "node:path";
import { CommandFailure } from "./command-failure.ts";

const TIME_LIMIT_IN_MS = 120_000;

/** Runs a command to its end in a folder and answers what it printed. Throws a `CommandFailure` where it fails. */
export function runCommand(request: { folder: string; command: string; arguments: readonly string[]; input?: string }): string {
  const { folder, command, input = "" } = request;
  const run = spawnSync(command, [...request.arguments], {
    cwd: folder,
    encoding: "utf8",
    input,
    env: strangersEnvironment(folder),
    timeout: TIME_LIMIT_IN_MS,
    shell: process.platform === "win32",
  });
  if (run.status === 0) return run.stdout;
  const said = `${run.error?.message ?? ""}${run.stdout}${run.stderr}`.trim();
  throw new CommandFailure(`${[command, ...request.arguments].join(" ")} ended with ${run.status ?? run.signal}\n${said}`);
}

/** The project's own programs first, then the Node that runs this; nothing of the workspace that npm hands its scripts. */
function strangersEnvironment(folder: string): NodeJS.ProcessEnv {
  const own = Object.entries(process.env).filter(([name]) => !/^(?:npm_(?!config_(?:registry|cache|userconfig|globalconfig)$)|init_cwd$|node_options$|node_env$)/i.test(name));
  const elsewhere = (process.env["PATH"] ?? "").split(delimiter).filter((path) => !path.includes("node_modules"));
  const path = [join(folder, "node_modules/.bin"), dirname(process.execPath), ...elsewhere].join(delimiter);
  return { ...Object.fromEntries(own), PATH: path };
}
