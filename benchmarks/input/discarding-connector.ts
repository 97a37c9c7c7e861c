import type { ConnectorV1, SubjectWriteV1, WriteOutcomeV1 } from "@volenti/core/adapter";
import { createMemoryConnector } from "@volenti/memory";

/** A destination without a ledger that acknowledges at once and keeps nothing: what is measured is everything before it. */
export function createDiscardingConnector(options: { onWrite?: (items: readonly SubjectWriteV1[]) => void } = {}): ConnectorV1 {
  return {
    ...createMemoryConnector({ region: "EU", ledger: false }),
    intake: {
      write: async ({ items }) => {
        options.onWrite?.(items);
        return items.map(acknowledge);
      },
    },
  };
}

function acknowledge({ writeId, decisions, profile }: SubjectWriteV1): WriteOutcomeV1 {
  return {
    writeId,
    status: "written",
    decisions: decisions.map(({ record }) => ({ decisionId: record.id, outcome: "applied" })),
    ...(profile === undefined ? {} : { profile: Object.fromEntries(Object.keys(profile).map((name) => [name, "applied"])) }),
  };
}
