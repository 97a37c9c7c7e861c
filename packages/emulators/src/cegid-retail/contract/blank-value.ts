import type { DataRecord, DataValue } from "./data-value.ts";
import { membersOf, type Shape } from "./shape.ts";

/** How the database says that there is no date. */
export const NO_DATE = "1900-01-01T00:00:00";

/** What the database holds where nothing was ever written: nothing in it is null. */
export function blankValue(shape: Shape): DataValue {
  if (shape.kind === "enumeration") return shape.literals[0] ?? "";
  if (shape.kind === "array") return [];
  if (shape.kind === "record") return blankRecord(shape.className);
  switch (shape.type) {
    case "boolean":
      return false;
    case "int":
    case "decimal":
      return 0;
    case "dateTime":
      return NO_DATE;
    case "guid":
      return "00000000-0000-0000-0000-000000000000";
    case "string":
      return "";
  }
}

/** Every member of the class, blank; a birthday that nobody gave is the first of January 1900. */
export function blankRecord(className: string): DataRecord {
  if (className === "BirthDateDataType") return { BirthDateDay: 1, BirthDateMonth: 1, BirthDateYear: 1900 };
  return Object.fromEntries(membersOf(className).map(({ name, shape }) => [name, blankValue(shape)]));
}
