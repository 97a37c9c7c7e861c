import type { ErasureFacetV1, ErasureOutcomeV1 } from "@volenti/core/adapter";
import type { StoreParts } from "../store-parts.ts";
import { requireInstant } from "../transport/require-instant.ts";
import { STATEMENTS } from "../transport/statements.ts";

type Count = number | undefined;

interface ErasureAnswer {
  readonly held: boolean;
  readonly identifiers?: number;
  readonly keys?: number;
  readonly profile?: number;
  readonly decisions?: number;
  readonly states?: number;
  /** Attributes that a hold keeps while the rest goes. */
  readonly heldAttributes?: number;
  /** Whether a hold of everything kept everything. */
  readonly isRetained?: boolean;
  /** Epoch milliseconds of the end of the last hold; null where one has none. */
  readonly until?: number | null;
}

const KINDS = ["profile", "identifiers", "keys", "decisions", "states"] as const;

/**
 * Erases links, data key and profile; decisions and states stay under a pseudonym that no longer leads to anybody. What
 * is held stays. Runs as the eraser.
 */
export function createErasure(request: { parts: () => StoreParts }): ErasureFacetV1 {
  const { parts } = request;
  return {
    erase: async ({ subjectRef, reason, requestedAt }) => {
      const answer = (await parts().sessions.run({
        operation: "erasure.erase",
        role: "eraser",
        statement: STATEMENTS.erase,
        parameters: [subjectRef, reason, requestedAt],
        effect: "write",
      })) as ErasureAnswer;
      if (answer.isRetained !== true) parts().subjects.forgetErased(subjectRef);
      return toOutcomes(answer);
    },
    eraseTest: async () => {
      const answer = (await parts().sessions.run({
        operation: "erasure.eraseTest",
        role: "eraser",
        statement: STATEMENTS.eraseTest,
        parameters: [],
        effect: "write",
      })) as ErasureAnswer;
      return [
        gone("profile", answer.profile),
        gone("identifiers", answer.identifiers),
        gone("keys", answer.keys),
        gone("decisions", answer.decisions),
        gone("states", answer.states),
      ];
    },
  };
}

function toOutcomes(answer: ErasureAnswer): readonly ErasureOutcomeV1[] {
  const { until, heldAttributes = 0 } = answer;
  if (answer.isRetained === true) return KINDS.map((kind) => held({ kind, count: answer[kind], until }));
  return [
    gone("profile", answer.profile),
    ...(heldAttributes === 0 ? [] : [held({ kind: "heldAttributes", count: heldAttributes, until })]),
    gone("identifiers", answer.identifiers),
    gone("keys", answer.keys),
    kept("decisions", answer.decisions),
    kept("states", answer.states),
  ];
}

function gone(kind: string, count: Count = 0): ErasureOutcomeV1 {
  return { kind, outcome: count > 0 ? "erased" : "notFound", count };
}

function kept(kind: string, count: Count = 0): ErasureOutcomeV1 {
  return count > 0 ? { kind, outcome: "retained", count, reason: "proofWithoutIdentity" } : { kind, outcome: "notFound", count };
}

function held(request: { kind: string; count: Count; until: number | null | undefined }): ErasureOutcomeV1 {
  const { kind, count = 0, until } = request;
  if (count === 0) return gone(kind);
  const end = typeof until === "number" ? { until: new Date(requireInstant({ instant: until, operation: "erasure.erase" })).toISOString() } : {};
  return { kind, outcome: "retained", count, reason: "held", ...end };
}
