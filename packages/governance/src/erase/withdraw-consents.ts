import type { Volenti } from "@volenti/core";
import { ANY_CHANNEL, endsPermission, isStanding, toUuid, type CataloguedPurpose, type Identifier } from "@volenti/core/adapter";
import { latestNotice } from "../support/latest-notice.ts";
import type { Withdrawal } from "./erasure-report.ts";
import type { PersonPlace } from "./person-place.ts";

/**
 * Refuses for a person who wants to be erased every purpose that they may refuse, where a hold keeps them on record: as a
 * submission like any other, so that it is proved and reaches every destination. What stands refused already is left out.
 */
export async function withdrawConsents(request: {
  volenti: Volenti;
  identifier: Identifier;
  places: readonly PersonPlace[];
  country: string | null;
  requestedAt: number;
}): Promise<Withdrawal> {
  const { volenti, identifier, country, requestedAt } = request;
  const refused = await listRefused(request);
  const decisions = volenti.catalogue.purposes.flatMap((purpose) => {
    const isOpen = purpose.current && purpose.mechanism !== "noticeOnly" && !refused.has(purpose.key);
    const decision = isOpen ? refuse({ volenti, purpose, country }) : null;
    return decision === null ? [] : [decision];
  });
  const purposes = decisions.map(({ purpose }) => purpose);
  if (decisions.length === 0) return { outcome: "delivered", purposes };
  if (country === null) return { outcome: "unsupported", purposes };
  const occurredAt = new Date(requestedAt).toISOString();
  const { outcome } = await volenti.collect({
    submissionId: toUuid(volenti.crypto.randomBytes(16)),
    collectionPoint: "erasure-request",
    occurredAt,
    receivedAt: occurredAt,
    country,
    subject: { identifiers: [{ kind: identifier.kind, value: identifier.value }] },
    decisions,
    actor: { kind: "subject" },
  });
  // What no route leads anywhere is rejected however often it is sent.
  if (outcome === "rejected") return { outcome: "unsupported", purposes };
  return { outcome: outcome === "delivered" ? "delivered" : "undelivered", purposes };
}

/** Purposes of which every destination that knows the person says no for every channel. */
async function listRefused(request: { volenti: Volenti; places: readonly PersonPlace[] }): Promise<ReadonlySet<string>> {
  const { volenti, places } = request;
  const states = (await Promise.all(
    places.flatMap(({ connector, subjectRefs }) => subjectRefs.map((subjectRef) => connector.consent.listStates({ subjectRef }))),
  )).flat();
  const refused = volenti.catalogue.purposes.filter(({ key, channels }) => {
    const own = states.filter(({ purpose, status }) => purpose === key && isStanding(status));
    const isEnded = own.every(({ status }) => endsPermission(status));
    return isEnded && [ANY_CHANNEL, ...channels].every((channel) => own.some((state) => state.channel === channel));
  });
  return new Set(refused.map(({ key }) => key));
}

interface Refusal {
  readonly purpose: string;
  readonly status: "objected" | "withdrawn";
  readonly notice: string;
  readonly noticeVersion: string;
  readonly locale: string;
  readonly method: string;
}

/** Under the newest notice about the purpose; null where none is, and so nobody was ever asked. */
function refuse(request: { volenti: Volenti; purpose: CataloguedPurpose; country: string | null }): Refusal | null {
  const { volenti, purpose, country } = request;
  const notice = latestNotice({ purpose: purpose.key, catalogue: volenti.catalogue, country });
  if (notice === undefined) return null;
  const status = purpose.mechanism === "optOut" ? "objected" : "withdrawn";
  const { id, version, locale } = notice;
  return { purpose: purpose.key, status, notice: id, noticeVersion: version, locale, method: "erasureRequest" };
}
