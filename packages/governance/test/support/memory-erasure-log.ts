import type { ErasureLog, ErasureLogEntry } from "@volenti/core";

/** An erasure log that a test looks into, and can make fail. */
export interface MemoryErasureLog extends ErasureLog {
  readonly entries: ErasureLogEntry[];
  /** Called before each entry is kept. */
  onAppend: (entry: ErasureLogEntry) => void;
}

export function createMemoryErasureLog(): MemoryErasureLog {
  const log: MemoryErasureLog = {
    entries: [],
    onAppend: () => {},
    append: async (entry) => {
      log.onAppend(entry);
      // What is kept is text, as in a file.
      log.entries.push(JSON.parse(JSON.stringify(entry)));
    },
    read: async function* () {
      yield* log.entries.slice();
    },
  };
  return log;
}
