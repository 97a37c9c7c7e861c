import type { ObjectSchema, OrgSchema } from "./org-schema.ts";
import { parseField, parseObject } from "./parse-object.ts";
import { account, PERSON_ACCOUNT_FIELDS } from "./standard/account.ts";
import { consentCatalogue } from "./standard/consent-catalogue.ts";
import { consents } from "./standard/consents.ts";
import { contactPoints } from "./standard/contact-points.ts";
import { individual } from "./standard/individual.ts";
import { people } from "./standard/people.ts";
import { setupObjects } from "./standard/setup-objects.ts";

/** These are there only while "make data protection details available in records" is on. */
const OF_DATA_PROTECTION: ReadonlySet<string> = new Set([
  "Individual", "ContactPointTypeConsent", "AuthorizationForm", "AuthorizationFormText", "AuthorizationFormConsent",
  "AuthorizationFormDataUse",
]);

/** The objects of an org as it is bought: no custom field, no rule. */
export function createStandardSchema(request: { personAccounts: boolean; dataProtection: boolean }): OrgSchema {
  const outlines = [individual, ...consents, ...consentCatalogue, ...contactPoints, ...people, account, ...setupObjects];
  const parsed = outlines.map(parseObject).filter(({ name }) => request.dataProtection || !OF_DATA_PROTECTION.has(name));
  if (!request.dataProtection) for (const object of parsed) dropDataProtectionFields(object);
  const schema: OrgSchema = { objects: new Map(parsed.map((object) => [object.name, object])), components: new Map() };
  if (request.personAccounts) addPersonAccounts(schema);
  return schema;
}

function dropDataProtectionFields(object: ObjectSchema): void {
  for (const field of object.fields.values()) {
    if (field.referenceTo.length > 0 && field.referenceTo.every((name) => OF_DATA_PROTECTION.has(name))) {
      object.fields.delete(field.name);
    }
  }
}

function addPersonAccounts(schema: OrgSchema): void {
  const fields = schema.objects.get("Account")?.fields;
  if (fields === undefined) return;
  for (const line of PERSON_ACCOUNT_FIELDS.split("\n").map((text) => text.trim()).filter((text) => text !== "")) {
    const field = parseField(line);
    if (field.referenceTo[0] === "Individual" && !schema.objects.has("Individual")) continue;
    fields.set(field.name, field);
  }
  const contact = schema.objects.get("Contact");
  contact?.fields.set("IsPersonAccount", parseField("IsPersonAccount boolean readOnly"));
}
