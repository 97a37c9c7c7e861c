import type { IdentifierKind, SubjectWriteV1 } from "@volenti/core/adapter";
import { readTextMember } from "../mapping/read-text-member.ts";
import { readSubjectRef } from "../mapping/subject-ref.ts";
import { readAttribute } from "../mapping/to-profile.ts";
import type { Settings } from "../settings.ts";
import type { CustomerQueryData } from "../soap/data-contract.ts";
import { failCall, type CallTerms } from "./call-terms.ts";
import { compareWithCriterion, listCriteria, type SearchCriterion } from "./search-criterion.ts";

interface Comparing {
  readonly settings: Settings;
  readonly item: SubjectWriteV1;
  readonly stored: CustomerQueryData;
}

/**
 * Whether a customer whom one match key found is somebody else, by what else the record holds: another value of a key that
 * comes before, or, as a family shares its phone, another birthday or family name where nothing but the phone agrees. A
 * wrong no is somebody made twice; a wrong yes writes over a stranger.
 */
export function isSomebodyElse(request: Comparing & { criterion: SearchCriterion }): boolean {
  const { settings, item, criterion: { kind }, stored } = request;
  if (kind === "link" || isConfirmedByRef(request)) return false;
  const kinds = settings.matchKeys.map((key) => key.kind);
  const others = [...new Set(kinds)].filter((other) => other !== kind);
  const isOther = (other: IdentifierKind): boolean => compareKind({ ...request, kind: other }) === "other";
  if (others.some((other) => kinds.indexOf(other) < kinds.indexOf(kind) && isOther(other))) return true;
  if (kind !== "phone" || others.some((other) => compareKind({ ...request, kind: other }) === "same")) return false;
  return hasOtherFamilyName({ settings, item, stored }) || hasOtherBirthday({ settings, item, stored });
}

/**
 * An id or a link of ours holds a part of the ref. Where the whole of it is not stored, a record is not taken for the
 * person's when it has contact points of the subject's kinds and not one of them is the subject's.
 */
export function ensureSameContact(request: { terms: CallTerms; item: SubjectWriteV1; stored: CustomerQueryData }): void {
  const { terms, item, stored } = request;
  const { settings } = terms.session;
  if (isConfirmedByRef({ settings, item, stored })) return;
  const compared = [...new Set(settings.matchKeys.map(({ kind }) => kind))].map((kind) => compareKind({ settings, item, stored, kind }));
  if (!compared.includes("other") || compared.includes("same")) return;
  throw failCall({ terms, code: "conflict", providerCode: "contactsOfAnother" });
}

function isConfirmedByRef({ settings, item, stored }: Comparing): boolean {
  return readSubjectRef({ settings, stored }) === item.subject.ref;
}

/** Whether a record holds what the subject gives of a kind, in any place that is searched; `unknown`: one of the two has none. */
function compareKind(request: Comparing & { kind: IdentifierKind }): "same" | "other" | "unknown" {
  const { settings, item, stored, kind } = request;
  const criteria = listCriteria({ settings, identifiers: item.subject.identifiers }).filter((criterion) => criterion.kind === kind);
  const answers = criteria.filter((criterion) => holdsAny({ criterion, stored })).map((criterion) => compareWithCriterion({ criterion, stored }));
  if (answers.includes("same")) return "same";
  return answers.length > 0 ? "other" : "unknown";
}

function holdsAny(request: { criterion: SearchCriterion; stored: CustomerQueryData }): boolean {
  const { criterion, stored } = request;
  return "path" in criterion && readTextMember({ data: stored, path: criterion.path }) !== null;
}

/** Letter case, accents and hyphens are no difference: a till writes MOREAU-LEFEVRE. */
function hasOtherFamilyName(request: Comparing): boolean {
  const [held, given] = readBoth({ ...request, attribute: "familyName" }).map((name) =>
    (name ?? "").normalize("NFKD").replace(/[^\p{Letter}]/gu, "").toUpperCase(),
  );
  return held !== "" && given !== "" && held !== given;
}

/** A year that is not known, `0000`, contradicts none. */
function hasOtherBirthday(request: Comparing): boolean {
  const [held, given] = readBoth({ ...request, attribute: "birthdate" });
  if (typeof held !== "string" || typeof given !== "string") return false;
  const isYearKnown = !held.startsWith("0000") && !given.startsWith("0000");
  return isYearKnown ? held !== given : held.slice(4) !== given.slice(4);
}

/** What the record holds, and what the item says; null: nothing. */
function readBoth(request: Comparing & { attribute: string }): readonly (string | null)[] {
  const { settings, item, stored, attribute } = request;
  const target = settings.profile.targets.get(attribute);
  const held = target === undefined ? null : readAttribute({ settings, stored, attribute, target });
  return [held, item.profile?.[attribute]?.value].map((value) => (typeof value === "string" ? value : null));
}
