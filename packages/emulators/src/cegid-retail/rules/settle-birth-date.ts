import { blankRecord } from "../contract/blank-value.ts";
import { isRecord, type DataRecord } from "../contract/data-value.ts";
import { BusinessRefusedError } from "./business-refused-error.ts";

const NO_YEAR = 1900;
const LEAP_YEAR = 2000;

/** The record with its birthday as it is kept: a year that is missing is 1900, no birthday at all the first day of it. Throws a `BusinessRefusedError`. */
export function settleBirthDate(record: DataRecord): DataRecord {
  const given = record["BirthDateData"];
  if (!isRecord(given)) return record;
  const [day, month, year] = ["BirthDateDay", "BirthDateMonth", "BirthDateYear"].map((name) => Number(given[name] ?? 0)) as [number, number, number];
  if (day === 0 && month === 0 && year === 0) return { ...record, BirthDateData: blankRecord("BirthDateDataType") };
  if (year !== 0 && (year < NO_YEAR || year > 9999)) throw refused("BirthDateYear");
  if (month < 1 || month > 12) throw refused("BirthDateMonth");
  const isYearKnown = year > NO_YEAR;
  // The 29th of February has no year to be checked against.
  const lastDay = new Date(Date.UTC(isYearKnown ? year : LEAP_YEAR, month, 0)).getUTCDate();
  if (day < 1 || day > lastDay) throw refused("BirthDateDay");
  return { ...record, BirthDateData: { BirthDateDay: day, BirthDateMonth: month, BirthDateYear: isYearKnown ? year : NO_YEAR } };
}

function refused(member: string): BusinessRefusedError {
  return new BusinessRefusedError({ rule: "malformed", members: [`BirthDateData.${member}`] });
}
