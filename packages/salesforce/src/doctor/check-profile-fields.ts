import type { ConnectionFindingV1 } from "@volenti/core/adapter";
import { learnAddressMode } from "../mapping/address-mode.ts";
import type { ProfileField } from "../mapping/profile-fields.ts";
import type { ObjectDescription } from "../provisioning/describe-object.ts";
import { PERMISSION_SET } from "../schema/names.ts";
import type { SalesforceSession } from "../transport/salesforce-session.ts";
import { errorFinding, info, nameAll, warning } from "./finding.ts";

/** The profile object's fields that are Salesforce's own or the brand's: seen, writable, and as the settings say. */
export function checkProfileFields(request: { session: SalesforceSession; description: ObjectDescription }): readonly ConnectionFindingV1[] {
  const { session, description } = request;
  const { profile, matchKeys, placeholderFamilyName } = session.settings;
  const addresses = checkAddressMode(request);
  const mode = addresses.hasCodes ? "codes" : "text";
  const fields = [...profile.fields.values()];
  // What is missing of our own fields is told once, with all the others.
  const unseen = fields.filter((field) => !field.field.startsWith("Volenti") && !isWritable({ description, name: writtenName({ field, mode }) }));
  const short = fields.flatMap((field) => shortField({ field, description }));
  const unfindable = matchKeys.filter(({ field }) => !description.fields.has(field)).map(({ field }) => `${profile.objectName}.${field}`);
  return [
    ...checkFlags(request),
    ...(unseen.length === 0 ? [] : [tellHidden({ names: unseen.map((field) => `${profile.objectName}.${writtenName({ field, mode })}`), unseen })]),
    ...short,
    ...(unfindable.length === 0
      ? []
      : [errorFinding("matchKeyHidden", `Customers who were there before cannot be found by ${nameAll(unfindable)}: missing, or hidden by field-level security.`)]),
    ...(placeholderFamilyName.length > (description.fields.get("LastName")?.length ?? 80)
      ? [errorFinding("fieldTooShort", "placeholderFamilyName is longer than LastName.")]
      : []),
    ...addresses.findings,
    ...checkPersonAccount(request),
  ];
}

/** A refusal that no flag shows is a refusal that agents and campaigns do not see. */
function checkFlags(request: { session: SalesforceSession; description: ObjectDescription }): ConnectionFindingV1[] {
  const { session, description } = request;
  const { optOutFlags, profile } = session.settings;
  return [...optOutFlags]
    .filter(([, { field }]) => !isWritable({ description, name: field }))
    .map(([channel, { field }]) =>
      errorFinding(
        "optOutFlagHidden",
        `${profile.objectName}.${field} is hidden or read-only, so refusals by ${channel} cannot be written: Setup → Permission Sets → ${PERMISSION_SET} → Object Settings → ${profile.kind === "Contact" ? "Contacts" : "Accounts and Contacts"} → Edit → tick Edit Access of that field, or set optOutFlags.${channel} to null.`,
      ),
    );
}

function tellHidden(request: { names: readonly string[]; unseen: readonly ProfileField[] }): ConnectionFindingV1 {
  const attributes = nameAll(request.unseen.map(({ attribute }) => attribute));
  return errorFinding(
    "profileFieldHidden",
    `Missing, hidden or read-only: ${nameAll(request.names)}; ${attributes} cannot be stored. Tick Edit Access of the fields in the permission set ${PERMISSION_SET}, or set them to null in fieldMap.`,
  );
}

function shortField(request: { field: ProfileField; description: ObjectDescription }): ConnectionFindingV1[] {
  const { field, description } = request;
  const found = description.fields.get(field.field);
  if (found === undefined || field.length === null || found.length === 0 || found.length >= field.length) return [];
  return [warning("fieldTooShort", `${description.name}.${field.field} holds ${found.length} characters where ${field.length} are usual; longer values of ${field.attribute} are rejected.`)];
}

function checkAddressMode(request: { session: SalesforceSession; description: ObjectDescription }): {
  hasCodes: boolean;
  findings: readonly ConnectionFindingV1[];
} {
  const { session, description } = request;
  const { fields, addressFields } = session.settings.profile;
  const codeField = fields.get("address.country")?.codeField;
  if (codeField === undefined) return { hasCodes: false, findings: [] };
  const hasCodes = description.fields.has(codeField);
  if (addressFields === "auto") learnAddressMode({ session, mode: hasCodes ? "codes" : "text" });
  const told = hasCodes
    ? info("stateCountryPicklists", "State and country picklists are on: countries and regions are written as codes.")
    : info("stateCountryPicklists", "State and country picklists are off: countries and regions are written as text.");
  const isContradicted = addressFields === (hasCodes ? "text" : "codes");
  const contradiction = errorFinding("stateCountryPicklists", `addressFields is ${addressFields}, and the org's state and country picklists are ${hasCodes ? "on" : "off"}: leave it at auto.`);
  return { hasCodes: addressFields === "auto" ? hasCodes : addressFields === "codes", findings: isContradicted ? [contradiction] : [told] };
}

function checkPersonAccount(request: { session: SalesforceSession; description: ObjectDescription }): ConnectionFindingV1[] {
  const { session, description } = request;
  if (session.settings.profile.kind === "Contact" || description.fields.has("IsPersonAccount")) return [];
  return [errorFinding("personAccountsOff", "profileObject is PersonAccount, and this org has no person accounts: Setup → Person Accounts, or set profileObject to Contact.")];
}

function writtenName(request: { field: ProfileField; mode: "codes" | "text" }): string {
  const { field, mode } = request;
  return mode === "codes" ? (field.codeField ?? field.field) : field.field;
}

function isWritable(request: { description: ObjectDescription; name: string }): boolean {
  const field = request.description.fields.get(request.name);
  return field !== undefined && field.isCreateable && field.isUpdateable;
}
