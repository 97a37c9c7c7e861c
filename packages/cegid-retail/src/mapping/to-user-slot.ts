import type { DateSlotOption, ProfileTargetOption, TextSlotOption } from "../cegid-retail-connector-options.ts";
import type { ProfileTarget, TextPath } from "./profile-target.ts";
import type { UserSlot } from "./user-slot.ts";

export function toDateSlot(option: DateSlotOption): UserSlot {
  if (typeof option !== "object") return { kind: "userField", id: option, valueKind: "date" };
  return "userField" in option
    ? { kind: "userField", id: option.userField, valueKind: "date" }
    : { kind: "userDefinedDate", id: `${option.userDefinedDate}` };
}

export function toTextSlot(option: TextSlotOption): UserSlot {
  if (typeof option !== "object") return { kind: "userField", id: option, valueKind: "text" };
  return "userField" in option
    ? { kind: "userField", id: option.userField, valueKind: "text" }
    : { kind: "userDefinedText", id: `${option.userDefinedText}` };
}

/** A path and the numbers are checked apart, by `findMistake`. */
export function toProfileTarget(option: ProfileTargetOption): ProfileTarget {
  if (typeof option === "string") return { kind: "text", path: option as TextPath };
  return { kind: "user", slot: toSlot(option) };
}

function toSlot(option: Exclude<ProfileTargetOption, string>): UserSlot {
  if ("userField" in option) return { kind: "userField", id: option.userField, valueKind: option.kind };
  if ("userDefinedText" in option) return { kind: "userDefinedText", id: `${option.userDefinedText}` };
  if ("userDefinedDate" in option) return { kind: "userDefinedDate", id: `${option.userDefinedDate}` };
  if ("userDefinedBoolean" in option) return { kind: "userDefinedBoolean", id: `${option.userDefinedBoolean}` };
  if ("userDefinedValue" in option) return { kind: "userDefinedValue", id: `${option.userDefinedValue}` };
  return { kind: "userDefinedTable", id: option.userDefinedTable };
}
