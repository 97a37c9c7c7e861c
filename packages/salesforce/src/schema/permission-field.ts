/** Field-level security does not know these: they are always visible, or never anybody's to set. */
const WITHOUT_SECURITY: ReadonlySet<string> = new Set([
  "Id",
  "Name",
  "FirstName",
  "LastName",
  "MiddleName",
  "Salutation",
  "Suffix",
  "OwnerId",
  "RecordTypeId",
  "CurrencyIsoCode",
]);

const ADDRESS = /^(Mailing|Other|Billing|Shipping)(?:Street|City|State|StateCode|PostalCode|Country|CountryCode)$/;
const OF_PERSON = /^Person(?=[A-Z])/;

/** As permission sets name a field of the profile object: address parts as one, a person account's as those of its Contact. */
export function permissionFieldOf(request: { objectName: "Contact" | "Account"; field: string }): string[] {
  const { objectName, field } = request;
  if (WITHOUT_SECURITY.has(field)) return [];
  const isOfPerson = objectName === "Account" && (OF_PERSON.test(field) || field.endsWith("__pc"));
  const onObject = isOfPerson ? "Contact" : objectName;
  const name = isOfPerson ? field.replace(OF_PERSON, "").replace(/__pc$/, "__c") : field;
  const address = ADDRESS.exec(name)?.[1];
  return [`${onObject}.${address === undefined ? name : `${address}Address`}`];
}
