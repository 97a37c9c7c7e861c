import { isDisplayFormat, type AutoNumber } from "../../schema/auto-number.ts";
import { refuse } from "./deploy-request.ts";

/** How an AutoNumber field counts; from 0 unless it says so. Refuses a display format without its one number. */
export function toAutoNumber(request: { displayFormat: string | undefined; startingNumber: number | undefined }): AutoNumber {
  const { displayFormat, startingNumber = 0 } = request;
  if (displayFormat === undefined || displayFormat === "") return refuse("Must specify 'displayFormat' for a CustomField of type AutoNumber");
  if (!isDisplayFormat(displayFormat)) refuse("displayFormat: the display format must contain one sequence number, such as {0000}");
  if (startingNumber < 0 || startingNumber > 999_999_999) refuse("Value for startingNumber must be between 0 and 999999999");
  return { displayFormat, startsAt: startingNumber };
}
