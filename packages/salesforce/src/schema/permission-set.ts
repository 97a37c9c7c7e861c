import { CONSENT_OBJECT, DECISION_OBJECT, PERMISSION_SET } from "./names.ts";
import type { ObjectPermission, OrgObject, OrgPermissionSet } from "./org-model.ts";
import type { OrgModelSettings } from "./profile-object.ts";
import { permissionFieldOf } from "./permission-field.ts";

const read = (object: string): ObjectPermission => ({ object, canEdit: false, canDelete: false, seesAll: true });
const write = (object: string): ObjectPermission => ({ object, canEdit: true, canDelete: false, seesAll: true });
const erase = (object: string): ObjectPermission => ({ object, canEdit: true, canDelete: true, seesAll: true });

/** Of what Salesforce brings itself: optional, so that field-level security may hide it. Required fields are never listed. */
const STANDARD_FIELDS: readonly string[] = [
  ...["ShouldForget", "HasOptedOutProcessing", "HasOptedOutProfiling", "HasOptedOutSolicit", "HasOptedOutTracking", "HasOptedOutGeoTracking"].map(
    (field) => `Individual.${field}`,
  ),
  ...[
    "ContactPointType",
    "EngagementChannelTypeId",
    "DataUsePurposeId",
    "EffectiveFrom",
    "EffectiveTo",
    "CaptureDate",
    "CaptureSource",
    "DoubleConsentCaptureDate",
    "BusinessBrandId",
  ].map((field) => `${CONSENT_OBJECT}.${field}`),
  ...["Description", "CanDataSubjectOptOut"].map((field) => `DataUsePurpose.${field}`),
  "AuthorizationForm.RevisionNumber",
  ...["FullAuthorizationFormUrl", "SummaryAuthFormText"].map((field) => `AuthorizationFormText.${field}`),
];

/** All that the integration user needs, and no more: what it never deletes, it may not delete. */
export function integrationPermissions(request: { objects: readonly OrgObject[]; settings: OrgModelSettings }): OrgPermissionSet {
  const { objects, settings } = request;
  const { objectName, kind, fields } = settings.profile;
  const profileFields = [
    ...[...fields.values()].map(({ field }) => field),
    ...[...settings.optOutFlags.values()].map(({ field }) => field),
    ...Object.keys(settings.profile.constants),
    kind === "Contact" ? "IndividualId" : "PersonIndividualId",
  ];
  const own = objects.flatMap((object) => object.fields.map(({ name }) => `${object.name}.${name}`));
  const lookedUp = settings.matchKeys.flatMap(({ field }) => permissionFieldOf({ objectName, field }));
  const listed = [...own, ...profileFields.flatMap((field) => permissionFieldOf({ objectName, field })), ...STANDARD_FIELDS];
  return {
    name: PERMISSION_SET,
    label: "Volenti Integration",
    description: "For the user Volenti signs in as: customers, their consents and the log of decisions.",
    objects: [
      erase("Individual"),
      erase("Contact"),
      // Whoever sees contacts has to see accounts; a customer who is not seen would be made a second time.
      objectName === "Account" ? erase("Account") : read("Account"),
      erase(CONSENT_OBJECT),
      // Edit, because a decision that arrives again is an upsert; the rule VolentiImmutable refuses every change.
      // Delete, because test data can be erased.
      erase(DECISION_OBJECT),
      write("DataUsePurpose"),
      write("EngagementChannelType"),
      write("AuthorizationForm"),
      // Whoever sees a form sees its texts.
      { ...write("AuthorizationFormText"), seesAll: false },
      write("AuthorizationFormDataUse"),
    ],
    fields: [...new Set(listed)].toSorted(),
    readFields: [...new Set(lookedUp)].filter((field) => !listed.includes(field)).toSorted(),
    tabs: [DECISION_OBJECT],
  };
}
