import { deliverAll } from "../input/deliver-all.ts";
import { makeSubmission } from "../input/make-submission.ts";
import { openCountingFolder, type CountingFolder, type FolderSetup } from "./open-counting-folder.ts";

const CUSTOMERS = 20;
const AT_ONCE = 16;

/** The most calls that one of twenty customers took, by what had become of them before. */
export interface CallCounts {
  readonly created: number;
  /** Of `created`: from the creation on, behind the look-ups. */
  readonly creation: number;
  readonly linked: number;
  readonly unchanged: number;
}

/** The same of customers who were there before. */
export interface FoundCounts {
  /** By the address, for the first time. */
  readonly found: number;
  /** By the link, later on, with a no: of another process's first two, and of all behind them. */
  readonly linkedFirst: number;
  readonly linked: number;
}

/** Customers whom we name: they sign up, come back with a no, and send that no once more. */
export async function countOwn(setup: FolderSetup): Promise<CallCounts> {
  const folder = await openCountingFolder(setup);
  try {
    const signUps = await countEach({ folder, status: "given" });
    await folder.restart();
    const refusals = await countEach({ folder, status: "withdrawn" });
    const replays = await countEach({ folder, status: "withdrawn" });
    return {
      created: most(signUps),
      creation: most(signUps.map(fromCreation)),
      linked: most(refusals),
      unchanged: most(replays),
    };
  } finally {
    await folder.close();
  }
}

/** Customers who were there before, under ids of the folder's own: they are found, and come back with a no. */
export async function countFound(setup: FolderSetup): Promise<FoundCounts> {
  const folder = await openCountingFolder(setup);
  try {
    for (let index = 0; index < CUSTOMERS; index += 1) {
      folder.emulator.customers.add({ LastName: "Moreau", UsualStoreId: "001", EmailData: { Email: `customer-${index}@example.com` } });
    }
    const signUps = await countEach({ folder, status: "given" });
    await folder.restart();
    const refusals = await countEach({ folder, status: "withdrawn" });
    return { found: most(signUps), linkedFirst: most(refusals.slice(0, 2)), linked: most(refusals.slice(2)) };
  } finally {
    await folder.close();
  }
}

/** The most connections, and calls under way, while sixteen new customers come at once. */
export async function countConnections(setup: FolderSetup): Promise<{ connections: number; calls: number }> {
  const folder = await openCountingFolder(setup);
  try {
    const submissions = Array.from({ length: AT_ONCE }, (_unused, index) => makeCustomer({ index, status: "given" }));
    await deliverAll({ volenti: folder.volenti(), submissions, options: {} });
    return { connections: folder.peakConnections(), calls: folder.emulator.calls.peak() };
  } finally {
    await folder.close();
  }
}

/** The operations that each customer's submission asks for, one customer after the other. */
async function countEach(request: { folder: CountingFolder; status: "given" | "withdrawn" }): Promise<readonly (readonly string[])[]> {
  const { folder, status } = request;
  const { emulator } = folder;
  const lists: (readonly string[])[] = [];
  for (let index = 0; index < CUSTOMERS; index += 1) {
    emulator.calls.reset();
    const { outcome } = await folder.volenti().collect(makeCustomer({ index, status }));
    if (outcome !== "delivered") throw new Error(`not delivered: ${outcome}`);
    lists.push(emulator.calls.list());
  }
  return lists;
}

/** With the attributes that a folder has members for without a map of the brand's own; a no comes after a yes. */
function makeCustomer(request: { index: number; status: "given" | "withdrawn" }): Record<string, unknown> {
  const { index, status } = request;
  const first = makeSubmission(index);
  const { middleName: _middleName, nickname: _nickname, locale: _locale, ...profile } = first["profile"] as Record<string, unknown>;
  if (status === "given") return { ...first, profile };
  const decisions = first["decisions"] as readonly Record<string, unknown>[];
  return {
    ...first,
    submissionId: `6a1e5e0e-5f0f-4a53-8d0b-${index.toString(16).padStart(12, "0")}`,
    occurredAt: "2025-04-01T10:15:00.000Z",
    profile,
    decisions: decisions.map((decision) => ({ ...decision, status })),
  };
}

function fromCreation(calls: readonly string[]): readonly string[] {
  const at = calls.indexOf("AddNewCustomer");
  if (at < 0) throw new Error("nobody was created");
  return calls.slice(at);
}

function most(lists: readonly (readonly string[])[]): number {
  return Math.max(...lists.map(({ length }) => length));
}
