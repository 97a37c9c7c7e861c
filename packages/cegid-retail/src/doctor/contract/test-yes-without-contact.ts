import type { ConnectionFindingV1 } from "@volenti/core/adapter";
import { mapOptIns, OPT_IN_FIELDS } from "../../mapping/opt-in-set.ts";
import { info } from "../finding.ts";
import type { ProbeCustomer } from "./probe-customer.ts";

/** (e) Whether a yes is taken for a contact point that the record lacks. Equal opt-ins, as every privacy level takes them. */
export async function testYesWithoutContact(probe: ProbeCustomer): Promise<readonly ConnectionFindingV1[]> {
  const refusal = await probe.update(mapOptIns(() => "BrandOnly"));
  const after = await probe.read();
  await probe.update({});
  if (refusal !== null) return [info("yesWithoutContactRefused", `A yes for a contact point that the record lacks is refused (${refusal}): such a write fails until the contact point is stored with it.`)];
  const isTaken = OPT_IN_FIELDS.every((field) => after[field] === "BrandOnly");
  return [
    isTaken
      ? info("yesWithoutContactTaken", "A yes is taken for a contact point that the record lacks.")
      : info("yesWithoutContactDropped", "A yes for a contact point that the record lacks is passed over: such a write fails when it is read back."),
  ];
}
