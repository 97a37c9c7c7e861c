import type { ConnectionFindingV1 } from "@volenti/core/adapter";
import { toUpdateMembers } from "../../mapping/merge-members.ts";
import { buildEnvelope } from "../../soap/build-envelope.ts";
import { soapActionOf } from "../../soap/operations.ts";
import { createCallSender } from "../../transport/call-sender.ts";
import { readReply } from "../../transport/read-reply.ts";
import { info } from "../finding.ts";
import { refusalOf, type ProbeCustomer } from "./probe-customer.ts";

const NAME = "UpdateCustomer";

/** (c) What becomes of a member that comes too late. No other code can send one: the envelope is built right and then spoilt. */
export async function testMemberOrder(probe: ProbeCustomer): Promise<readonly ConnectionFindingV1[]> {
  await probe.update({});
  const refusal = await refusalOf(sendMisordered(probe));
  const { FirstName: firstName } = await probe.read();
  await probe.update({});
  if (refusal !== null) return [info("lateMemberRefused", `A member out of its order is refused (${refusal}).`)];
  if (firstName === "Late") return [info("lateMemberTaken", "A member out of its order is taken all the same.")];
  return [info("lateMemberPassedOver", "A member out of its order is passed over without a fault: other integrations that write to this folder have to send members in the order of the contract.")];
}

async function sendMisordered(probe: ProbeCustomer): Promise<unknown> {
  const { session, operation, customerId } = probe;
  const { settings } = session;
  const stored = await probe.read();
  const modifiedData = toUpdateMembers({ stored, parts: [{ FirstName: "Late", LastName: stored.LastName }] });
  const envelope = buildEnvelope({ name: NAME, arguments: { customerId, modifiedData }, folderId: settings.folderId });
  const body = envelope.replace(/(<FirstName>[^<]*<\/FirstName>)(.*?)(<LastName>[^<]*<\/LastName>)/s, "$3$2$1");
  const closing = new AbortController();
  const sender = createCallSender({ settings, closing: closing.signal });
  const headers = { Accept: "text/xml", "Content-Type": "text/xml; charset=utf-8", SOAPAction: `"${soapActionOf(NAME)}"` };
  try {
    const answer = await sender.send({ method: "POST", path: "CustomerWcfService.svc", headers, body, operation, changes: true });
    return readReply({ answer, expectation: { name: NAME, operation, changes: true, timeZone: settings.timeZone, now: session.context(operation).clock.now() } });
  } finally {
    closing.abort();
    sender.destroy();
  }
}
