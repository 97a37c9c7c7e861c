import type { JsonValue } from "@volenti/core/adapter";
import type { OrgRow } from "../mapping/org-row.ts";
import { fieldName, soql } from "../query/soql.ts";
import { queryTogether } from "../profile/query-together.ts";
import { chunkValues } from "../profile/chunk-values.ts";
import { updateRecords } from "./change-records.ts";
import type { ErasureTerms } from "./erase-people.ts";
import type { OwnRecords } from "./find-own-records.ts";

const REASON = "markedForErasureBySystem";
/** What Salesforce's own jobs, and the brand's, act upon. */
const ON_INDIVIDUAL: OrgRow = {
  ShouldForget: true,
  HasOptedOutProcessing: true,
  HasOptedOutProfiling: true,
  HasOptedOutSolicit: true,
  HasOptedOutTracking: true,
  HasOptedOutGeoTracking: true,
};

/** Marks people for the org's own erasure jobs, and ends every mailing meanwhile. Nothing is removed, which the answer says. */
export async function markPeople(request: ErasureTerms & { own: OwnRecords }): Promise<void> {
  const { own, ...terms } = request;
  const { individuals, profiles, states } = own;
  const flags = await readFlagStamps({ ...terms, own });
  const changes = await updateRecords({
    ...terms,
    updates: [
      ...individuals.map((record) => ({ record, values: ON_INDIVIDUAL })),
      ...profiles.map((record) => ({ record, values: optOuts({ terms, stamps: flags.get(record.id) ?? {} }) })),
    ],
  });
  const refused = changes.find((change) => change.kind === "refused");
  const reason = refused?.kind === "refused" ? refused.reason : REASON;
  terms.tally.retained({ kind: "profile", count: profiles.length, reason });
  terms.tally.retained({ kind: "states", count: states.length, reason });
  terms.tally.retained({ kind: "identity", count: individuals.length, reason });
}

async function readFlagStamps(request: ErasureTerms & { own: OwnRecords }): Promise<ReadonlyMap<string, Readonly<Record<string, unknown>>>> {
  const { own, ...terms } = request;
  const { profile, optOutFlags } = terms.session.settings;
  const columns = ["Id", ...[...optOutFlags.values()].map(({ stampField }) => stampField)].map(fieldName);
  const queries = chunkValues({ values: own.profiles.map(({ id }) => id), longestCount: 200 }).map((ids) => soql`SELECT ${columns} FROM ${fieldName(profile.objectName)} WHERE Id IN ${ids}`);
  const answers = await queryTogether({ ...terms, queries, absent: "isError" });
  return new Map(answers.flat().map((row) => [String(row["Id"]), row] as const));
}

/** A flag with its stamp, later than what stands: the org's own rule refuses an older one. */
function optOuts(request: { terms: ErasureTerms; stamps: Readonly<Record<string, unknown>> }): OrgRow {
  const { terms, stamps } = request;
  const now = terms.session.context(terms.operation).clock.now();
  return Object.fromEntries(
    [...terms.session.settings.optOutFlags.values()].flatMap(({ field, stampField }): [string, JsonValue][] => {
      const stamp = stamps[stampField];
      return [[field, true], [stampField, typeof stamp === "number" ? Math.max(now, stamp + 1) : now]];
    }),
  );
}
