/** What was written while it was captured. */
export interface CapturedOutput {
  /** One a call on the console, without what was written. */
  readonly consoleCalls: readonly string[];
  /** What went to the process's own streams past the console; others may write there too. */
  readonly streamTexts: readonly string[];
  restore(): void;
}

const METHODS = ["debug", "error", "info", "log", "trace", "warn"] as const;

/** Captures the console, and listens at the process's streams where there is a process, until it is restored. */
export function captureOutput(): CapturedOutput {
  const { console } = globalThis;
  const originals = new Map(METHODS.map((name) => [name, console[name]]));
  const consoleCalls: string[] = [];
  for (const name of METHODS) console[name] = () => void consoleCalls.push(name);
  const streamTexts: string[] = [];
  const streams = typeof process === "undefined" ? [] : [process.stdout, process.stderr];
  const restorers = streams.map((stream) => listen({ stream, heard: streamTexts }));
  return {
    consoleCalls,
    streamTexts,
    restore: () => {
      for (const [name, original] of originals) console[name] = original;
      for (const restore of restorers) restore();
    },
  };
}

function listen(request: { stream: NodeJS.WriteStream; heard: string[] }): () => void {
  const { stream, heard } = request;
  const original = stream.write.bind(stream);
  const spy: typeof stream.write = (chunk: string | Uint8Array, ...rest: unknown[]): boolean => {
    heard.push(typeof chunk === "string" ? chunk : new TextDecoder().decode(chunk));
    return Reflect.apply(original, undefined, [chunk, ...rest]) as boolean;
  };
  stream.write = spy;
  return () => {
    stream.write = original;
  };
}
