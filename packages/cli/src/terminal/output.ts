import type { Writable } from "node:stream";
import { OutputError } from "./output-error.ts";

const CHUNK_LENGTH = 65_536;
const OBEYED = /[\u007F-\u009F]/g;

/** Standard output as lines: written in order, in large pieces, and never faster than its reader takes them. */
export interface Output {
  /**
   * Resolves at once unless the reader is slower than the writer. Rejects with an `OutputError` once the stream failed. What
   * JSON leaves as it is though a terminal obeys it (U+007F to U+009F) is written as JSON's escape of it.
   */
  writeLine(line: string): Promise<void>;
  /** Resolves when the stream has taken every line so far. Rejects with an `OutputError`. */
  flush(): Promise<void>;
}

export function createOutput(stream: Writable): Output {
  let buffered = "";
  let isScheduled = false;
  let failure: OutputError | null = null;
  let written: Promise<void> = Promise.resolve();

  const fail = (error: unknown): void => {
    failure ??= new OutputError({ what: "standard output", error });
  };
  // Without a listener a reader that went away would end the process before the state is written.
  stream.on("error", fail);

  const send = (): Promise<void> => {
    isScheduled = false;
    if (buffered === "") return written;
    const text = buffered;
    buffered = "";
    written = written.then(() => (failure === null ? write({ stream, text, fail }) : undefined));
    return written;
  };
  const check = (): void => {
    if (failure !== null) throw failure;
  };

  return {
    writeLine: async (line) => {
      check();
      buffered += `${line.replaceAll(OBEYED, toJsonEscape)}\n`;
      if (buffered.length >= CHUNK_LENGTH) {
        await send();
        check();
      } else if (!isScheduled) {
        isScheduled = true;
        setImmediate(() => void send());
      }
    },
    flush: async () => {
      await send();
      check();
    },
  };
}

function toJsonEscape(control: string): string {
  return `\\u00${control.charCodeAt(0).toString(16)}`;
}

function write(request: { stream: Writable; text: string; fail: (error: unknown) => void }): Promise<void> {
  const { stream, text, fail } = request;
  return new Promise((resolve) => {
    try {
      stream.write(text, (error) => {
        if (error) fail(error);
        resolve();
      });
    } catch (error) {
      fail(error);
      resolve();
    }
  });
}
