import type { DecisionColumnsV1 } from "@volenti/core/adapter";
import type { ReadRecord } from "../support/read-decision-record.ts";

/** The columns that say something else than the record that they repeat; none where the store repeats nothing. */
export function differingColumns(request: {
  record: ReadRecord;
  columns: DecisionColumnsV1 | undefined;
}): readonly (keyof DecisionColumnsV1)[] {
  const { record, columns } = request;
  if (columns === undefined) return [];
  const { purpose, notice, channel, status, occurredAt, receivedAt, effectiveAt, collectionPoint } = record;
  const { instantStepInMs = 1 } = columns;
  const cut = (instant: number): number => Math.floor(instant / instantStepInMs) * instantStepInMs;
  const expected: Omit<DecisionColumnsV1, "instantStepInMs"> = {
    purpose: purpose.key,
    purposeVersion: purpose.version,
    channel,
    status,
    noticeId: notice.id,
    noticeVersion: notice.version,
    noticeSha256: notice.sha256,
    occurredAt: cut(occurredAt),
    receivedAt: receivedAt === null ? null : cut(receivedAt),
    effectiveAt,
    collectionPoint,
    test: record.test,
  };
  const names = Object.keys(expected) as (keyof typeof expected)[];
  // Not every store repeats whether it was a test.
  return names.filter((name) => expected[name] !== columns[name] && !(name === "test" && columns.test === undefined));
}
