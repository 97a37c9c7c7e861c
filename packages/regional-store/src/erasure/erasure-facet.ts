import type { ErasureFacetV1, ErasureOutcomeV1 } from "@volenti/core/adapter";
import type { StoreParts } from "../store-parts.ts";
import { STATEMENTS } from "../transport/statements.ts";

type Count = number | undefined;

interface ErasureAnswer {
  readonly held: boolean;
  readonly identifiers?: number;
  readonly keys?: number;
  readonly profile?: number;
  readonly decisions?: number;
  readonly states?: number;
}

/**
 * Erases links, data key and profile; decisions and states stay under a pseudonym that no longer leads to anybody.
 * Runs as the eraser.
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
      parts().subjects.forgetErased(subjectRef);
      return [
        gone("profile", answer.profile),
        gone("identifiers", answer.identifiers),
        gone("keys", answer.keys),
        kept("decisions", answer.decisions),
        kept("states", answer.states),
      ];
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

function gone(kind: string, count: Count = 0): ErasureOutcomeV1 {
  return { kind, outcome: count > 0 ? "erased" : "notFound", count };
}

function kept(kind: string, count: Count = 0): ErasureOutcomeV1 {
  return count > 0 ? { kind, outcome: "retained", count, reason: "proofWithoutIdentity" } : { kind, outcome: "notFound", count };
}
