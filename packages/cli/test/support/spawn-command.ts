import { spawn, type ChildProcess, type StdioOptions } from "node:child_process";
import { fileURLToPath } from "node:url";
import { afterEach } from "vitest";

const SCRIPT = fileURLToPath(new URL("./volenti-process.ts", import.meta.url));

const running = new Set<ChildProcess>();
afterEach(() => {
  for (const child of running) child.kill("SIGKILL");
});

export interface ProcessAnswer {
  code: number | null;
  signal: NodeJS.Signals | null;
  stdout: string;
  stderr: string;
}

/** Runs the command as a process of its own, on the sources. */
export function spawnCommand(request: {
  arguments: readonly string[];
  folder: string;
  stdio?: StdioOptions;
  onOutput?: (child: ChildProcess) => void;
}): { child: ChildProcess; ended: Promise<ProcessAnswer> } {
  const child = spawn(process.execPath, ["--conditions=@volenti/source", SCRIPT, ...request.arguments], {
    cwd: request.folder,
    stdio: request.stdio ?? "pipe",
  });
  running.add(child);
  child.on("close", () => running.delete(child));
  let stdout = "";
  let stderr = "";
  child.stdout?.on("data", (chunk: Buffer) => {
    stdout += chunk.toString();
    request.onOutput?.(child);
  });
  child.stderr?.on("data", (chunk: Buffer) => {
    stderr += chunk.toString();
  });
  const ended = new Promise<ProcessAnswer>((resolve) => {
    child.on("close", (code, signal) => resolve({ code, signal, stdout, stderr }));
  });
  return { child, ended };
}

/** The lines that were printed whole. */
export function wholeLines(stdout: string): { line: number; outcome: string }[] {
  return stdout
    .slice(0, stdout.lastIndexOf("\n") + 1)
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line));
}
