import type { ObjectOutline } from "../parse-object.ts";

/** The few objects of setup that integrations ask, each no wider than they need. */
export const setupObjects: readonly ObjectOutline[] = [
  {
    name: "Organization",
    label: "Organization",
    keyPrefix: "00D",
    owner: null,
    fields: `
      Name string 80 readOnly
      IsSandbox boolean readOnly
      InstanceName string 5 readOnly
      OrganizationType picklist 40 readOnly
      PreferencesConsentManagementEnabled boolean readOnly
      PreferencesAutoSelectIndividualOnMerge boolean readOnly
      TimeZoneSidKey picklist 40 readOnly
      LanguageLocaleKey picklist 40 readOnly
      NamespacePrefix string 15 readOnly`,
  },
  {
    name: "User",
    label: "User",
    keyPrefix: "005",
    owner: null,
    fields: `
      Username string 80 required
      LastName string 80 required
      FirstName string 40
      Name string 121 readOnly
      Email email 128 required
      Alias string 8
      IsActive boolean default=true
      ProfileId string 18
      ContactId reference to=Contact restrict
      IndividualId reference to=Individual restrict
      UserType picklist 40 readOnly
      TimeZoneSidKey picklist 40 open
      LocaleSidKey picklist 40 open`,
  },
  { name: "Group", label: "Group", keyPrefix: "00G", owner: null, fields: `
      Name string 40 required
      DeveloperName string 80
      Type picklist 40 open` },
  { name: "PermissionSet", label: "Permission Set", keyPrefix: "0PS", owner: null, fields: `
      Name string 80 required
      Label string 80 required
      IsOwnedByProfile boolean readOnly
      IsCustom boolean readOnly
      NamespacePrefix string 15 readOnly` },
  { name: "PermissionSetAssignment", label: "Permission Set Assignment", keyPrefix: "0Pa", owner: null, fields: `
      PermissionSetId reference to=PermissionSet required cascade
      AssigneeId reference to=User required cascade` },
  { name: "RecordType", label: "Record Type", keyPrefix: "012", owner: null, fields: `
      Name string 80 required
      DeveloperName string 80 required
      SobjectType string 40 required
      IsActive boolean default=true
      IsPersonType boolean` },
];
