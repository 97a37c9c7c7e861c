import type { ConnectionFindingV1 } from "@volenti/core/adapter";
import { errorFinding, info } from "../finding.ts";
import type { ProbeCustomer } from "./probe-customer.ts";

/**
 * What becomes of user-defined texts that an update leaves out while it names another: under `absentValues: "keep"` ours
 * leave out all that they do not change.
 */
export async function testLists(probe: ProbeCustomer): Promise<readonly ConnectionFindingV1[]> {
  const texts = [{ Id: "1", Value: "VOLENTI A" }, { Id: "2", Value: "VOLENTI B" }] as const;
  const refusal = (await probe.update({ UserDefinedTexts: texts })) ?? (await probe.update({ UserDefinedTexts: [{ Id: "2", Value: "VOLENTI C" }] }));
  const { UserDefinedTexts: held } = await probe.read();
  const [first, second] = texts.map((text) => held?.find(({ Id }) => Id === text.Id)?.Value);
  await probe.update({ UserDefinedTexts: texts.map(({ Id }) => ({ Id, Value: "" })) });
  if (refusal !== null || second !== "VOLENTI C") return [info("textsNotCompared", "Whether texts that an update leaves out stay cannot be told: the first two user-defined texts are not enabled.")];
  if (first === "VOLENTI A") return [info("textsMerged", "An update keeps user-defined texts that it leaves out.")];
  const message = "An update empties user-defined texts that it leaves out beside others: leave absentValues at reset, under which ours send all of them.";
  return [probe.session.settings.absentValues === "keep" ? errorFinding("textsSetWhole", message) : info("textsSetWhole", message)];
}
