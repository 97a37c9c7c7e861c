import type { ConsentState } from "@volenti/core/adapter";
import { mapRowError } from "../error/map-row-error.ts";
import { lookUpPeople } from "../intake/look-up-people.ts";
import { refusedAtOf } from "../intake/plan-person.ts";
import { readRowResults } from "../intake/row-result.ts";
import { sendComposite } from "../intake/send-composite.ts";
import { toUpsert } from "../intake/write-rows.ts";
import type { OrgRow } from "../mapping/org-row.ts";
import { REF_FIELD } from "../schema/names.ts";
import type { ErasureTerms } from "./erase-people.ts";

/**
 * Clears the opt-out flags that a test's refusal set on a real person: those that bear its very instant, where no real
 * refusal of the channel stands. Everybody else's flag stays.
 */
export async function clearTestFlags(request: {
  terms: ErasureTerms;
  ref: string;
  /** What stood with the tests, and what stands without them. */
  before: readonly ConsentState[];
  after: readonly ConsentState[];
}): Promise<void> {
  const { terms, ref, before, after } = request;
  const { settings } = terms.session;
  const channels = [...settings.optOutFlags.keys()].filter((channel) => refusedAtOf({ states: before, channel }) !== null && refusedAtOf({ states: after, channel }) === null);
  if (channels.length === 0) return;
  const [person] = await lookUpPeople({ ...terms, subjects: [{ ref, identifiers: [] }] });
  const row: OrgRow = {};
  for (const channel of channels) {
    const flag = settings.optOutFlags.get(channel);
    const decidedAt = person?.flags.get(channel)?.decidedAt ?? null;
    const refusedAt = refusedAtOf({ states: before, channel });
    // One later where the flag had to be set against a newer stamp: see `intake/flag-changes.ts`.
    if (flag === undefined || decidedAt === null || refusedAt === null || ![refusedAt, refusedAt + 1].includes(decidedAt)) continue;
    row[flag.field] = false;
    row[flag.stampField] = decidedAt + 1;
  }
  if (Object.keys(row).length === 0) return;
  const subrequest = toUpsert({ kind: "flags", rows: [{ [REF_FIELD]: ref, ...row }], settings, referenceId: "flags" });
  const [answer] = await sendComposite({ ...terms, subrequests: [subrequest], changes: true });
  const [result] = readRowResults({ status: answer?.status ?? 0, body: answer?.body, count: 1 });
  if (result?.isWritten === false) throw mapRowError({ errors: result.errors, operation: terms.operation });
}
