import type { OutOfBandOrg } from "@volenti/emulators";
import type { HeldSystem } from "./held-system.ts";

/** Where an org keeps what the checks look at: written down here once more, so that a wrong map of the adapter's shows. */
const ATTRIBUTES = { email: "Email", givenName: "FirstName", familyName: "LastName" } as const;

/** The rows of an org, as an administrator sees them. */
export function holdSalesforce(request: { id: string; org: OutOfBandOrg }): HeldSystem {
  const { id, org } = request;
  const rowsOf = (objectName: string, field: string) => org.rows(objectName).filter((row) => typeof row[field] === "string");
  return {
    id,
    keepsDecisions: true,
    profileOrder: "exceptTies",
    listDecisions: () =>
      rowsOf("VolentiDecision__c", "VolentiSubjectRef__c").map((row) => ({
        subjectRef: String(row["VolentiSubjectRef__c"]),
        decisionId: String(row["VolentiDecisionId__c"]),
        canonical: String(row["VolentiCanonical__c"]),
        hash: String(row["VolentiHash__c"]),
      })),
    listStates: () =>
      rowsOf("ContactPointTypeConsent", "VolentiSubjectRef__c").map((row) => ({
        subjectRef: String(row["VolentiSubjectRef__c"]),
        purpose: String(row["VolentiPurpose__c"]),
        channel: String(row["VolentiChannel__c"]),
        decisionId: String(row["VolentiDecisionId__c"]),
        status: String(row["VolentiStatus__c"]),
        effectiveAt: Number(row["VolentiEffectiveAt__c"]),
      })),
    listPeople: () =>
      rowsOf("Contact", "VolentiRef__c").map((row) => ({
        subjectRef: String(row["VolentiRef__c"]),
        attributes: Object.fromEntries(Object.entries(ATTRIBUTES).map(([name, field]) => [name, row[field]])),
      })),
  };
}
