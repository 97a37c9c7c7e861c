import { ConnectorError } from "@volenti/core";
import type { ConnectorV1, OverviewRecordV1, OverviewV1 } from "@volenti/core/adapter";

/** Epoch milliseconds beyond which there is no date (ECMA-262, time values). */
const FARTHEST = 8.64e15;

/**
 * Throws `malformedResponse` where something that is shown of a person is dated by no date, which only somebody inside the
 * system can have written: whoever writes it out would fail without a code.
 */
export function requireInstants(request: { connector: Pick<ConnectorV1, "connectorId">; overview: OverviewV1 }): void {
  const { connector: { connectorId }, overview } = request;
  if (listInstants(overview).every(isInstant)) return;
  throw new ConnectorError({ code: "malformedResponse", connectorId, operation: "overview.read", providerCode: "noInstant" });
}

function listInstants({ records, custody }: OverviewV1): readonly (number | null)[] {
  const ofHolds = (custody?.holds ?? []).flatMap(({ setAt, until, liftedAt }) => [setAt, until, liftedAt]);
  return [...records.flatMap(instantsOf), ...ofHolds, custody?.restriction?.since ?? null];
}

function instantsOf({ profile, states }: OverviewRecordV1): readonly (number | null)[] {
  const ofAttributes = Object.values(profile?.attributes ?? {}).map(({ changedAt }) => changedAt);
  return [...ofAttributes, ...states.flatMap(({ effectiveAt, validUntil }) => [effectiveAt, validUntil])];
}

function isInstant(instant: number | null): boolean {
  return instant === null || Math.abs(instant) <= FARTHEST;
}
