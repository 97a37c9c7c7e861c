import { styleText } from "node:util";
import type { Readable, Writable } from "node:stream";
import type { CommandLineRequest } from "../command-line-request.ts";
import { createOutput, type Output } from "./output.ts";

export type Tone = "ok" | "warning" | "error" | "strong" | "faint";

/** The three streams of a run, and what may be done to them. */
export interface Terminal {
  readonly input: Readable;
  readonly output: Output;
  /** Writes one line to standard error. */
  readonly tell: (line: string) => void;
  /** Where the progress bar goes; null where standard error is not a terminal. */
  readonly progressStream: Writable | null;
  /** Colours text for standard output, where that is a terminal and `NO_COLOR` is not set. */
  readonly paint: (request: { text: string; tone: Tone }) => string;
  /** The same for standard error. */
  readonly paintMessage: (request: { text: string; tone: Tone }) => string;
}

export function createTerminal(request: CommandLineRequest): Terminal {
  const { stdin = process.stdin, stdout = process.stdout, stderr = process.stderr, environment = process.env } = request;
  // https://no-color.org: present and not empty switches colours off.
  const mayPaint = (environment["NO_COLOR"] ?? "") === "";
  // Messages nobody can read any more are no reason to stop delivering.
  stderr.on("error", () => undefined);
  return {
    input: stdin,
    output: createOutput(stdout),
    tell: (line) => void stderr.write(`${line}\n`),
    progressStream: stderr.isTTY === true ? stderr : null,
    paint: createPaint(mayPaint && stdout.isTTY === true),
    paintMessage: createPaint(mayPaint && stderr.isTTY === true),
  };
}

const FORMATS = { ok: "green", warning: "yellow", error: "red", strong: "bold", faint: "dim" } as const;

function createPaint(isOn: boolean): Terminal["paint"] {
  return ({ text, tone }) => (isOn ? styleText(FORMATS[tone], text, { validateStream: false }) : text);
}
