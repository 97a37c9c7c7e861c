import { ConnectorError, toBase32 } from "@volenti/core/adapter";
import { toCustomerId } from "../../mapping/customer-id.ts";
import { mergeMembers, toUpdateMembers } from "../../mapping/merge-members.ts";
import { mapOptIns, toHeldOptInMembers } from "../../mapping/opt-in-set.ts";
import { toTestMarkWrites } from "../../mapping/test-mark.ts";
import { mergeUserWrites } from "../../mapping/user-slot.ts";
import type { CustomerInputData, CustomerQueryData } from "../../soap/data-contract.ts";
import type { OperationArguments } from "../../soap/operations.ts";
import type { CegidSession } from "../../transport/cegid-session.ts";
import { CONNECTOR_ID } from "../../transport/connector-id.ts";
import { readCustomer } from "../../transport/read-customer.ts";

const OPERATION = "contractTests";
const RANDOM_BYTES = 16;

/** Nobody: every opt-in refused, no contact point, a name that says what it is. */
const MEMBERS: CustomerInputData = {
  ...toHeldOptInMembers({ set: { optIns: mapOptIns(() => "DoNotUse"), emailingAccepted: false, sendReceiptByMail: false, directMail: false }, stored: null }),
  FirstName: "Contract",
  LastName: "VOLENTI TEST",
};

type Emptying = Pick<OperationArguments["UpdateCustomer"], "cleared" | "nils">;

/** A customer that belongs to the tests of a tenant's contract, and to nobody. */
export interface ProbeCustomer {
  readonly session: CegidSession;
  readonly operation: string;
  readonly customerId: string;
  read(): Promise<CustomerQueryData>;
  /** Sends these members and no others. Answers the code of the rule that refused them; null where they were taken. */
  updateOnly(modifiedData: CustomerInputData): Promise<string | null>;
  /** Sends the members that the customer had at first, and these. */
  update(members: CustomerInputData, emptying?: Emptying): Promise<string | null>;
  /** Closes it; false where Y2 did not. */
  close(): Promise<boolean>;
}

/** Creates one; throws where Y2 refuses that. */
export async function createProbeCustomer(session: CegidSession): Promise<ProbeCustomer> {
  const { settings } = session;
  const { crypto } = session.context(OPERATION);
  const mark = mergeUserWrites({ stored: null, writes: toTestMarkWrites({ settings, stored: null, isTest: true }) });
  const founding: CustomerInputData = { ...MEMBERS, ...mark };
  const ownId = settings.customerIdStrategy === "server" ? null : toCustomerId(toBase32(crypto.randomBytes(RANDOM_BYTES)));
  const customerData = { ...founding, UsualStoreId: settings.usualStoreId, ...(ownId === null ? {} : { CustomerId: ownId }) };
  const answered = await session.call({ name: "AddNewCustomer", arguments: { customerData }, operation: OPERATION, changes: true });
  const customerId = ownId ?? answered;
  if (customerId === null) throw new ConnectorError({ code: "outcomeUnknown", connectorId: CONNECTOR_ID, operation: OPERATION, providerCode: "noCustomerId" });
  return toProbe({ session, customerId, founding });
}

function toProbe(request: { session: CegidSession; customerId: string; founding: CustomerInputData }): ProbeCustomer {
  const { session, customerId, founding } = request;
  const read = async (): Promise<CustomerQueryData> => {
    const stored = await readCustomer({ session, customerId, operation: OPERATION });
    if (stored !== null) return stored;
    throw new ConnectorError({ code: "rejectedByProvider", connectorId: CONNECTOR_ID, operation: OPERATION, providerCode: "probeNotFound" });
  };
  const send = (modifiedData: CustomerInputData, emptying: Emptying = {}): Promise<string | null> =>
    refusalOf(session.call({ name: "UpdateCustomer", arguments: { customerId, modifiedData, ...emptying }, operation: OPERATION, changes: true }));
  const update: ProbeCustomer["update"] = async (members, emptying) => {
    const stored = await read();
    return send(toUpdateMembers({ stored, parts: [mergeMembers([founding, { Closed: false }, members])] }), emptying);
  };
  return {
    session,
    operation: OPERATION,
    customerId,
    read,
    updateOnly: (modifiedData) => send(modifiedData),
    update,
    close: async () => (await update({ Closed: true })) === null && (await read()).Closed === true,
  };
}

/** What Y2 refused by a rule is an answer to a test; all else is a failure of it. */
export async function refusalOf(call: Promise<unknown>): Promise<string | null> {
  try {
    await call;
    return null;
  } catch (error) {
    if (!ConnectorError.isInstance(error) || !["rejectedByProvider", "conflict", "unsupported"].includes(error.code)) throw error;
    return error.providerCode ?? error.code;
  }
}
