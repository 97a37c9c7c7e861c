import type { SalesforceEmulator } from "@volenti/emulators";

const OBJECTS = ["Individual", "Contact", "ContactPointTypeConsent", "VolentiDecision__c"];

/** What the org holds now, and what it took of the day's calls: a line. */
export function describeOrg(request: { salesforce: SalesforceEmulator; calls: number }): string {
  const { salesforce, calls } = request;
  const counts = OBJECTS.map((name) => `${salesforce.org.rows(name).length} ${name}`);
  return `Salesforce holds ${counts.join(", ")}, written in ${calls} calls.`;
}
