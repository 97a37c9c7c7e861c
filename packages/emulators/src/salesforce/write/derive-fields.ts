import type { ObjectSchema } from "../schema/org-schema.ts";
import { findRow, type Org } from "../store/org.ts";
import type { StoredRow } from "../store/stored-row.ts";
import { isPersonAccount } from "./person-account.ts";
import type { Changes } from "./read-changes.ts";

const PEOPLE: ReadonlySet<string> = new Set(["Individual", "Contact", "Lead", "User"]);
const OF_CONTACT_POINTS: ReadonlySet<string> = new Set(["ContactPointConsent", "CommSubscriptionConsent"]);

/** The fields that Salesforce fills itself: names of people, the party behind a contact point. */
export function deriveFields(request: { org: Org; object: ObjectSchema; row: StoredRow }): Changes {
  const { org, object, row } = request;
  const isPerson = PEOPLE.has(object.name) || (object.name === "Account" && isPersonAccount(request));
  if (isPerson) {
    const name = [row["FirstName"], row["LastName"]].filter((part) => part !== undefined && part !== null).join(" ");
    return { Name: name === "" ? null : name, ...(object.name === "Account" ? { IsPersonAccount: true } : {}) };
  }
  if (OF_CONTACT_POINTS.has(object.name)) return { PartyId: partyOf({ org, row }) };
  return {};
}

function partyOf(request: { org: Org; row: StoredRow }): string | null {
  const { org, row } = request;
  const contactPoint = findRow({ org, id: String(row["ContactPointId"] ?? "") });
  const parent = findRow({ org, id: String(contactPoint?.row["ParentId"] ?? "") });
  return parent?.object.name === "Individual" ? String(parent.row["Id"]) : null;
}
