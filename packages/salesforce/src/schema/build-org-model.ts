import { profileFieldName, resolveProfileFields } from "../mapping/profile-fields.ts";
import { catalogueObjects } from "./catalogue-objects.ts";
import { consentObject } from "./consent-object.ts";
import { decisionObject, decisionPages } from "./decision-object.ts";
import { EMAIL_OPT_OUT_STAMP, PHONE_OPT_OUT_STAMP } from "./names.ts";
import type { OrgModel } from "./org-model.ts";
import { integrationPermissions } from "./permission-set.ts";
import { individualObject } from "./person-object.ts";
import { profileObject, type OrgModelSettings } from "./profile-object.ts";
import { consentFlow, profileFlow } from "./staff-flows.ts";

/** What the org has to have for these settings: the standard additions, and what the brand's own maps need beside them. */
export function orgModel(request: { settings: OrgModelSettings }): OrgModel {
  const { settings } = request;
  const objects = [individualObject, profileObject(settings), consentObject, decisionObject, ...catalogueObjects];
  return {
    objects,
    flows: [consentFlow, profileFlow(settings)],
    permissionSet: integrationPermissions({ objects, settings }),
    decisionPages,
  };
}

/** The additions that every brand starts with: what the force-app package holds. */
export function standardOrgModel(profileObjectKind: "Contact" | "PersonAccount"): OrgModel {
  const own = (field: string): string => profileFieldName({ field, profileObject: profileObjectKind });
  return orgModel({
    settings: {
      profile: {
        objectName: profileObjectKind === "Contact" ? "Contact" : "Account",
        kind: profileObjectKind,
        individual: profileObjectKind === "Contact" ? "Individual" : "PersonIndividual",
        recordTypeId: null,
        fields: resolveProfileFields({ fieldMap: {}, profileObject: profileObjectKind }),
        constants: {},
        addressFields: "auto",
      },
      matchKeys: [],
      optOutFlags: new Map([
        ["email", { field: own("HasOptedOutOfEmail"), stampField: EMAIL_OPT_OUT_STAMP }],
        ["phone", { field: own("DoNotCall"), stampField: PHONE_OPT_OUT_STAMP }],
      ]),
    },
  });
}
