import { effectiveAtOf, foldConsentStates, isStanding, validUntilOf, type Catalogue, type ConsentState, type DecisionRecord } from "@volenti/core/adapter";
import { mapRowError } from "../error/map-row-error.ts";
import { readRowResults } from "../intake/row-result.ts";
import { sendComposite } from "../intake/send-composite.ts";
import { readStandingStates } from "../intake/standing-states.ts";
import { toUpsert } from "../intake/write-rows.ts";
import { digestStateKeys, withKeys } from "../mapping/row-keys.ts";
import { toStateRow } from "../mapping/state-row.ts";
import { createToDatetime } from "../mapping/to-datetime.ts";
import { clearTestFlags } from "./clear-test-flags.ts";
import { deleteRecords } from "./change-records.ts";
import type { ErasureTerms } from "./erase-people.ts";
import { listTestedStates, type TestedSubject } from "./list-tested-states.ts";

const ROWS_AT_ONCE = 200;

/**
 * Lets stand again, of real people, what stood apart from tests: the greatest of the decisions that are recorded as real.
 * Where decisions are not recorded a test's state goes and nothing takes its place. To be called before the tests'
 * decision rows are deleted, by which an interrupted run is found again.
 */
export async function restoreStates(terms: ErasureTerms): Promise<void> {
  const { catalogue } = terms.session.context(terms.operation);
  for await (const subject of listTestedStates(terms)) {
    const before = await readStandingStates({ ...terms, refs: [subject.ref] });
    const changes = await deleteRecords({ ...terms, records: subject.ofTests.map(({ record }) => record) });
    terms.tally.erased({ kind: "states", count: changes.filter(({ kind }) => kind === "done").length });
    const standing = subject.keys.flatMap((key) => standingOf({ key, decisions: subject.realDecisions, catalogue }) ?? []);
    await writeStates({ terms, subject, states: standing });
    const after = await readStandingStates({ ...terms, refs: [subject.ref] });
    await clearTestFlags({ terms, ref: subject.ref, before: before.list(subject.ref), after: after.list(subject.ref) });
  }
}

function standingOf(request: {
  key: Pick<ConsentState, "purpose" | "channel">;
  decisions: readonly DecisionRecord[];
  catalogue: Catalogue;
}): ConsentState | undefined {
  const { key, decisions, catalogue } = request;
  const states = decisions.flatMap((record) => toState({ record, key, catalogue }));
  const [state] = foldConsentStates(states).values();
  return state;
}

/** A decision without a channel speaks for every channel of its purpose. */
function toState(request: { record: DecisionRecord; key: Pick<ConsentState, "purpose" | "channel">; catalogue: Catalogue }): readonly ConsentState[] {
  const { record, key, catalogue } = request;
  const { status, purpose } = record;
  if (purpose.key !== key.purpose || (record.channel ?? key.channel) !== key.channel || !isStanding(status)) return [];
  const validity = catalogue.purposes.find((version) => version.key === purpose.key && version.version === purpose.version)?.validity;
  return [
    {
      purpose: key.purpose,
      channel: key.channel,
      decisionId: record.id,
      status,
      effectiveAt: effectiveAtOf(record),
      purposeVersion: purpose.version,
      validUntil: validUntilOf({ record, validity }),
      recipients: record.recipients ?? null,
      attributes: record.attributes ?? null,
    },
  ];
}

async function writeStates(request: { terms: ErasureTerms; subject: TestedSubject; states: readonly ConsentState[] }): Promise<void> {
  const { terms, subject, states } = request;
  const { settings } = terms.session;
  const { controllerId, crypto } = terms.session.context(terms.operation);
  const { ref } = subject;
  const digested = await digestStateKeys({ crypto, controllerId, people: [{ ref, states }] });
  const toDatetime = createToDatetime();
  const rows = states.map((state, position) => toStateRow({ ...withKeys({ digested, state, position }), settings, ref, decision: undefined, isTest: false, toDatetime }));
  for (let start = 0; start < rows.length; start += ROWS_AT_ONCE) {
    const chunk = rows.slice(start, start + ROWS_AT_ONCE);
    const subrequest = toUpsert({ kind: "states", rows: chunk, settings, referenceId: "states" });
    const [answer] = await sendComposite({ ...terms, subrequests: [subrequest], changes: true });
    const results = readRowResults({ status: answer?.status ?? 0, body: answer?.body, count: chunk.length });
    for (const result of results) if (!result.isWritten) throw mapRowError({ errors: result.errors, operation: terms.operation });
  }
}
