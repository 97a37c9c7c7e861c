import * as z from "zod";

// zod passes over a member named `__proto__`; whoever reads the entries does not.
const entriesOf = (member: z.ZodType) =>
  z.custom((value) => typeof value === "object" && value !== null && Object.values(value).every((each) => member.safeParse(each).success));

const permission = z.enum(["yes", "no", "withMechanism"]);

const row = z.looseObject({
  country: z.string().min(1),
  law: z.string(),
  collectElsewhere: permission,
  copyTo: entriesOf(permission),
  keepLocal: z.enum(["yes", "no"]),
});

/** Only the form: a misspelt answer would be read as permission to keep nothing locally. Overrides are checked one by one. */
export const residencySchema = z.union([
  z.literal("none"),
  z.looseObject({
    rules: z.looseObject({ rows: z.array(row), defaultRow: row, regions: entriesOf(z.array(z.string())) }),
    overrides: z.array(z.unknown()).optional(),
  }),
]);
