import type { ErasureLog, Volenti } from "@volenti/core";
import type { ErasureReason, Identifier } from "@volenti/core/adapter";
import { findPlace, NOWHERE, placeOfLatest, readRecords, type Place } from "../support/find-place.ts";
import { describeWholeHolds, holdsEverything } from "./describe-holds.ts";
import { erasePlaces, type PlacesErasure } from "./erase-places.ts";
import type { DestinationErasure, ErasureReport, Withdrawal } from "./erasure-report.ts";
import type { PersonPlace } from "./person-place.ts";
import { readCustody, type Custody } from "./read-custody.ts";
import { describeErasure, isDone, toErasureReport } from "./to-erasure-report.ts";
import { withdrawConsents } from "./withdraw-consents.ts";
import { logDone, logErasure } from "./write-log-entry.ts";

export interface ErasureRun {
  readonly volenti: Volenti;
  /** Where the person is held, and by which refs as far as that is known. */
  readonly places: readonly Omit<PersonPlace, "suppressions">[];
  /** Destinations that may hold the person and will not be erased now, or do not hold them. */
  readonly elsewhere: readonly DestinationErasure[];
  readonly reason: ErasureReason;
  /** Epoch milliseconds. */
  readonly requestedAt: number;
  /** Who asked; null where nobody did. */
  readonly identifier: Identifier | null;
  readonly log: ErasureLog | null;
}

/**
 * Holds first, then the log, then the destinations. Rejects only where the log cannot be written, and before anything is
 * erased where it is the first entry.
 */
export async function runErasure(run: ErasureRun): Promise<ErasureReport> {
  const { volenti } = run;
  // Nothing is changed by either, and neither waits for the other.
  const [custody, place] = await Promise.all([
    readCustody({ volenti, subjectRefs: [...new Set(run.places.flatMap(({ subjectRefs }) => subjectRefs))] }),
    findCountry(run.places).catch(() => NOWHERE),
  ]);
  const places = withCustody({ run, custody });
  const named = new Set(places.map(({ id }) => id));
  const elsewhere = run.elsewhere.filter(({ id }) => !named.has(id));
  const report = (erasures: readonly DestinationErasure[], withdrawal?: Withdrawal): ErasureReport =>
    toErasureReport({ volenti, erasures: [...elsewhere, ...erasures], withdrawal });
  if (places.length === 0) return report([]);
  if (isHoldUnknown({ run, custody })) return report(places.map((place) => waitForLedgers({ place, custody })));
  if (holdsEverything(custody.holds)) {
    const records = describeWholeHolds(custody.holds);
    return report(places.map((place) => describeErasure({ ...place, status: "kept", records })));
  }
  // Where nothing is known under the own ref, something may be under those that were merged into it.
  const { country } = place.country === null && custody.hasMerged ? await findPlace(places).catch(() => NOWHERE) : place;
  const copiesRemain = elsewhere.some((erasure) => !isDone(erasure) && erasure.status !== "unsupported");
  const { reason, requestedAt } = run;
  return erase({ run, erasure: { volenti, places, reason, requestedAt, country, holds: custody.holds, copiesRemain }, report });
}

/** Ledgers have every decision: the others are asked where those know none. */
async function findCountry(places: ErasureRun["places"]): Promise<Place> {
  const ledgers = places.filter(({ connector }) => connector.ledger !== undefined);
  const known = placeOfLatest((await Promise.all(ledgers.map(readRecords))).flat());
  return known.country === null ? findPlace(places) : known;
}

async function erase(request: {
  run: ErasureRun;
  erasure: PlacesErasure;
  report: (erasures: readonly DestinationErasure[], withdrawal?: Withdrawal) => ErasureReport;
}): Promise<ErasureReport> {
  const { run, erasure } = request;
  const { volenti, log, identifier } = run;
  const entryId = log === null ? null : await logErasure({ log, erasure });
  const isHeld = erasure.holds.length > 0;
  const withdrawal = isHeld ? await tryToWithdraw({ ...erasure, identifier }) : undefined;
  const report = request.report(await erasePlaces(erasure), withdrawal);
  if (log !== null && entryId !== null) await logDone({ log, volenti, entryId, outcome: report.outcome });
  return report;
}

async function tryToWithdraw(request: PlacesErasure & { identifier: Identifier | null }): Promise<Withdrawal> {
  const { identifier } = request;
  if (identifier === null) return { outcome: "unsupported", purposes: [] };
  return withdrawConsents({ ...request, identifier }).catch((): Withdrawal => ({ outcome: "undelivered", purposes: [] }));
}

/**
 * A person whom others were merged into is erased by their refs as well, since a copy may hold those still: also where
 * nobody was found by the person's own.
 */
function withCustody(request: { run: ErasureRun; custody: Custody }): readonly PersonPlace[] {
  const { run, custody } = request;
  // Of two who became one, each copy was found under one ref, and the other lies beside it.
  const merged = custody.hasMerged ? custody.subjectRefs : [];
  const unfound = merged.length === 0 ? [] : run.elsewhere.filter(({ status }) => status === "notFound");
  const others = unfound.flatMap(({ id }) => {
    const connector = run.volenti.destinations.get(id);
    return connector === undefined ? [] : [{ id, connector, subjectRefs: [] }];
  });
  return [...run.places, ...others].map((place) => ({
    ...place,
    subjectRefs: inOrder({ own: place.subjectRefs, merged }),
    suppressions: custody.suppressions.get(place.id) ?? [],
  }));
}

/** The own last: identifiers lead to it alone, and whoever is stopped in between must find what is left. */
function inOrder(request: { own: readonly string[]; merged: readonly string[] }): readonly string[] {
  const { own, merged } = request;
  return [...merged.filter((ref) => !own.includes(ref)), ...own];
}

/** Nothing is erased on a guess: a ledger that cannot be asked, or finds several people, may know of a hold. */
function isHoldUnknown({ run, custody }: { run: ErasureRun; custody: Custody }): boolean {
  const isUnsettled = run.elsewhere.some(
    ({ id, status }) => (status === "failed" || status === "conflict") && run.volenti.destinations.get(id)?.custody !== undefined,
  );
  return isUnsettled || custody.unanswered.size > 0;
}

function waitForLedgers(request: { place: PersonPlace; custody: Custody }): DestinationErasure {
  const { place, custody } = request;
  const code = custody.unanswered.get(place.id);
  return code === undefined
    ? describeErasure({ ...place, status: "notAttempted", code: "holdsUnknown" })
    : describeErasure({ ...place, status: "failed", code });
}
