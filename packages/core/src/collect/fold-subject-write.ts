import type { SubjectWriteV1 } from "../connector/v1/intake-facet-v1.ts";
import { foldConsentStates } from "../model/consent-fold.ts";
import { compareAttributeChanges, type AttributeChange, type ProfilePatch } from "../model/profile.ts";
import type { Identifier } from "../model/identifier.ts";
import type { PreparedDecision, PreparedSubmission } from "./prepared-submission.ts";

/** What one submission brings to one person at one destination. */
export interface SubjectEntry {
  readonly prepared: PreparedSubmission;
  readonly ref: string;
  readonly mode: "upsert" | "existingOnly";
  readonly decisions: readonly PreparedDecision[];
  readonly profile: ProfilePatch | undefined;
  /** By which the person may be matched: the submission's own, or those that turned out to be somebody else's. */
  readonly identifiers: readonly Identifier[];
  /** Whether the entry is about the person whom the submission names: then its mark is kept with it. */
  readonly isNamed: boolean;
}

/** Folds all that a batch brings to one person into one item: every decision once, one state a key, the newest change an attribute. */
export function foldSubjectWrite(request: {
  entries: readonly SubjectEntry[];
  destinationId: string;
  writeId: string;
  /** Whether nothing of these entries was sent before, in another item either. */
  isFirst: boolean;
}): SubjectWriteV1 | null {
  const { entries, destinationId, writeId, isFirst } = request;
  const [first] = entries;
  const last = entries.at(-1);
  if (first === undefined || last === undefined) return null;
  const decisions = new Map(entries.flatMap((entry) => entry.decisions).map((decision) => [decision.sealed.record.id, decision]));
  const consulted = entries.find(({ mode, isNamed, prepared }) => mode === "upsert" && isNamed && prepared.plan.ledgerId !== null)?.prepared;
  const recordId = consulted?.recordIds.get(destinationId);
  const named = entries.filter(({ isNamed }) => isNamed);
  return {
    writeId,
    mode: entries.some(({ mode }) => mode === "upsert") ? "upsert" : "existingOnly",
    subject: {
      ref: first.ref,
      identifiers: mergeIdentifiers(entries),
      country: last.prepared.submission.country,
      ageBand: last.prepared.submission.ageBand,
      ...(isFirst && named.some(({ prepared }) => prepared.isNew) ? { isNew: true } : {}),
      ...(recordId === undefined ? {} : { recordId }),
      test: entries.every(({ prepared }) => prepared.submission.test),
    },
    submissions: [...new Map(named.map(({ prepared }) => [prepared.mark.submissionId, prepared.mark])).values()],
    profile: mergePatches(entries),
    decisions: [...decisions.values()].map(({ sealed }) => sealed),
    states: [...foldConsentStates([...decisions.values()].flatMap(({ states }) => states)).values()],
    standing: consulted?.states,
  };
}

function mergeIdentifiers(entries: readonly SubjectEntry[]): SubjectWriteV1["subject"]["identifiers"] {
  const identifiers = entries.flatMap((entry) => entry.identifiers);
  return [...new Map(identifiers.map(({ kind, value }) => [`${kind}\u0000${value}`, { kind, value }])).values()];
}

function mergePatches(entries: readonly SubjectEntry[]): ProfilePatch | undefined {
  if (entries.length === 1) return entries[0]?.profile;
  const merged = new Map<string, AttributeChange>();
  for (const { profile } of entries) {
    for (const [name, change] of Object.entries(profile ?? {})) {
      const standing = merged.get(name);
      if (standing === undefined || compareAttributeChanges(change, standing) > 0) merged.set(name, change);
    }
  }
  return merged.size === 0 ? undefined : Object.fromEntries(merged);
}
