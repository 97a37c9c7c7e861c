import { profileStampOf } from "../mapping/profile-stamp.ts";
import type { Settings } from "../settings.ts";
import { numberField, textField } from "./field-types.ts";
import { RULE_MARKERS } from "./names.ts";
import { PERSON_FIELDS, REAL_PERSON_RULE } from "./person-object.ts";
import type { OrgField, OrgObject, OrgRule } from "./org-model.ts";

export type OrgModelSettings = Pick<Settings, "profile" | "optOutFlags" | "matchKeys">;

/** An attribute's stamp orders changes more finely than by the millisecond: see `mapping/profile-stamp.ts`. */
export const STAMPS_PER_MILLISECOND = profileStampOf({ changedAt: 1, submissionId: "" });

/** What a Contact has no standard field for. */
const VALUE_FIELDS: readonly OrgField[] = [
  textField({ name: "VolentiGender__c", label: "Volenti Gender", help: "The gender that the customer gave, in their own word.", length: 64 }),
  textField({ name: "VolentiLocale__c", label: "Volenti Locale", help: "The language and country that the customer reads in (de-CH).", length: 35 }),
];

/** The profile object, Contact or Account: with a stamp for every attribute that the brand stores, and for every opt-out flag. */
export function profileObject(settings: OrgModelSettings): OrgObject {
  const { profile } = settings;
  const mapped = [...profile.fields.values()];
  const attributeStamps = unique(mapped.map(({ stampField }) => stampField));
  const flagStamps = unique([...settings.optOutFlags.values()].map(({ stampField }) => stampField));
  return {
    name: profile.objectName,
    definition: null,
    fields: [
      ...PERSON_FIELDS,
      ...VALUE_FIELDS.filter(({ name }) => mapped.some(({ field }) => field === name)),
      ...attributeStamps.map((name) =>
        stampOf({ name, help: `When ${attributeOf({ settings, stampField: name })} was last changed: milliseconds since 1970 UTC × ${STAMPS_PER_MILLISECOND}. An older change does not replace it.` }),
      ),
      ...flagStamps.map((name) =>
        stampOf({ name, help: `When ${flagOf({ settings, stampField: name })} was last decided: milliseconds since 1970 UTC. Nothing older undoes it.` }),
      ),
    ],
    rules: [
      ...staleRule({
        name: "VolentiStaleProfile",
        description: "An older change never replaces a newer one, whichever arrives last.",
        stamps: attributeStamps,
        message: `${RULE_MARKERS.superseded}: a newer value stands.`,
      }),
      ...staleRule({
        name: "VolentiStaleOptOut",
        description: "An opt-out is never undone by something older than it.",
        stamps: flagStamps,
        message: `${RULE_MARKERS.superseded}: a newer opt-out or opt-in stands.`,
      }),
      REAL_PERSON_RULE,
    ],
  };
}

function stampOf(request: { name: string; help: string }): OrgField {
  const { name, help } = request;
  const words = name.replace(/^Volenti/, "").replace(/At__c$/, "").replaceAll(/([a-z0-9])([A-Z])/g, "$1 $2");
  return numberField({
    name,
    label: `Volenti ${words} At`.slice(0, 40).trimEnd(),
    help,
  });
}

function attributeOf({ settings, stampField }: { settings: OrgModelSettings; stampField: string }): string {
  return [...settings.profile.fields.values()].find((field) => field.stampField === stampField)?.field ?? "the value";
}

function flagOf({ settings, stampField }: { settings: OrgModelSettings; stampField: string }): string {
  return [...settings.optOutFlags.values()].find((flag) => flag.stampField === stampField)?.field ?? "the flag";
}

function staleRule(request: { name: string; description: string; stamps: readonly string[]; message: string }): OrgRule[] {
  const { stamps, ...rule } = request;
  if (stamps.length === 0) return [];
  const older = stamps.map((stamp) => `${stamp} < PRIORVALUE(${stamp})`).join(", ");
  return [{ ...rule, formula: `AND(NOT(ISNEW()), OR(${older}))` }];
}

function unique(names: readonly string[]): readonly string[] {
  return [...new Set(names)];
}
