import { ConnectorError, type ConnectionFindingV1, type ConnectionReportV1, type JsonValue } from "@volenti/core/adapter";
import type { CegidSession } from "../transport/cegid-session.ts";
import { createProbeCustomer, type ProbeCustomer } from "./contract/probe-customer.ts";
import { testAbsentMembers, type AbsentMembersTest } from "./contract/test-absent-members.ts";
import { testEmptyMembers } from "./contract/test-empty-members.ts";
import { testLists } from "./contract/test-lists.ts";
import { testMemberOrder } from "./contract/test-member-order.ts";
import { testModificationDate } from "./contract/test-modification-date.ts";
import { testPrivacyLevel } from "./contract/test-privacy-level.ts";
import { testSlots } from "./contract/test-slots.ts";
import { testYesWithoutContact } from "./contract/test-yes-without-contact.ts";
import { errorFinding, warning } from "./finding.ts";

/** What the contract tests found out about a folder. */
export interface ContractTestReport extends ConnectionReportV1 {
  /** Settings as this tenant proved them, for the configuration. */
  readonly settings: Readonly<Record<string, JsonValue>>;
}

/**
 * Finds out what no public source tells of this tenant, by a customer of its own that it closes again, also where it fails
 * half-way: Y2 cannot delete one. About fifty calls. To be asked for by hand, once a tenant and after each upgrade. Rejects
 * where the folder could not be asked to the end.
 */
export async function runContractTests(session: CegidSession): Promise<ContractTestReport> {
  const probe = await createOrTell(session);
  if ("severity" in probe) return { findings: [probe], settings: {} };
  let isDone = false;
  try {
    const report = await runTests(probe);
    isDone = true;
    const isClosed = await probe.close();
    return isClosed ? report : { ...report, findings: [...report.findings, tellLeft(probe)] };
  } finally {
    if (!isDone) await probe.close().catch(() => false);
  }
}

async function runTests(probe: ProbeCustomer): Promise<ContractTestReport> {
  const absent = await testAbsentMembers(probe);
  const empty = await testEmptyMembers(probe);
  const order = await testMemberOrder(probe);
  const privacy = await testPrivacyLevel(probe);
  const contact = await testYesWithoutContact(probe);
  const slots = await testSlots(probe);
  const lists = await testLists(probe);
  const date = await testModificationDate(probe);
  return {
    findings: [...absent.findings, ...empty, ...order, ...privacy.findings, ...contact, ...slots, ...lists, ...date.findings],
    settings: { privacyGranularity: privacy.granularity, ...toAbsentValues({ probe, absent, lists }), ...date.settings },
  };
}

/** Where either of the two was not proved nothing may be left out; said where it changes the configuration. */
function toAbsentValues(request: { probe: ProbeCustomer; absent: AbsentMembersTest; lists: readonly ConnectionFindingV1[] }): Readonly<Record<string, JsonValue>> {
  const { probe, absent, lists } = request;
  const isProved = absent.isKept && lists.some(({ code }) => code === "textsMerged");
  const proved = isProved ? "keep" : "reset";
  return proved === probe.session.settings.absentValues ? {} : { absentValues: proved };
}

async function createOrTell(session: CegidSession): Promise<ProbeCustomer | ConnectionFindingV1> {
  try {
    return await createProbeCustomer(session);
  } catch (error) {
    const isRule = ConnectorError.isInstance(error) && ["forbidden", "rejectedByProvider", "conflict"].includes(error.code);
    if (!isRule) throw error;
    const names = error.fieldNames === undefined ? "" : `, ${error.fieldNames.join(", ")}`;
    return errorFinding("createRefused", `A customer cannot be created (${error.providerCode ?? error.code}${names}): see the technical user's rights, usualStoreId, and customerIdStrategy.`);
  }
}

function tellLeft({ customerId }: ProbeCustomer): ConnectionFindingV1 {
  return warning("contractCustomerLeft", `The customer of the tests could not be closed: close ${customerId} by hand.`);
}
