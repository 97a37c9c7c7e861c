import { guessAddressMode, learnAddressMode } from "../mapping/address-mode.ts";
import type { OrgRow } from "../mapping/org-row.ts";
import { fieldNameOf, judgeAttribute, toPlaceholder, addProfileFields, type SendableAttribute } from "../mapping/profile-row.ts";
import { readFaults } from "../error/fault.ts";
import { TEST_FIELD } from "../schema/names.ts";
import { failPeople } from "./fail-people.ts";
import { lookUpPeople } from "./look-up-people.ts";
import type { PersonProgress } from "./person-progress.ts";
import { markerOf, toRowError } from "./row-error.ts";
import type { RowResult } from "./row-result.ts";
import { NO_ROWS, readyRows } from "./rows-of-kind.ts";
import type { CallTerms } from "./send-composite.ts";
import { writeRows } from "./write-rows.ts";

/** Each round takes away one reason; more than these a row does not have. */
const ROUNDS = 5;

/**
 * Sends profile rows that were refused again, without what they were refused for: attributes that something newer stands
 * against, values that the org does not take, or with the family name that it demands. Costs calls only where a row was
 * refused. What is refused for good is told attribute by attribute.
 */
export async function mendProfiles(terms: CallTerms, people: readonly PersonProgress[]): Promise<void> {
  let refused = people.filter(isRefused);
  try {
    for (let round = 0; round < ROUNDS && refused.length > 0; round += 1) refused = await mendOnce({ terms, people: refused });
  } catch (error) {
    failPeople({ terms, people: refused, error });
  }
  for (const person of people) decideAttributes({ terms, person });
}

/** One round; answers those who were refused once more. */
async function mendOnce(request: { terms: CallTerms; people: readonly PersonProgress[] }): Promise<PersonProgress[]> {
  const { terms, people } = request;
  await readStampsOf({ terms, people: people.filter(isStale) });
  const mended = people.filter((person) => mend({ terms, person }));
  const results = await writeRows({
    ...terms,
    people: mended.map(({ plan, profileRows, written }) => ({
      individual: NO_ROWS,
      profile: profileRows,
      states: NO_ROWS,
      decisions: NO_ROWS,
      flags: "results" in written && written.results.flags[0]?.isWritten === false ? plan.rows.flags : NO_ROWS,
    })),
  });
  mended.forEach((person, index) => takeResults({ person, again: results[index] }));
  return mended.filter(isRefused);
}

function isRefused(person: PersonProgress): boolean {
  return person.failure === null && profileResult(person)?.isWritten === false;
}

function profileResult({ written }: PersonProgress): RowResult | undefined {
  return "results" in written ? written.results.profile[0] : undefined;
}

function isStale(person: PersonProgress): boolean {
  const result = profileResult(person);
  return result !== undefined && markerOf(result) === "superseded";
}

/** What stands now is read once for all: the attributes that are older than it are left out. */
async function readStampsOf(request: { terms: CallTerms; people: readonly PersonProgress[] }): Promise<void> {
  const { terms, people } = request;
  if (people.length === 0) return;
  const known = await lookUpPeople({ ...terms, subjects: people.map(({ plan }) => ({ ref: plan.ref, identifiers: [] })) });
  for (const person of people) {
    const standing = known.find(({ ref }) => ref === person.plan.ref);
    if (standing === undefined) continue;
    const newer: SendableAttribute[] = [];
    for (const attribute of person.sendable) {
      const outcome = judgeAttribute({ change: attribute.change, standing: standing.stamps.get(attribute.field.attribute) });
      if (outcome === "applied") newer.push(attribute);
      else person.outcomes[attribute.field.attribute] = outcome;
    }
    person.sendable = newer;
  }
}

/** Changes what will be sent; false where nothing more can be done for the row. */
function mend(request: { terms: CallTerms; person: PersonProgress }): boolean {
  const { terms, person } = request;
  const result = profileResult(person);
  if (result === undefined || result.isWritten || person.profileRows.count === 0) return false;
  const row = person.profileRows.make(0);
  const marker = markerOf(result);
  if (marker === "realPerson") return resend({ terms, person, changes: { [TEST_FIELD]: false } });
  if (marker === "superseded") return person.sendable.length > 0 && resend({ terms, person, changes: {} });
  const error = toRowError({ result, operation: terms.operation });
  const names = new Set(readFaults(result.errors).flatMap(({ fieldNames }) => fieldNames));
  if (error.providerCode === "REQUIRED_FIELD_MISSING" && names.has("LastName") && terms.session.settings.withoutFamilyName === "placeholder") {
    return resend({ terms, person, changes: toPlaceholder(terms.session.settings) });
  }
  if (error.retry.kind !== "never" || error.code === "conflict") {
    person.failure = error;
    return false;
  }
  if (learnFromAddress({ terms, person, names, code: error.providerCode })) return resend({ terms, person, changes: {} });
  const isMended = dropNamed({ terms, person, names }) || isOfNeighbour({ row, names, code: error.providerCode }) || dropMistyped({ person, code: error.providerCode });
  return isMended && resend({ terms, person, changes: {} });
}

