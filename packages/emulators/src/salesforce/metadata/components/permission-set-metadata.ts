import { boolean, ignored, many, oneOf, optional, recordOf, required, string } from "../read-metadata.ts";

const readFieldPermission = recordOf({
  type: "PermissionSetFieldPermissions",
  members: { editable: required(boolean), field: required(string), readable: optional(boolean) },
});

const readObjectPermission = recordOf({
  type: "PermissionSetObjectPermissions",
  members: {
    allowCreate: required(boolean),
    allowDelete: required(boolean),
    allowEdit: required(boolean),
    allowRead: required(boolean),
    modifyAllRecords: required(boolean),
    object: required(string),
    viewAllFields: optional(boolean),
    viewAllRecords: required(boolean),
  },
});

/** The members of `PermissionSet` that the Metadata API's WSDL lists. Only permissions on objects and fields are kept. */
export const readPermissionSet = recordOf({
  type: "PermissionSet",
  members: {
    agentAccesses: ignored,
    applicationVisibilities: ignored,
    classAccesses: many(recordOf({ type: "PermissionSetApexClassAccess", members: { apexClass: required(string), enabled: required(boolean) } })),
    customMetadataTypeAccesses: ignored,
    customPermissions: many(recordOf({ type: "PermissionSetCustomPermissions", members: { enabled: required(boolean), name: required(string) } })),
    customSettingAccesses: ignored,
    dataspaceScopes: ignored,
    description: optional(string),
    emailRoutingAddressAccesses: ignored,
    externalCredentialPrincipalAccesses: ignored,
    externalDataSourceAccesses: ignored,
    fieldPermissions: many(readFieldPermission),
    flowAccesses: ignored,
    hasActivationRequired: optional(boolean),
    label: required(string),
    license: optional(string),
    objectPermissions: many(readObjectPermission),
    pageAccesses: ignored,
    recordTypeVisibilities: ignored,
    servicePresenceStatusAccesses: ignored,
    tabSettings: many(recordOf({
      type: "PermissionSetTabSetting",
      members: { tab: required(string), visibility: required(oneOf({ type: "PermissionSetTabVisibility", values: ["None", "Available", "Visible"] })) },
    })),
    userLicense: optional(string),
    userPermissions: many(recordOf({ type: "PermissionSetUserPermission", members: { enabled: required(boolean), name: required(string) } })),
  },
});

export type PermissionSetMetadata = ReturnType<typeof readPermissionSet>;
