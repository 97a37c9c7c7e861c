import type { Volenti } from "@volenti/core";
import { showPerson } from "../../show/show-person.ts";
import type { UnifiedView } from "../../show/unified-view.ts";
import type { RightsTarget } from "../rights-request.ts";
import type { Fulfilment, FulfilmentRequest } from "./fulfilment.ts";
import { targetOfAbsent, toTarget } from "./to-target.ts";

/** What a person is told who asks what is held of them, and why (GDPR art. 15(1)). */
export interface AccessReport {
  /** Who answers for the data, and where the rest is said (GDPR art. 15(1), 13(1)(a)). */
  readonly controller: { readonly name: string; readonly contact: string; readonly privacyPolicyUrl: string };
  /** What each destination holds, and each consent. */
  readonly view: UnifiedView;
  /** Every purpose of the configuration, in its current version. */
  readonly purposes: readonly AccessPurpose[];
  /** The notices that the standing decisions were made under, each once. */
  readonly notices: readonly { readonly id: string; readonly version: string; readonly locale: string; readonly policyUrl: string | null }[];
  /** Where the data came from: the places at which standing decisions were collected, sorted. */
  readonly sources: readonly string[];
}

export interface AccessPurpose {
  readonly key: string;
  readonly version: string;
  readonly label: Readonly<Record<string, string>>;
  readonly basis: string;
  readonly attributes: readonly string[];
  readonly recipients: readonly string[];
  /** ISO 8601 duration; null where the configuration names none. */
  readonly retention: string | null;
}

/** Reads everything, and tells what a person may know of it. */
export async function access(request: FulfilmentRequest): Promise<Fulfilment> {
  const { volenti, identifier, places, actor, rightsRequest } = request;
  const viewer = { actor, reason: `request ${rightsRequest.requestId}` };
  const view = await showPerson({ volenti, person: { identifier }, viewer });
  const read = new Map(view.destinations.map((destination) => [destination.id, destination]));
  const targets = places.map((place): RightsTarget => {
    const system = place.id;
    const destination = read.get(system);
    if (destination?.status === "found") return toTarget({ system, state: "done", outcome: "read" });
    if (destination?.status === "unreachable") return targetOfAbsent({ ...place, person: { status: "unreachable", code: destination.code } });
    return targetOfAbsent(place);
  });
  return { targets, report: toAccessReport({ volenti, view }) };
}

function toAccessReport(request: { volenti: Volenti; view: UnifiedView }): AccessReport {
  const { volenti, view } = request;
  const { catalogue, controller } = volenti;
  const { name, contact, privacyPolicyUrl } = controller;
  const notices = new Map(view.consents.flatMap(({ decision }) => (decision?.notice == null ? [] : [[JSON.stringify(decision.notice), decision.notice]])));
  return {
    controller: { name, contact, privacyPolicyUrl },
    view,
    purposes: catalogue.purposes.filter(({ current }) => current).map(toAccessPurpose),
    notices: [...notices.values()].map((notice) => ({ ...notice, policyUrl: policyUrlOf({ volenti, notice }) })),
    sources: [...new Set(view.consents.flatMap(({ decision }) => decision?.collectionPoint ?? []))].toSorted(),
  };
}

function toAccessPurpose(purpose: Volenti["catalogue"]["purposes"][number]): AccessPurpose {
  const { key, version, label, basis, attributes, recipients, retention } = purpose;
  return { key, version, label, basis, attributes, recipients, retention: retention ?? null };
}

function policyUrlOf(request: { volenti: Volenti; notice: { id: string; version: string; locale: string } }): string | null {
  const { id, version, locale } = request.notice;
  const found = request.volenti.catalogue.notices.find((notice) => notice.id === id && notice.version === version && notice.locale === locale);
  return found?.policyUrl ?? null;
}