/** An org refuses a whole collection for a field that one row has and the user does not see: the others may come again. */
function isOfNeighbour(request: { row: OrgRow; names: ReadonlySet<string>; code: string | undefined }): boolean {
  const { row, names, code } = request;
  return (code === "INVALID_FIELD" || code === "INVALID_FIELD_FOR_INSERT_UPDATE") && names.size > 0 && [...names].every((name) => !(name in row));
}

/**
 * A text in a brand's number field spoils a whole collection, and the org does not say whose. The types of the brand's
 * fields are not known here: all its own attributes are given up, aloud, so that no customer loses the others.
 */
function dropMistyped(request: { person: PersonProgress; code: string | undefined }): boolean {
  const { person, code } = request;
  if (code !== "JSON_PARSER_ERROR") return false;
  for (const { field } of person.sendable) if (field.type === "brand") person.outcomes[field.attribute] = "rejected";
  person.sendable = person.sendable.filter(({ field }) => field.type !== "brand");
  return true;
}

/** The row anew: what it was beside the attributes, and the attributes that are left. A record that is there needs no placeholder. */
function resend(request: { terms: CallTerms; person: PersonProgress; changes: OrgRow }): boolean {
  const { terms, person, changes } = request;
  const { settings } = terms.session;
  const placeholder = toPlaceholder(settings);
  const attributeNames = new Set([
    ...Object.keys(placeholder),
    ...person.plan.sendable.flatMap(({ field }) => [field.field, field.codeField ?? field.field, field.stampField]),
  ]);
  const sent = person.profileRows.make(0);
  const others = Object.fromEntries(Object.entries(sent).filter(([name]) => !attributeNames.has(name)));
  const isPlaceholder = sent["LastName"] === placeholder["LastName"] && !isStale(person);
  const row: OrgRow = { ...others, ...(isPlaceholder ? placeholder : {}) };
  addProfileFields({
    row,
    sendable: person.sendable,
    mode: guessAddressMode(terms.session),
    placeholderFamilyName: settings.placeholderFamilyName,
  });
  person.profileRows = readyRows([Object.assign(row, changes)]);
  return true;
}

/** State and country picklists show in what is refused: a code field that is not there, or a text that is no value of the list. */
function learnFromAddress(request: { terms: CallTerms; person: PersonProgress; names: ReadonlySet<string>; code: string | undefined }): boolean {
  const { terms, person, names, code } = request;
  const { session } = terms;
  if (session.settings.profile.addressFields !== "auto") return false;
  const coded = person.sendable.filter(({ field }) => field.codeField !== undefined);
  // As this row was sent: another's answer may have told since.
  const mode = coded.some(({ field }) => field.codeField !== undefined && field.codeField in person.profileRows.make(0)) ? "codes" : "text";
  const isAbout = (fieldsOf: (attribute: SendableAttribute) => readonly string[]): boolean =>
    coded.some((attribute) => fieldsOf(attribute).some((name) => names.has(name)));
  const isNamed = isAbout(({ field }) => [field.field, field.codeField ?? ""]);
  if (mode === "text" && code === "FIELD_INTEGRITY_EXCEPTION" && coded.length > 0 && (isNamed || names.size === 0)) {
    learnAddressMode({ session, mode: "codes" });
    return true;
  }
  if (mode === "codes" && code === "INVALID_FIELD" && isNamed) {
    learnAddressMode({ session, mode: "text" });
    return true;
  }
  return false;
}

/** Gives up the attributes whose fields the org complained of; false where it named none that we sent. */
function dropNamed(request: { terms: CallTerms; person: PersonProgress; names: ReadonlySet<string> }): boolean {
  const { terms, person, names } = request;
  const mode = guessAddressMode(terms.session);
  const isNamed = ({ field }: SendableAttribute): boolean => names.has(fieldNameOf({ field, mode })) || names.has(field.stampField);
  const dropped = person.sendable.filter(isNamed);
  for (const { field } of dropped) person.outcomes[field.attribute] = "rejected";
  person.sendable = person.sendable.filter((attribute) => !isNamed(attribute));
  return dropped.length > 0;
}

function takeResults(request: { person: PersonProgress; again: PersonProgress["written"] | undefined }): void {
  const { person, again } = request;
  if (again === undefined || !("results" in person.written)) return;
  if ("error" in again) {
    person.failure = again.error;
    return;
  }
  const { results } = person.written;
  person.written = {
    results: { ...results, profile: again.results.profile, flags: again.results.flags.length > 0 ? again.results.flags : results.flags },
  };
}

/**
 * What was sent last is applied where its row was written, and rejected where nothing more could be done for it. Of a
 * person without a family name the brand may want no record at all: then there was nothing to do.
 */
function decideAttributes(request: { terms: CallTerms; person: PersonProgress }): void {
  const { terms, person } = request;
  const result = profileResult(person);
  const { standing } = person.plan;
  const isUnwanted = result === undefined && terms.session.settings.withoutFamilyName === "individualOnly";
  for (const { field, change } of person.sendable) {
    const before = typeof standing === "object" ? judgeAttribute({ change, standing: standing.stamps.get(field.attribute) }) : "applied";
    person.outcomes[field.attribute] = isUnwanted ? "notKept" : result?.isWritten === true ? before : "rejected";
  }
}

