import type { ConnectionFindingV1 } from "@volenti/core/adapter";
import { OPT_IN_FIELDS } from "../../mapping/opt-in-set.ts";
import { errorFinding, info, warning } from "../finding.ts";
import type { ProbeCustomer } from "./probe-customer.ts";

/** What the contract tests say of members that an update leaves out. */
export interface AbsentMembersTest {
  readonly findings: readonly ConnectionFindingV1[];
  /** Whether the server keeps opt-ins, flags and texts that it is not sent. */
  readonly isKept: boolean;
}

/** (a) What becomes of members that an update leaves out. */
export async function testAbsentMembers(probe: ProbeCustomer): Promise<AbsentMembersTest> {
  const refusal = await probe.updateOnly({ FirstName: "Absent" });
  if (refusal !== null) return toTest(info("absentMembersRefused", `An update with one member alone is refused (${refusal}); ours always send what may be reset.`));
  const { FirstName: firstName, LastName: lastName, ...after } = await probe.read();
  if (firstName !== "Absent") return toTest(warning("updateHasNoEffect", "An update was answered as done and changed nothing: see the rights of the technical user."));
  const hasTexts = lastName === "VOLENTI TEST";
  const isKept = OPT_IN_FIELDS.every((field) => after[field] === "DoNotUse") && (await keepsFlags(probe));
  const lost = hasTexts ? [] : [warning("absentTextsReset", "An update empties texts that it leaves out: ours leave out the texts that they do not change. Do not write to this folder, and ask Cegid.")];
  return { findings: [isKept ? tellKept(probe) : tellReset(probe), ...lost], isKept: isKept && hasTexts };
}

/** A flag is reset to no where it is reset at all: the customer needs one that says yes. */
async function keepsFlags(probe: ProbeCustomer): Promise<boolean> {
  await probe.update({ DirectMail: true });
  const refusal = await probe.updateOnly({ FirstName: "Flag" });
  const { DirectMail: flag } = await probe.read();
  await probe.update({});
  return refusal === null && flag === true;
}

function tellKept({ session: { settings } }: ProbeCustomer): ConnectionFindingV1 {
  const advice = settings.absentValues === "keep" ? "as absentValues says" : "see absentValues, under which ours need not send all of them, and put back no more than what they change";
  return info("absentValuesKept", `An update keeps opt-ins and flags that it leaves out: ${advice}.`);
}

function tellReset({ session: { settings } }: ProbeCustomer): ConnectionFindingV1 {
  const what = "An update resets opt-ins or flags that it leaves out";
  return settings.absentValues === "keep"
    ? errorFinding("absentValuesReset", `${what}, and absentValues is keep: each of our writes undoes what it does not send. Leave it at reset.`)
    : info("absentValuesReset", `${what}, so that another integration that writes less than all of them undoes a no: ours send all.`);
}

function toTest(finding: ConnectionFindingV1): AbsentMembersTest {
  return { findings: [finding], isKept: false };
}
