import { consentKey, type Catalogue, type StandingStatus, type SystemChangeV1, type SystemDecisionV1 } from "@volenti/core/adapter";
import { readIdentifiers } from "../link/read-identifiers.ts";
import type { WalkedCustomer } from "../link/walk-customers.ts";
import { fromCountry } from "../mapping/coded-values.ts";
import { readLinkMarker } from "../mapping/customer-id.ts";
import { listFieldKeys, type ConsentKey } from "../mapping/opt-in-keys.ts";
import { permits, readOptInSet, type OptInField } from "../mapping/opt-in-set.ts";
import { listTillChanges, readLastWritten, type LastWritten } from "../mapping/slots.ts";
import { readSubjectRef } from "../mapping/subject-ref.ts";
import { isTestRecord } from "../mapping/test-mark.ts";
import { readChangedAt } from "../mapping/to-profile.ts";
import type { CustomerInformationType } from "../soap/data-contract.ts";
import type { Settings } from "../settings.ts";

/** What a change is told as: a decision with the instant that it counts from, or only that something changed. */
type Told = { readonly changedAt: number; readonly decision?: SystemDecisionV1 };

interface Source {
  readonly settings: Settings;
  readonly catalogue: Catalogue;
  readonly walked: WalkedCustomer;
  /** Epoch milliseconds, for a server that does not tell when a record changed. */
  readonly now: number;
}

/** What the till changed of one record since we last wrote; nothing where we never did, or no slots say what it was. */
export function toChanges(source: Source): readonly SystemChangeV1[] {
  const { settings, catalogue, walked: { customerId, stored } } = source;
  const last = readLastWritten({ settings, stored });
  if (last === null) return [];
  const { optIns } = readOptInSet(stored);
  const fieldKeys = listFieldKeys({ consent: settings.consent, catalogue, states: [] });
  const common = {
    cursor: customerId,
    subjectRef: toSubjectRef({ settings, walked: source.walked }),
    kind: "decision" as const,
    by: { kind: "staff" as const },
    identifiers: readIdentifiers({ settings, stored }),
    country: fromCountry({ stored, profile: settings.profile }),
    test: isTestRecord({ settings, stored }),
  };
  const told = listTillChanges({ last, optIns }).flatMap((field) =>
    tellField({ source, last, keys: fieldKeys.get(field) ?? [], from: last.optIns[field], to: optIns[field] }).map((change) => ({ field, to: optIns[field], change })),
  );
  return withoutRepetition(told).map(({ field, to, change }) => ({
    ...common,
    ...change,
    changeId: JSON.stringify([customerId, last.decisionId, field, to, change.decision ?? null, change.changedAt]),
  }));
}

/**
 * A no counts from the record's last change, the latest that it can be; a yes from the moment after our last decision, the
 * earliest. A yes that may be that of several purposes is none of them, a question that was put again ends a yes and
 * undoes no no, and more or fewer partners is nothing that a single decision says: of these it is only told that they changed.
 */
function tellField(request: {
  source: Source;
  last: LastWritten;
  keys: readonly ConsentKey[];
  from: CustomerInformationType;
  to: CustomerInformationType;
}): readonly Told[] {
  const { source: { settings, walked: { stored }, now }, last, keys, from, to } = request;
  const changedAt = readChangedAt({ settings, stored }) ?? now;
  const decide = (told: { status: StandingStatus; changedAt: number }): readonly Told[] =>
    keys.map(({ purpose, channel }) => ({ changedAt: told.changedAt, decision: { purpose, channel, status: told.status } }));
  if (to === "DoNotUse") return decide({ status: permits(from) ? "withdrawn" : "refused", changedAt });
  if (to === "AskCustomer" && permits(from)) return decide({ status: "invalidated", changedAt });
  const givenAt = last.guardedUntil + 1000;
  if (permits(to) && !permits(from) && keys.length === 1 && givenAt <= changedAt) return decide({ status: "given", changedAt: givenAt });
  return [{ changedAt }];
}

/** A purpose that decides several opt-ins is told once: by a no where there is one. */
function withoutRepetition<Item extends { readonly field: OptInField; readonly to: CustomerInformationType; readonly change: Told }>(told: readonly Item[]): readonly Item[] {
  const noFirst = told.toSorted((left, right) => Number(right.to === "DoNotUse") - Number(left.to === "DoNotUse"));
  const seen = new Set<string>();
  return noFirst.filter(({ change: { decision } }) => {
    if (decision === undefined) return true;
    const key = consentKey(decision);
    const isNew = !seen.has(key);
    seen.add(key);
    return isNew;
  });
}

/** Without a `refField` a record holds the beginning of a ref and no more; where it holds none, its own id is all that names it. */
function toSubjectRef(request: { settings: Settings; walked: WalkedCustomer }): string {
  const { settings, walked: { customerId, stored } } = request;
  return readSubjectRef({ settings, stored }) ?? readLinkMarker({ settings, stored })?.slice(1).toLowerCase() ?? customerId;
}
