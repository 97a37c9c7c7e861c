import { blankRecord } from "../contract/blank-value.ts";
import { itemsAt, textAt, type DataRecord } from "../contract/data-value.ts";
import type { Folder } from "../folder.ts";
import { BusinessRefusedError } from "./business-refused-error.ts";

/** The record with its user fields as they are kept: the value of each field's kind and no other. Throws a `BusinessRefusedError`. */
export function settleUserFields(request: { folder: Folder; record: DataRecord }): DataRecord {
  const { folder, record } = request;
  const fields = itemsAt({ record, path: "UserFields" }).map((item) => settleField({ folder, item }));
  const dates = itemsAt({ record, path: "UserDefinedDates" }).map((item) => ({ ...item, Value: cutDate({ folder, value: item["Value"] }) }));
  return { ...record, UserFields: fields, UserDefinedDates: dates };
}

function settleField(request: { folder: Folder; item: DataRecord }): DataRecord {
  const { folder, item } = request;
  const definition = folder.tables.userFields.find(({ id }) => id === item["Id"]);
  if (definition === undefined || definition.kind !== item["ValueType"]) {
    throw new BusinessRefusedError({ rule: "userField", members: ["UserFields"], sent: JSON.stringify(item["Id"]) });
  }
  const valueName = definition.kind.replace(/Kind$/, "");
  const value = valueName === "DateValue" ? cutDate({ folder, value: item["DateValue"] }) : (item[valueName] ?? "");
  const element = definition.kind === "ListElementValueKind" ? textAt({ record: item, path: valueName }) : "";
  if (element !== "" && definition.elements?.includes(element) !== true) {
    throw new BusinessRefusedError({ rule: "notInTable", members: ["UserFields.ListElementValue"], sent: element });
  }
  return { ...blankRecord("UserField"), Id: definition.id, ValueType: definition.kind, [valueName]: value };
}

function cutDate(request: { folder: Folder; value: DataRecord[string] | undefined }): string {
  const text = typeof request.value === "string" ? request.value : "";
  return request.folder.behaviour.userDatePrecision === "day" ? `${text.slice(0, 10)}T00:00:00` : text;
}
