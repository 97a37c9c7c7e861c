import type { ConnectionFindingV1 } from "@volenti/core/adapter";
import { OPT_IN_FIELDS } from "../../mapping/opt-in-set.ts";
import { info, warning } from "../finding.ts";
import type { ProbeCustomer } from "./probe-customer.ts";

/** (a) What becomes of members that an update leaves out. */
export async function testAbsentMembers(probe: ProbeCustomer): Promise<readonly ConnectionFindingV1[]> {
  const refusal = await probe.updateOnly({ FirstName: "Absent" });
  if (refusal !== null) return [info("absentMembersRefused", `An update with one member alone is refused (${refusal}); ours always send what may be reset.`)];
  const { FirstName: firstName, LastName: lastName, ...after } = await probe.read();
  if (firstName !== "Absent") return [warning("updateHasNoEffect", "An update was answered as done and changed nothing: see the rights of the technical user.")];
  const isKept = OPT_IN_FIELDS.every((field) => after[field] === "DoNotUse");
  return [
    isKept
      ? info("absentValuesKept", "An update keeps opt-ins that it leaves out; ours send all of them all the same.")
      : info("absentValuesReset", "An update resets opt-ins that it leaves out, so that another integration that writes less than all of them undoes a no: ours send all."),
    ...(lastName === "VOLENTI TEST" ? [] : [warning("absentTextsReset", "An update empties texts that it leaves out: ours leave out the texts that they do not change. Do not write to this folder, and ask Cegid.")]),
  ];
}
