import type { ResolvedConfiguration } from "../configuration/resolve-configuration.ts";
import type { SealedDecision, SignedHead } from "../model/decision.ts";
import type { Problem } from "../model/submission-result.ts";
import { applyRestrictions } from "./apply-restrictions.ts";
import { draftBatch, type DraftSubmission } from "./draft-batch.ts";
import type { ConsultedSubmission, DraftDecision, PreparedDecision, PreparedSubmission } from "./prepared-submission.ts";
import { sealDecisions } from "./seal-decisions.ts";

const NO_PROFILES: PreparedSubmission["profilesElsewhere"] = new Map();

export type Preparation =
  | { readonly kind: "prepared"; readonly prepared: PreparedSubmission }
  | { readonly kind: "rejected"; readonly consulted: ConsultedSubmission; readonly problems: readonly Problem[] };

/**
 * Screens, minimises and seals a batch. One tree and one signature for all that is new; what the ledger recorded
 * already keeps the proof that it has.
 */
export async function prepareBatch(request: {
  batch: readonly ConsultedSubmission[];
  configuration: ResolvedConfiguration;
  now: number;
}): Promise<readonly Preparation[]> {
  const { configuration, now } = request;
  const drafts = await draftBatch(request);
  const proofs = await sealDrafts({ drafts, configuration, now });
  const isConcerned = drafts.some(({ restrictions }) => restrictions.size > 0);
  const restricted = isConcerned ? await Promise.all(drafts.map((draft) => applyRestrictions({ draft, configuration }))) : [];
  return drafts.map((draft, index): Preparation => {
    const { consulted, profile, problems } = draft;
    if (problems.length > 0) return { kind: "rejected", consulted, problems };
    const { profilesElsewhere, withheld } = restricted[index] ?? { profilesElsewhere: NO_PROFILES, withheld: draft.withheld };
    const decisions = draft.decisions.map((decision) => proofs.attach({ decision, consulted }));
    const refusalsOfOthers = draft.refusalsOfOthers.map(({ ref, decisions: copies }) => ({
      ref,
      decisions: copies.map((decision) => proofs.attach({ decision, consulted })),
    }));
    return { kind: "prepared", prepared: { ...consulted, profile, profilesElsewhere, withheld, decisions, refusalsOfOthers } };
  });
}

interface Proofs {
  attach(request: { decision: DraftDecision; consulted: ConsultedSubmission }): PreparedDecision;
}

async function sealDrafts(request: {
  drafts: readonly DraftSubmission[];
  configuration: ResolvedConfiguration;
  now: number;
}): Promise<Proofs> {
  const { drafts, configuration, now } = request;
  const unsealed = new Map<string, DraftDecision>();
  for (const { consulted, decisions, refusalsOfOthers, problems } of drafts) {
    if (problems.length > 0) continue;
    for (const decision of decisions) if (!consulted.recorded.has(decision.record.id)) unsealed.set(decision.record.id, decision);
    for (const { decisions: copies } of refusalsOfOthers) for (const copy of copies) unsealed.set(copy.record.id, copy);
  }
  const { sealed, head } = await sealDecisions({
    decisions: [...unsealed.values()],
    controllerId: configuration.controller.id,
    keyring: configuration.keyring,
    crypto: configuration.crypto,
    now,
  });
  const byId = new Map(sealed.map((decision) => [decision.record.id, decision]));
  return { attach: ({ decision, consulted }) => attachProof({ decision, consulted, byId, head }) };
}

function attachProof(request: {
  decision: DraftDecision;
  consulted: ConsultedSubmission;
  byId: ReadonlyMap<string, SealedDecision>;
  head: SignedHead | null;
}): PreparedDecision {
  const { decision, consulted, byId, head } = request;
  const { record, effectiveAt, states, missing, reasons } = decision;
  const readings = reasons === undefined ? {} : { reasons };
  const recorded = consulted.recorded.get(record.id);
  if (recorded !== undefined) {
    const { canonical, hash, proof } = recorded;
    return {
      sealed: { record, canonical, hash, effectiveAt, proof },
      head: { root: proof.root, jws: recorded.head },
      states,
      missing,
      ...readings,
    };
  }
  const sealed = byId.get(record.id);
  if (sealed === undefined || head === null) throw new TypeError("a drafted decision was not sealed");
  return { sealed, head, states, missing, ...readings };
}
