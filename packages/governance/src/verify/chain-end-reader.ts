import type { ChainEndV1, ConsentHistoryFacetV1 } from "@volenti/core/adapter";

/** Reads the ends of chains beside a stream of decisions; both are ordered by subject. */
export interface ChainEndReader {
  /** The ends up to and with that of a subject, which may be absent; of null, all that are left. */
  readUpTo(subjectRef: string | null): AsyncGenerator<ChainEndV1, void, undefined>;
  close(): Promise<void>;
}

/** Of a store that keeps no ends of chains there is nothing to read. */
export function createChainEndReader(consentHistory: ConsentHistoryFacetV1): ChainEndReader {
  const iterator = consentHistory.listChainEnds?.()[Symbol.asyncIterator]();
  let waiting: ChainEndV1 | null = null;
  const next = async (): Promise<ChainEndV1 | null> => {
    if (waiting !== null || iterator === undefined) return waiting;
    const step = await iterator.next();
    waiting = step.done === true ? null : step.value;
    return waiting;
  };
  return {
    readUpTo: async function* (subjectRef) {
      for (let end = await next(); end !== null; end = await next()) {
        if (subjectRef !== null && end.subjectRef > subjectRef) return;
        waiting = null;
        yield end;
      }
    },
    close: async () => {
      await iterator?.return?.();
    },
  };
}
