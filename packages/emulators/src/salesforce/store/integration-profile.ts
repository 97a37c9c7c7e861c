/**
 * What a profile grants of standard objects and fields: all of them; all but the opt-out flags, as in developer orgs; or
 * nothing, as "Minimum Access - API Only Integrations". Custom objects and fields need a permission set in each.
 */
export type IntegrationProfile = "full" | "withoutOptOutFlags" | "minimum";

const OPT_OUT_FLAGS: ReadonlySet<string> = new Set(["HasOptedOutOfEmail", "HasOptedOutOfFax", "DoNotCall"]);

export function grantsField(request: { profile: IntegrationProfile; objectName: string; fieldName: string }): boolean {
  const { profile, objectName, fieldName } = request;
  if (profile === "minimum") return false;
  if (profile === "full") return true;
  return !((objectName === "Contact" || objectName === "Lead") && OPT_OUT_FLAGS.has(fieldName));
}
