import { isRecord, textAt, type DataRecord } from "../contract/data-value.ts";
import type { Folder } from "../folder.ts";
import { BusinessRefusedError } from "./business-refused-error.ts";

const ADDRESSES = [
  { path: "Email", validity: "ValidEmail" },
  { path: "AlternativeEmail", validity: "ValidAlternativeEmail" },
];

/** The record with what Y2 thinks of its addresses. Throws a `BusinessRefusedError`. */
export function settleEmails(request: { folder: Folder; record: DataRecord }): DataRecord {
  const { folder: { behaviour }, record } = request;
  const emails = record["EmailData"];
  if (!isRecord(emails)) return record;
  const filled = ADDRESSES.filter(({ path }) => textAt({ record: emails, path }) !== "");
  if (filled.length === 0 && emails["EmailingAccepted"] === true && behaviour.emailingWithoutEmail === "fault") {
    throw new BusinessRefusedError({ rule: "noEmail", members: ["EmailData.EmailingAccepted"] });
  }
  const malformed = filled.filter(({ path }) => !isWellFormed(textAt({ record: emails, path })));
  const [first] = malformed;
  if (first !== undefined && behaviour.malformedEmail === "fault") {
    throw new BusinessRefusedError({ rule: "malformed", members: [`EmailData.${first.path}`], sent: textAt({ record: emails, path: first.path }) });
  }
  return { ...record, ...Object.fromEntries(malformed.map(({ validity }) => [validity, false])) };
}

/** `x@y.z`, with at least three characters before the `@`. */
function isWellFormed(address: string): boolean {
  return /^[^@\s]{3,}@[^@\s]+\.[^@\s.]+$/.test(address);
}
