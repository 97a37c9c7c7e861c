import type { ConnectionFindingV1, JsonValue } from "@volenti/core/adapter";
import { info, warning } from "../finding.ts";
import type { ProbeCustomer } from "./probe-customer.ts";

const LONG_AGO = "2001-01-01T00:00:00";

/** What the contract tests say of the date, and the setting where it proved one. */
export interface ModificationDateTest {
  readonly findings: readonly ConnectionFindingV1[];
  readonly settings: Readonly<Record<string, JsonValue>>;
}

/** Whether the server tells an update that was computed from an older record by its LastModificationDate. */
export async function testModificationDate(probe: ProbeCustomer): Promise<ModificationDateTest> {
  const refusal = await probe.update({ LastModificationDate: LONG_AGO });
  if (refusal === null) return { findings: [await tellTaken(probe)], settings: {} };
  const { LastModificationDate: standing } = await probe.read();
  const isTaken = typeof standing === "string" && (await probe.update({ LastModificationDate: standing })) === null;
  if (!isTaken) return { findings: [info("modificationDateRefused", `An update that bears a LastModificationDate is refused (${refusal}): ours bear none.`)], settings: {} };
  return {
    findings: [info("modificationDateChecked", `An update that was computed from an older record is refused (${refusal}): say checksModificationDate, and nothing that a cashier changes is written over.`)],
    settings: { checksModificationDate: true },
  };
}

async function tellTaken(probe: ProbeCustomer): Promise<ConnectionFindingV1> {
  const { checksModificationDate } = probe.session.settings;
  const { LastModificationDate: after } = await probe.read();
  const said = after === LONG_AGO ? "The server keeps the LastModificationDate that an update bears, and compares none" : "The server pays no heed to the LastModificationDate of an update";
  return checksModificationDate
    ? warning("modificationDateIgnored", `${said}: leave checksModificationDate out.`)
    : info("modificationDateIgnored", `${said}: what a cashier changes between our read and our write is written over.`);
}
