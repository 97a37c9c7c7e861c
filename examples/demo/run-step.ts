import { PassThrough, Readable } from "node:stream";
import { fileURLToPath } from "node:url";
import { runCommandLine } from "@volenti/cli";

const CONFIGURATION = fileURLToPath(new URL("volenti.config.mts", import.meta.url));

/** Runs one `volenti` command of the demonstration, as a shell would; answers its exit code and what it printed. */
export async function runStep(step: {
  arguments: readonly string[];
  /** What a shell would pipe in. */
  input?: string;
  /** Whether its output goes to the reader, or only to the answer. */
  isShown: boolean;
}): Promise<{ code: number; output: string }> {
  const captured = new PassThrough();
  const chunks: string[] = [];
  captured.on("data", (chunk: Buffer) => chunks.push(chunk.toString()));
  const code = await runCommandLine({
    arguments: [...step.arguments, "--config", CONFIGURATION],
    stdin: Readable.from([Buffer.from(step.input ?? "")]),
    ...(step.isShown ? {} : { stdout: captured }),
  });
  return { code, output: chunks.join("") };
}
