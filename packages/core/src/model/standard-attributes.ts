import * as z from "zod";

/** How an attribute is to be treated: by breach reports and retention, and where sensitive data asks for more. */
export interface AttributeDescription {
  /** `brand`: one of the brand's own. */
  readonly category: "name" | "contact" | "demographic" | "address" | "preference" | "brand";
  /** `undeclared`: a brand's own attribute, whose configuration does not say. */
  readonly sensitivity: "normal" | "sensitive" | "undeclared";
}

const shortText = z.string().min(1).max(256);
const webAddress = z.string().max(2048).regex(/^https?:\/\/[^\s]+$/);

// The meanings are those of OpenID Connect Core 1.0 section 5.1, in camelCase.
const STANDARD = {
  name: { schema: z.string().min(1).max(512), category: "name" },
  givenName: { schema: shortText, category: "name" },
  familyName: { schema: shortText, category: "name" },
  middleName: { schema: shortText, category: "name" },
  nickname: { schema: shortText, category: "name" },
  preferredUsername: { schema: shortText, category: "name" },
  profile: { schema: webAddress, category: "contact" },
  picture: { schema: webAddress, category: "demographic" },
  website: { schema: webAddress, category: "contact" },
  email: { schema: z.string().min(3).max(320), category: "contact" },
  emailVerified: { schema: z.boolean(), category: "contact" },
  gender: { schema: z.string().min(1).max(64), category: "demographic" },
  birthdate: { schema: z.string().max(10), category: "demographic" },
  zoneinfo: { schema: z.string().max(64).regex(/^[A-Za-z][A-Za-z0-9_+-]*(?:\/[A-Za-z0-9_+-]+)*$/), category: "preference" },
  locale: { schema: z.string().max(35).regex(/^[A-Za-z]{2,8}(?:[-_][A-Za-z0-9]{1,8})*$/), category: "preference" },
  phoneNumber: { schema: z.string().min(3).max(40), category: "contact" },
  phoneNumberVerified: { schema: z.boolean(), category: "contact" },
} as const;

const ADDRESS = {
  formatted: z.string().min(1).max(2048),
  streetAddress: z.string().min(1).max(1024),
  locality: shortText,
  region: shortText,
  postalCode: z.string().min(1).max(32),
  country: z.string().regex(/^[A-Z]{2}$/),
} as const;

/** The members of a profile's `address`, by name. */
export const ADDRESS_MEMBERS: readonly string[] = Object.keys(ADDRESS);

/** Every standard attribute by dotted name, with its category. */
export const STANDARD_ATTRIBUTES: ReadonlyMap<string, AttributeDescription> = new Map<string, AttributeDescription>([
  ...Object.entries(STANDARD).map(
    ([name, { category }]): [string, AttributeDescription] => [name, { category, sensitivity: "normal" }],
  ),
  ...ADDRESS_MEMBERS.map((name): [string, AttributeDescription] => [
    `address.${name}`,
    { category: "address", sensitivity: "normal" },
  ]),
]);

/** The standard attributes, then the brand's own. */
export function describeAttributes(brandAttributes: Iterable<string>): ReadonlyMap<string, AttributeDescription> {
  const own = [...brandAttributes].map((name): [string, AttributeDescription] => [name, { category: "brand", sensitivity: "undeclared" }]);
  return new Map([...STANDARD_ATTRIBUTES, ...own]);
}

const addressSchema = z.strictObject({
  country: ADDRESS.country.nullish(),
  formatted: ADDRESS.formatted.nullish(),
  locality: ADDRESS.locality.nullish(),
  postalCode: ADDRESS.postalCode.nullish(),
  region: ADDRESS.region.nullish(),
  streetAddress: ADDRESS.streetAddress.nullish(),
});

/** The shape of a profile: the standard attributes and the brand's own names; null clears. The brand's values are checked by its own schemas. */
export function profileSchema(brandAttributes: Iterable<string>): z.ZodType<Record<string, unknown>> {
  const shape: Record<string, z.ZodType> = {};
  for (const [name, { schema }] of Object.entries(STANDARD)) shape[name] = schema.nullish();
  shape["address"] = addressSchema.nullish();
  for (const name of brandAttributes) shape[name] = z.unknown().optional();
  // In the order of RFC 8785, as the whole submission is.
  return z.strictObject(Object.fromEntries(Object.entries(shape).sort(([left], [right]) => (left < right ? -1 : 1))));
}
