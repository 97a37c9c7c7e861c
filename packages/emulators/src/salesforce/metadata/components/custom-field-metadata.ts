import { boolean, ignored, integer, many, oneOf, optional, recordOf, required, string, unsupported } from "../read-metadata.ts";

const FIELD_TYPES = [
  "AutoNumber", "Lookup", "MasterDetail", "Checkbox", "Currency", "Date", "DateTime", "Email", "Number", "Percent", "Phone", "Picklist",
  "MultiselectPicklist", "Text", "TextArea", "LongTextArea", "Html", "Url", "EncryptedText", "Summary", "Hierarchy", "File",
  "MetadataRelationship", "Location", "ExternalLookup", "IndirectLookup", "CustomDataType", "Time", "Array", "Address",
] as const;

const readPicklistValue = recordOf({
  type: "CustomValue",
  members: { color: ignored, default: required(boolean), description: ignored, fullName: required(string), isActive: optional(boolean), label: optional(string) },
});

const readValueSet = recordOf({
  type: "ValueSet",
  members: {
    controllingField: unsupported,
    restricted: optional(boolean),
    valueSetDefinition: optional(recordOf({ type: "ValueSetValuesDefinition", members: { sorted: required(boolean), value: many(readPicklistValue) } })),
    valueSetName: unsupported,
    valueSettings: unsupported,
  },
});

/** The members of `CustomField` that the Metadata API's WSDL lists. */
export const readCustomField = recordOf({
  type: "CustomField",
  members: {
    businessOwnerGroup: ignored,
    businessOwnerUser: ignored,
    businessStatus: optional(oneOf({ type: "BusinessStatus", values: ["Active", "DeprecateCandidate", "Hidden"] })),
    caseSensitive: optional(boolean),
    complianceGroup: ignored,
    defaultValue: optional(string),
    deleteConstraint: optional(oneOf({ type: "DeleteConstraint", values: ["Cascade", "Restrict", "SetNull"] })),
    deprecated: ignored,
    description: optional(string),
    displayFormat: optional(string),
    displayLocationInDecimal: optional(boolean),
    encryptionScheme: unsupported,
    escapeMarkup: ignored,
    externalDeveloperName: unsupported,
    externalId: optional(boolean),
    fieldManageability: ignored,
    formula: unsupported,
    formulaTreatBlanksAs: unsupported,
    fullName: optional(string),
    inlineHelpText: optional(string),
    isAIPredictionField: ignored,
    isConvertLeadDisabled: ignored,
    isFilteringDisabled: ignored,
    isNameField: ignored,
    isSortingDisabled: ignored,
    label: optional(string),
    length: optional(integer),
    lookupFilter: unsupported,
    maskChar: unsupported,
    maskType: unsupported,
    metadataRelationshipControllingField: unsupported,
    populateExistingRows: ignored,
    precision: optional(integer),
    referenceTargetField: unsupported,
    referenceTo: many(string),
    relationshipLabel: optional(string),
    relationshipName: optional(string),
    relationshipOrder: optional(integer),
    reparentableMasterDetail: optional(boolean),
    required: optional(boolean),
    restrictedAdminField: ignored,
    scale: optional(integer),
    securityClassification: optional(oneOf({ type: "SecurityClassification", values: ["Public", "Internal", "Confidential", "Restricted", "MissionCritical"] })),
    startingNumber: optional(integer),
    stripMarkup: ignored,
    summarizedField: unsupported,
    summaryFilterItems: unsupported,
    summaryForeignKey: unsupported,
    summaryOperation: unsupported,
    trackFeedHistory: optional(boolean),
    trackHistory: optional(boolean),
    trackTrending: optional(boolean),
    translateData: ignored,
    type: optional(oneOf({ type: "FieldType", values: FIELD_TYPES })),
    unique: optional(boolean),
    valueSet: optional(readValueSet),
    visibleLines: optional(integer),
    writeRequiresMasterRead: optional(boolean),
  },
});

export type CustomFieldMetadata = ReturnType<typeof readCustomField>;
export type MetadataFieldType = (typeof FIELD_TYPES)[number];
