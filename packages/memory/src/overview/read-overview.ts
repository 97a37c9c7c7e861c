import type { ConnectorContextV1, OverviewFacetV1, OverviewRecordV1, OverviewV1, PersonNameV1 } from "@volenti/core/adapter";
import { storedDecisionsOf } from "../consent/list-decisions.ts";
import { statesOf } from "../consent/read-consent.ts";
import { holdsOf } from "../custody/keep-holds.ts";
import { mergedInto } from "../custody/merge-subjects.ts";
import { rootOf } from "../custody/who-is-who.ts";
import { findSubject, toStoredProfile } from "../profile/read-profile.ts";
import type { MemoryRecords } from "../transport/memory-records.ts";
import type { MemorySession } from "../transport/memory-session.ts";

const OPERATION = "overview.read";

/** All of one person in one call: whom the name leads to by now, and those who were merged into them. */
export function createOverview(request: { session: MemorySession; hasLedger: boolean }): OverviewFacetV1 {
  const { session, hasLedger } = request;
  return {
    read: ({ name }) =>
      session.call({
        operation: OPERATION,
        changes: false,
        about: name,
        work: ({ records }) => read({ records, name, context: session.context(OPERATION), hasLedger }),
      }),
  };
}

async function read(request: {
  records: MemoryRecords;
  name: PersonNameV1;
  context: ConnectorContextV1;
  hasLedger: boolean;
}): Promise<OverviewV1 | null> {
  const { records, name, context, hasLedger } = request;
  const isByRef = "subjectRef" in name;
  const named = isByRef ? name.subjectRef : await findSubject({ records, identifier: name.identifier, context, hasLedger, operation: OPERATION });
  if (named === null) return null;
  const root = rootOf({ records, subjectRef: named });
  const refs = [root, ...mergedInto({ records, subjectRef: root }).toSorted()];
  const people = refs.map((subjectRef) => toRecord({ records, subjectRef }));
  if (isByRef && people.every(({ profile, states }) => profile === null && states.length === 0)) return null;
  const custody = { holds: holdsOf({ records, subjectRef: root }), restriction: records.restrictions.get(root) ?? null };
  return { records: people, custody: hasLedger ? custody : null };
}

function toRecord(request: { records: MemoryRecords; subjectRef: string }): OverviewRecordV1 {
  const { records, subjectRef } = request;
  return {
    subjectRef,
    profile: toStoredProfile(records.people.get(subjectRef)),
    states: statesOf(request),
    decisions: storedDecisionsOf(request),
  };
}
