import { fork } from "node:child_process";
import { fileURLToPath } from "node:url";
import type { MemorySample } from "../file/memory-sample.ts";

const SCRIPT = fileURLToPath(new URL("collect-into-org.ts", import.meta.url));

/**
 * Collects made-up submissions into an org, in a process of its own. Samples in the order of time, the last one of its
 * end; rejects where it did not deliver every one.
 */
export async function sampleMemory(request: {
  url: string;
  folder: string;
  submissions: number;
  tell: (line: string) => void;
}): Promise<readonly MemorySample[]> {
  const { url, folder, submissions, tell } = request;
  const samples: MemorySample[] = [];
  let told = 0;
  const child = fork(SCRIPT, [url, folder, String(submissions)], { execArgv: ["--conditions=@volenti/source"], stdio: ["ignore", "ignore", "inherit", "ipc"] });
  child.on("message", (message) => {
    const sample = message as MemorySample;
    samples.push(sample);
    if (sample.written < told + submissions / 10) return;
    told = sample.written;
    tell(`${sample.written} submissions, ${Math.round(sample.residentBytes / 1_000_000)} MB`);
  });
  const end = (): void => void child.kill();
  process.once("exit", end);
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once("error", reject);
    child.once("close", resolve);
  });
  process.off("exit", end);
  if (code !== 0 || samples.at(-1)?.written !== submissions) throw new Error(`collecting ended with ${code}`);
  return samples;
}
