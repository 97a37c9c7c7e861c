import type { ConnectionFindingV1 } from "@volenti/core/adapter";
import { searchIds } from "../../link/search-ids.ts";
import { mapOptIns } from "../../mapping/opt-in-set.ts";
import { equalLastWritten, readLastWritten, toLastWritten, toSlotWrites } from "../../mapping/slots.ts";
import { TEST_MARK } from "../../mapping/test-mark.ts";
import { mergeUserWrites, readUserSlot, type UserWrite } from "../../mapping/user-slot.ts";
import { errorFinding, info, warning } from "../finding.ts";
import type { ProbeCustomer } from "./probe-customer.ts";

const DECISION_ID = "ffffffff-ffff-4fff-bfff-ffffffffffff";
/** As long as a purpose's text becomes. */
const LONG_TEXT = "g0000000000.VOLENTITESTVOLENTITEST";

/** Beside the five: whether the places that the settings name are there, and keep what is written to them. */
export async function testSlots(probe: ProbeCustomer): Promise<readonly ConnectionFindingV1[]> {
  return [...(await testPair(probe)), ...(await testTexts(probe)), ...(await testMark(probe))];
}

async function testPair(probe: ProbeCustomer): Promise<readonly ConnectionFindingV1[]> {
  const { session, operation } = probe;
  const { settings } = session;
  const { slots, timeZone } = settings;
  if (slots === null) return [];
  const written = toLastWritten({ timeZone, effectiveAt: session.context(operation).clock.now(), decisionId: DECISION_ID, optIns: mapOptIns(() => "DoNotUse"), ended: new Set() });
  const refusal = await write({ probe, writes: toSlotWrites({ settings, written }) });
  if (refusal !== null) return [errorFinding("slotsRefused", `The places that slots names are refused (${refusal}): user fields have to be there, and of the kinds date and text.`)];
  const stored = await probe.read();
  if (equalLastWritten(readLastWritten({ settings, stored }), written)) return [info("slotsKept", "The slots keep an instant to the second and a text of 35 characters.")];
  const local = readUserSlot({ stored, slot: slots.effectiveAt });
  if (typeof local === "string" && local.endsWith("T00:00:00")) return [warning("slotsKeepDays", "The date slot keeps days and nothing finer: a yes replaces a no of the same day only on the next one.")];
  return [errorFinding("slotsNotKept", "The slots do not keep what is written to them: see that the text holds 35 characters and that both are enabled in the company settings.")];
}

/** Every other text of ours: those of purposes, the link's and the ref's. */
async function testTexts(probe: ProbeCustomer): Promise<readonly ConnectionFindingV1[]> {
  const { settings } = probe.session;
  const { linkField, refField, consent } = settings;
  const places = [
    ...[...consent.purposeFields.values()].map((slot) => ({ name: "purposeFields", slot })),
    ...(refField === null ? [] : [{ name: "refField", slot: refField }]),
    ...(linkField === null || linkField === "Barcode" ? [] : [{ name: "linkField", slot: linkField }]),
  ];
  const lost: string[] = [];
  for (const { name, slot } of places) {
    const refusal = await write({ probe, writes: [{ slot, value: LONG_TEXT }] });
    const isKept = refusal === null && readUserSlot({ stored: await probe.read(), slot }) === LONG_TEXT;
    if (!isKept) lost.push(name);
    await write({ probe, writes: [{ slot, value: null }] });
  }
  return lost.length === 0 ? [] : [errorFinding("textsNotKept", `Places of ours do not keep a text of ${LONG_TEXT.length} characters: ${[...new Set(lost)].join(", ")}.`)];
}

async function testMark(probe: ProbeCustomer): Promise<readonly ConnectionFindingV1[]> {
  const { session, operation, customerId } = probe;
  const { testField } = session.settings;
  if (testField?.kind !== "userDefinedText") return [];
  const found = await searchIds({ session, operation, criteria: { UserDefinedTexts: [{ Id: testField.id, Value: TEST_MARK }] }, atMost: 200 });
  if (found.includes(customerId)) return [info("testMarkFound", "A search finds test people by their mark.")];
  return [warning("testMarkNotFound", "A search does not find test people by their mark: `volenti erase --test` leaves them.")];
}

async function write(request: { probe: ProbeCustomer; writes: readonly UserWrite[] }): Promise<string | null> {
  const { probe, writes } = request;
  return probe.update(mergeUserWrites({ stored: await probe.read(), writes }));
}
