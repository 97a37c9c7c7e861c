import { formatDatetime } from "./format-datetime.ts";
import type { OrgSettings } from "./org-settings.ts";
import type { FieldValue, StoredRow } from "./stored-row.ts";
import type { Table } from "./table.ts";

interface SeedRequest {
  table: (objectName: string) => Table;
  nextId: (keyPrefix: string) => string;
  settings: OrgSettings;
  now: () => number;
  username: string;
}

interface SeededIds {
  organizationId: string;
  users: { integration: string; administrator: string; agent: string };
}

/** What every org has from its first day: itself, users, record types of accounts. */
export function seedOrg(request: SeedRequest): SeededIds {
  const { table, nextId, settings } = request;
  const at = formatDatetime(request.now());
  const stamps = { IsDeleted: false, CreatedDate: at, LastModifiedDate: at, SystemModstamp: at };
  const put = (objectName: string, keyPrefix: string, values: Readonly<Record<string, FieldValue>>): string => {
    const row: StoredRow = { Id: nextId(keyPrefix), ...stamps, ...values };
    table(objectName).insert(row);
    return String(row["Id"]);
  };
  const organizationId = put("Organization", "00D", {
    Name: "Example Org",
    IsSandbox: true,
    InstanceName: "EU99",
    OrganizationType: "Developer Edition",
    PreferencesConsentManagementEnabled: settings.isConsentManagementEnabled,
    PreferencesAutoSelectIndividualOnMerge: false,
    TimeZoneSidKey: "Europe/Paris",
    LanguageLocaleKey: "en_US",
  });
  const user = (username: string, lastName: string): string =>
    put("User", "005", {
      Username: username, LastName: lastName, Name: lastName, Email: username, Alias: lastName.slice(0, 8),
      IsActive: true, UserType: "Standard", TimeZoneSidKey: "Europe/Paris", LocaleSidKey: "en_US",
    });
  const integration = user(request.username, "Integration");
  const administrator = user("administrator@example.com", "Administrator");
  const agent = user("agent@example.com", "Agent");
  if (settings.hasPersonAccounts) {
    const recordType = (developerName: string, isPersonType: boolean): string =>
      put("RecordType", "012", {
        Name: developerName.replace("_", " "), DeveloperName: developerName, SobjectType: "Account", IsActive: true, IsPersonType: isPersonType,
      });
    recordType("Business_Account", false);
    recordType("PersonAccount", true);
  }
  return { organizationId, users: { integration, administrator, agent } };
}
