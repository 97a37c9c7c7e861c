import type { StoredProfileV1 } from "@volenti/core/adapter";
import type { PersonReading } from "./read-person.ts";
import type { DestinationView, HeldAttributeView } from "./unified-view.ts";

/** What one destination says of a person. */
export function toDestinationView(reading: PersonReading): DestinationView {
  const place = { id: reading.id, region: reading.connector.region };
  switch (reading.status) {
    case "found": {
      const [record, ...merged] = reading.records.map(({ subjectRef, profile }) => ({ subjectRef, profile: listAttributes(profile) }));
      return { ...place, status: "found", subjectRef: record?.subjectRef ?? "", profile: record?.profile ?? null, merged };
    }
    case "unreachable":
      return { ...place, status: "unreachable", code: reading.code };
    case "conflict":
    case "unlinked":
      return { ...place, status: reading.status, recordIds: reading.recordIds };
    default:
      return { ...place, status: "notFound" };
  }
}

function listAttributes(profile: StoredProfileV1 | null): readonly HeldAttributeView[] | null {
  if (profile === null) return null;
  return Object.entries(profile.attributes)
    .toSorted(([left], [right]) => (left < right ? -1 : 1))
    .map(([attribute, { value, changedAt, dateOf }]) => ({
      attribute,
      value,
      changedAt: new Date(changedAt).toISOString(),
      dateOf: dateOf ?? "attribute",
    }));
}
