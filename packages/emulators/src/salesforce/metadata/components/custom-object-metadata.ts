import { boolean, ignored, integer, oneOf, optional, recordOf, required, string, unsupported } from "../read-metadata.ts";

const SHARING_MODELS = ["Private", "Read", "ReadSelect", "ReadWrite", "ReadWriteTransfer", "FullAccess", "ControlledByParent", "ControlledByLeadOrContact", "ControlledByCampaign"] as const;

const readNameField = recordOf({
  type: "CustomField",
  members: {
    description: ignored,
    displayFormat: optional(string),
    inlineHelpText: ignored,
    label: required(string),
    startingNumber: optional(integer),
    trackFeedHistory: ignored,
    trackHistory: ignored,
    type: required(oneOf({ type: "FieldType", values: ["Text", "AutoNumber"] })),
  },
});

/** The members of `CustomObject` but for its parts, which are components of their own. */
export const readCustomObject = recordOf({
  type: "CustomObject",
  members: {
    actionOverrides: ignored,
    allowInChatterGroups: optional(boolean),
    articleTypeChannelDisplay: unsupported,
    compactLayoutAssignment: optional(string),
    customHelp: ignored,
    customHelpPage: ignored,
    customSettingsType: unsupported,
    dataStewardGroup: ignored,
    dataStewardUser: ignored,
    deploymentStatus: optional(oneOf({ type: "DeploymentStatus", values: ["Deployed", "InDevelopment"] })),
    deprecated: ignored,
    description: optional(string),
    enableActivities: optional(boolean),
    enableBulkApi: optional(boolean),
    enableChangeDataCapture: optional(boolean),
    enableDataTranslation: optional(boolean),
    enableDivisions: optional(boolean),
    enableEnhancedLookup: optional(boolean),
    enableFeeds: optional(boolean),
    enableHistory: optional(boolean),
    enableLicensing: optional(boolean),
    enableReports: optional(boolean),
    enableSearch: optional(boolean),
    enableSharing: optional(boolean),
    enableStreamingApi: optional(boolean),
    eventType: unsupported,
    externalDataSource: unsupported,
    externalName: unsupported,
    externalSharingModel: optional(oneOf({ type: "SharingModel", values: SHARING_MODELS })),
    fullName: optional(string),
    gender: optional(oneOf({ type: "Gender", values: ["Neuter", "Masculine", "Feminine", "AnimateMasculine", "ClassI", "ClassIII", "ClassV", "ClassVII", "ClassIX", "ClassXI", "ClassXIV", "ClassXV", "ClassXVI", "ClassXVII", "ClassXVIII"] })),
    historyRetentionPolicy: unsupported,
    household: optional(boolean),
    label: optional(string),
    nameField: optional(readNameField),
    pluralLabel: optional(string),
    profileSearchLayouts: ignored,
    publishBehavior: unsupported,
    recordTypeTrackFeedHistory: optional(boolean),
    recordTypeTrackHistory: optional(boolean),
    searchLayouts: ignored,
    sharingModel: optional(oneOf({ type: "SharingModel", values: SHARING_MODELS })),
    startsWith: optional(oneOf({ type: "StartsWith", values: ["Consonant", "Vowel", "Special"] })),
    visibility: optional(oneOf({ type: "SetupObjectVisibility", values: ["Protected", "Public", "PackageProtected"] })),
  },
});

export type CustomObjectMetadata = ReturnType<typeof readCustomObject>;

