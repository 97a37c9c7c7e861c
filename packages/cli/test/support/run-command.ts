import { EventEmitter } from "node:events";
import { Readable, Writable } from "node:stream";
import { runCommandLine } from "@volenti/cli";

export interface CommandAnswer {
  code: number;
  stdout: string;
  stderr: string;
  /** Each line of standard output as JSON. */
  json: () => Record<string, unknown>[];
  /** Codes that the run asked the process to end with at once. */
  exits: number[];
}

/** Runs the command in this process, with streams of its own. */
export async function runCommand(request: {
  arguments: readonly string[];
  folder: string;
  input?: string | Readable;
  isTerminal?: boolean;
  environment?: Record<string, string>;
  signals?: EventEmitter;
  stdout?: Writable;
  onOutput?: (text: string) => void;
}): Promise<CommandAnswer> {
  const out = createSink(request.onOutput);
  const err = createSink();
  const exits: number[] = [];
  const isTTY = request.isTerminal === true;
  const { input = "" } = request;
  const code = await runCommandLine({
    arguments: request.arguments,
    cwd: request.folder,
    stdin: typeof input === "string" ? Readable.from([Buffer.from(input)]) : input,
    stdout: request.stdout ?? Object.assign(out.stream, { isTTY }),
    stderr: Object.assign(err.stream, { isTTY }),
    environment: request.environment ?? {},
    signals: request.signals ?? new EventEmitter(),
    exit: (exitCode) => exits.push(exitCode),
  });
  const stdout = out.text();
  return {
    code,
    stdout,
    stderr: err.text(),
    json: () => stdout.trim().split("\n").filter((line) => line !== "").map((line) => JSON.parse(line)),
    exits,
  };
}

function createSink(onText?: (text: string) => void): { stream: Writable; text: () => string } {
  const chunks: string[] = [];
  const stream = new Writable({
    write: (chunk: Buffer, _encoding, done) => {
      chunks.push(chunk.toString());
      onText?.(chunk.toString());
      done();
    },
  });
  return { stream, text: () => chunks.join("") };
}
