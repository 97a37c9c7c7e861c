import type { ConnectionFindingV1 } from "@volenti/core/adapter";
import { info, warning } from "../finding.ts";
import type { ProbeCustomer } from "./probe-customer.ts";

/** (b) Absent, empty and nil: which of them clears a text. */
export async function testEmptyMembers(probe: ProbeCustomer): Promise<readonly ConnectionFindingV1[]> {
  const empty = await sendEmptied({ probe, emptying: { cleared: ["FirstName"] } });
  const nil = await sendEmptied({ probe, emptying: { nils: ["FirstName"] } });
  return [
    empty === "clears"
      ? info("emptyClears", "An empty element clears a text, which is how attributes are cleared.")
      : warning("emptyDoesNotClear", `An empty element does not clear a text (${empty}): a cleared attribute stays, and each such write fails when it is read back.`),
    info("nilMember", `xsi:nil on a text: ${nil}; it is never sent.`),
  ];
}

async function sendEmptied(request: { probe: ProbeCustomer; emptying: NonNullable<Parameters<ProbeCustomer["update"]>[1]> }): Promise<string> {
  const { probe, emptying } = request;
  await probe.update({});
  const refusal = await probe.update({}, emptying);
  if (refusal !== null) return `is refused, ${refusal}`;
  return (await probe.read()).FirstName === "Contract" ? "leaves it as it is" : "clears";
}
