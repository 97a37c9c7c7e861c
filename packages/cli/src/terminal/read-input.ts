import type { Readable } from "node:stream";
import { UsageError } from "../usage-error.ts";

/** The first line of standard input, without its end. Stops reading there, so that a person may type it. */
export async function readInputLine(request: { input: Readable; maximumLength: number }): Promise<string> {
  const text = await readUntil({ ...request, isEnough: (text) => text.includes("\n") });
  return (text.split("\n", 1)[0] ?? "").replace(/^\uFEFF/, "").replace(/\r$/, "");
}

/** All of standard input, as text. */
export function readInput(request: { input: Readable; maximumLength: number }): Promise<string> {
  return readUntil({ ...request, isEnough: () => false });
}

async function readUntil(request: {
  input: Readable;
  maximumLength: number;
  isEnough: (text: string) => boolean;
}): Promise<string> {
  const { input, maximumLength, isEnough } = request;
  const decoder = new TextDecoder();
  let text = "";
  for await (const chunk of input as AsyncIterable<Uint8Array | string>) {
    text += typeof chunk === "string" ? chunk : decoder.decode(chunk, { stream: true });
    if (text.length > maximumLength) {
      throw new UsageError({ code: "inputTooLong", sentence: "standard input holds more than this command reads" });
    }
    if (isEnough(text)) break;
  }
  return text;
}
