import {
  foldConsentStates,
  type Catalogue,
  type ProfilePatch,
  type SealedDecision,
  type SubjectWriteV1,
  type SubmissionMarkV1,
} from "@volenti/core/adapter";
import { deepFreeze } from "./deep-freeze.ts";
import type { Person } from "./person.ts";
import { randomDigest } from "./random.ts";
import { toStates } from "./to-states.ts";

export interface ItemDraft {
  readonly person: Person;
  readonly decisions?: readonly SealedDecision[] | undefined;
  readonly profile?: ProfilePatch | undefined;
  readonly mode?: SubjectWriteV1["mode"] | undefined;
  readonly submission?: SubmissionMarkV1 | undefined;
}

/** An item of a batch, with its states folded as core folds them. */
export function toItem(request: { draft: ItemDraft; catalogue: Catalogue }): SubjectWriteV1 {
  const { draft, catalogue } = request;
  const { person, decisions = [], profile, mode = "upsert", submission } = draft;
  const states = decisions.flatMap((decision) => toStates({ decision, catalogue }));
  return deepFreeze({
    writeId: globalThis.crypto.randomUUID(),
    mode,
    subject: {
      ref: person.ref,
      identifiers: person.identifiers,
      country: "FR",
      ageBand: "adult",
      test: person.test,
    },
    submissions: [submission ?? freshSubmission()],
    ...(profile === undefined ? {} : { profile }),
    decisions,
    states: [...foldConsentStates(states).values()],
  });
}

export function freshSubmission(): SubmissionMarkV1 {
  return {
    submissionId: globalThis.crypto.randomUUID(),
    contentDigest: randomDigest(),
    keyId: "test-submission",
  };
}
