import { consentKey, type ConsentFacetV1, type ConsentState } from "@volenti/core/adapter";
import type { MemoryRecords } from "../transport/memory-records.ts";
import type { MemorySession } from "../transport/memory-session.ts";

/** Reads what stands. */
export function createConsentReader(session: MemorySession): ConsentFacetV1 {
  return {
    getState: (request) =>
      session.call({
        operation: "consent.getState",
        changes: false,
        about: request,
        work: async ({ records }) => records.people.get(request.subjectRef)?.states.get(consentKey(request)) ?? null,
      }),
    listStates: (request) =>
      session.call({
        operation: "consent.listStates",
        changes: false,
        about: request,
        work: async ({ records }) => statesOf({ records, subjectRef: request.subjectRef }),
      }),
    listStatesOf: (request) =>
      session.call({
        operation: "consent.listStatesOf",
        changes: false,
        about: request,
        work: async ({ records }) => {
          const states = new Map<string, readonly ConsentState[]>();
          for (const subjectRef of request.subjectRefs) {
            const own = statesOf({ records, subjectRef });
            if (own.length > 0) states.set(subjectRef, own);
          }
          return states;
        },
      }),
  };
}

export function statesOf(request: { records: MemoryRecords; subjectRef: string }): readonly ConsentState[] {
  return [...(request.records.people.get(request.subjectRef)?.states.values() ?? [])].sort(byPurposeThenChannel);
}

export function byPurposeThenChannel(left: ConsentState, right: ConsentState): number {
  if (left.purpose !== right.purpose) return left.purpose < right.purpose ? -1 : 1;
  return left.channel < right.channel ? -1 : 1;
}
