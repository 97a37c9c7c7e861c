import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import type { MemorySample } from "./memory-sample.ts";

const SCRIPT = fileURLToPath(new URL("run-measured-command.ts", import.meta.url));

/**
 * Runs the command as a process of its own, from sources, with its results going nowhere. Rejects when it does not end
 * with 0. The samples are in the order of time, the last one of its end.
 */
export async function runCommand(request: {
  commandArguments: readonly string[];
  onSample: (sample: MemorySample) => void;
}): Promise<readonly MemorySample[]> {
  const samples: MemorySample[] = [];
  const child = spawn(process.execPath, ["--conditions=@volenti/source", SCRIPT, ...request.commandArguments], {
    stdio: ["ignore", "ignore", "inherit", "ipc"],
  });
  child.on("message", (message) => {
    const sample = message as MemorySample;
    samples.push(sample);
    request.onSample(sample);
  });
  const end = (): void => void child.kill();
  process.once("exit", end);
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once("error", reject);
    child.once("close", resolve);
  });
  process.off("exit", end);
  if (code !== 0) throw new Error(`volenti collect ended with ${code}`);
  return samples;
}
