import { textAt, type DataRecord } from "../contract/data-value.ts";
import type { Folder } from "../folder.ts";
import { BusinessRefusedError } from "./business-refused-error.ts";
import { checkPrivacy } from "./check-privacy.ts";
import { checkTables } from "./check-tables.ts";
import { checkTaxNumber } from "./check-tax-number.ts";
import { checkUnique } from "./check-unique.ts";
import { fitLengths } from "./fit-lengths.ts";
import { settleBirthDate } from "./settle-birth-date.ts";
import { settleEmails } from "./settle-emails.ts";
import { settleUserFields } from "./settle-user-fields.ts";

/**
 * The record as it is kept. All of it is looked at, whatever the call changed: an old bad value fails every update. Throws
 * a `BusinessRefusedError`.
 */
export function validateRecord(request: { folder: Folder; record: DataRecord; customerId: string }): DataRecord {
  const { folder, customerId } = request;
  if (textAt({ record: request.record, path: "LastName" }).trim() === "") throw new BusinessRefusedError({ rule: "required", members: ["LastName"] });
  const fitted = fitLengths(request);
  const settled = settleUserFields({ folder, record: settleBirthDate(settleEmails({ folder, record: fitted })) });
  checkTables({ folder, record: settled });
  checkTaxNumber(settled);
  checkPrivacy({ folder, record: settled });
  checkUnique({ folder, record: settled, customerId });
  return settled;
}
