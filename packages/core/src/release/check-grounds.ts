import { matchesAnyAttribute } from "../model/attribute-pattern.ts";
import { findGoverningRow, mayCollectAt, mayCopyTo, type Place } from "../residency/evaluate-residency.ts";
import { toRecipientText, type Recipient } from "./recipient.ts";
import type { ReleaseFacts } from "./release-facts.ts";
import type { RecipientDeclaration } from "./release-rule.ts";
import type { ReleaseWorld } from "./release-world.ts";

interface GroundsQuestion {
  readonly purpose: string;
  readonly attribute: string;
  readonly recipient: Recipient;
  readonly facts: ReleaseFacts;
  readonly world: ReleaseWorld;
  readonly declarations: Readonly<Record<string, RecipientDeclaration>>;
}

/**
 * What no rule can overcome, in order: residency, restriction and holds, the purpose itself, and then what the person
 * decided. The first that refuses, as a code; null where none does.
 */
export function findRefusingGround(question: GroundsQuestion): string | null {
  return refuseByPlace(question) ?? refuseByCustody(question) ?? refuseByPurpose(question) ?? refuseByConsent(question);
}

function refuseByPlace({ facts, world, recipient, declarations }: GroundsQuestion): string | null {
  if (world.residency === null) return null;
  const { country } = facts;
  if (country === null) return "countryUnknown";
  const place = placeOf({ world, recipient, declarations });
  const judge = { reading: world.residency, country };
  if (place === null) {
    // Only a row that lets copies go anywhere does not ask where.
    const permissions = Object.values(findGoverningRow(judge)?.row.copyTo ?? {});
    return permissions.length > 0 && permissions.every((permission) => permission === "yes") ? null : "recipientRegionUnknown";
  }
  const copy = mayCopyTo({ ...judge, place });
  // A destination may be where the person's data is recorded in the first place.
  if (copy.allowed || (recipient.kind === "destination" && mayCollectAt({ ...judge, place }).allowed)) return null;
  return copy.reasons[0] ?? "residency";
}

/** Where a recipient has its data; null where nobody says. */
export function placeOf(request: {
  world: Pick<ReleaseWorld, "destinations">;
  recipient: Recipient;
  declarations: Readonly<Record<string, RecipientDeclaration>>;
}): Place | null {
  const { world, recipient, declarations } = request;
  const { kind, id } = recipient;
  if (kind === "destination") return world.destinations.get(id) ?? null;
  return declarations[toRecipientText(recipient)] ?? (kind === "partner" ? declarations[id] : declarations["till"]) ?? null;
}

function refuseByCustody({ facts, attribute, recipient }: GroundsQuestion): string | null {
  if (facts.isRestricted === null || facts.heldAttributes === null) return "custodyNotRead";
  if (facts.isRestricted) return "processingRestricted";
  // What is held is kept for the law alone: it stays where it is stored, and is given to nobody.
  return recipient.kind !== "destination" && matchesAnyAttribute({ patterns: facts.heldAttributes, attribute }) ? "held" : null;
}

function refuseByPurpose({ world, purpose: key, attribute, recipient }: GroundsQuestion): string | null {
  const purpose = world.purposes.get(key);
  if (purpose === undefined) return "unknownPurpose";
  if (!matchesAnyAttribute({ patterns: purpose.attributes, attribute })) return "attributeNotInPurpose";
  return recipient.kind === "partner" && !purpose.recipients.includes(recipient.id) ? "recipientNotInPurpose" : null;
}

function refuseByConsent({ facts, world, purpose: key, attribute, recipient }: GroundsQuestion): string | null {
  if (facts.consents === null) return "consentNotRead";
  const consent = facts.consents.get(key);
  const isOptIn = world.purposes.get(key)?.mechanism === "optIn";
  if (consent === undefined) return isOptIn ? "noGrant" : null;
  if (!consent.isPermitted) return consent.isRefused ? "refused" : "noGrant";
  // Systems of the brand process for it, whoever the grant names; third parties and tills are given what it names.
  const names = [recipient.id, toRecipientText(recipient), recipient.kind];
  const reaches = (recipients: readonly string[] | null): boolean =>
    recipients === null || recipient.kind === "destination" || recipients.some((name) => names.includes(name));
  const reaching = consent.scopes.filter(({ recipients }) => reaches(recipients));
  if (reaching.length === 0) return "grantNarrowedToOthers";
  const isCovered = reaching.some(({ attributes }) => attributes === null || matchesAnyAttribute({ patterns: attributes, attribute }));
  return isCovered ? null : "grantNarrowedToAttributes";
}
