import { makeRecordId } from "../store/record-id.ts";

/** The ids of what an org is made of: the same for the same name, as long as the emulator lives. */
export interface ToolingIds {
  of(request: { keyPrefix: string; name: string }): string;
}

export function createToolingIds(): ToolingIds {
  const sequences = new Map<string, number>();
  return {
    of({ keyPrefix, name }) {
      const key = `${keyPrefix} ${name}`;
      const sequence = sequences.get(key) ?? sequences.size + 1;
      sequences.set(key, sequence);
      return makeRecordId({ keyPrefix, sequence });
    },
  };
}
