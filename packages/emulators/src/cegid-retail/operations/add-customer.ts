import { blankRecord } from "../contract/blank-value.ts";
import { isRecord, textAt, type DataRecord } from "../contract/data-value.ts";
import { mergeRecord } from "../customers/merge-record.ts";
import type { Folder } from "../folder.ts";
import { BusinessRefusedError } from "../rules/business-refused-error.ts";
import { CUSTOMER_ID_LENGTH } from "../rules/default-lengths.ts";
import { settleCountry } from "../rules/find-country.ts";
import { validateRecord } from "../rules/validate-record.ts";

/** Answers the id of the customer created. Throws a `BusinessRefusedError`. */
export function addCustomer(request: { folder: Folder; operands: DataRecord }): string {
  const { folder, operands } = request;
  const { customerData } = operands;
  if (!isRecord(customerData)) throw new BusinessRefusedError({ rule: "required", members: ["customerData"] });
  const customerId = chooseId({ folder, given: customerData });
  const guid = readGuid({ folder, given: customerData });
  const merged = mergeRecord({
    standing: blankRecord("CustomerQueryData"),
    given: settleCountry({ folder, given: customerData }),
    className: "CustomerInputData",
    behaviour: folder.behaviour,
  });
  const record = validateRecord({ folder, record: merged, customerId });
  const now = folder.clock.wallClock();
  const stamps = { CustomerId: customerId, CreationStoreId: textAt({ record, path: "UsualStoreId" }), LastDateUpdate: now, LastModificationDate: now };
  folder.customers.insert({ customerId, guid, values: { ...record, ...stamps } });
  return customerId;
}

function chooseId(request: { folder: Folder; given: DataRecord }): string {
  const { folder, given } = request;
  const sent = textAt({ record: given, path: "CustomerId" });
  if (sent.length > CUSTOMER_ID_LENGTH) throw new BusinessRefusedError({ rule: "tooLong", members: ["CustomerId"], sent });
  if (folder.customers.find(sent) !== undefined) throw new BusinessRefusedError({ rule: "alreadyExists", members: ["CustomerId"], sent });
  if (sent !== "") return sent;
  if (folder.behaviour.missingCustomerId === "fault") throw new BusinessRefusedError({ rule: "required", members: ["CustomerId"] });
  return folder.customers.nextId();
}

/** The guid of the creation, where one was sent; with `CheckGuid` it may come once. */
function readGuid(request: { folder: Folder; given: DataRecord }): string | null {
  const { folder, given } = request;
  const guid = textAt({ record: given, path: "CustomerGuid.Guid" });
  if (guid === "") return null;
  const isChecked = isRecord(given["CustomerGuid"]) && given["CustomerGuid"]["CheckGuid"] === true;
  const isTaken = folder.customers.all().some((customer) => customer.guid === guid);
  if (isChecked && isTaken) throw new BusinessRefusedError({ rule: "alreadyExists", members: ["CustomerGuid"], sent: guid });
  return guid;
}
