import { createTestClock, createTestKeyring, type TestClock } from "@volenti/conformance";
import {
  ANY_CHANNEL,
  foldConsentStates,
  webCrypto,
  type Catalogue,
  type ConnectorV1,
  type ConsentState,
  type FollowUpsV1,
  type Identifier,
  type JsonValue,
  type SealedDecision,
  type StandingStatus,
  type SubjectWriteV1,
  type WriteOutcomeV1,
} from "@volenti/core/adapter";
import { listenOnLoopback, type CegidRetailEmulator, type CegidRetailEmulatorOptions, type DataRecord } from "@volenti/emulators";
import { onTestFinished } from "vitest";
import { createCegidRetailConnector, type CegidRetailConnectorOptions } from "../../src/index.ts";
import { startConnectionCounter, type ConnectionCounter } from "../../../../tools/test-support/start-connection-counter.ts";
import { catalogueOf, purpose } from "./mapping-world.ts";
import { createFolder, optionsFor } from "./open-folder.ts";
import { withoutLongWaits } from "./without-long-waits.ts";

export const CATALOGUE: Catalogue = catalogueOf(
  purpose("news", ["email", "sms", "post"]),
  purpose("events", ["email"]),
  purpose("profiling", []),
);

export const REF = "abcdefghijklmnopqrstuvwxyz";
export const OTHER_REF = "zyxwvutsrqponmlkjihgfedcba";
/** As the documentation says that customers are named. */
export const OWN_ID = "VABCDEFGHIJKLMNOP";

/** A brand with one folder, whose clock goes on when the test says so. */
export interface Y2Brand {
  readonly emulator: CegidRetailEmulator;
  readonly connector: ConnectorV1;
  readonly clock: TestClock;
  readonly connections: ConnectionCounter;
  /** The same brand in another process, or with other options. */
  open(options?: Partial<CegidRetailConnectorOptions>, followUps?: FollowUpsV1): ConnectorV1;
  write(...items: readonly SubjectWriteV1[]): Promise<readonly WriteOutcomeV1[]>;
  /** The operations since the last question. */
  calls(): readonly string[];
  /** Every request as it was sent, envelope by envelope. */
  readonly bodies: readonly string[];
  record(customerId?: string): DataRecord | null;
}

export async function openY2Brand(request: { folder?: CegidRetailEmulatorOptions; options?: Partial<CegidRetailConnectorOptions>; clock?: TestClock } = {}): Promise<Y2Brand> {
  const clock = request.clock ?? withoutLongWaits(createTestClock());
  const emulator = createFolder({ now: () => clock.now(), ...request.folder });
  const bodies: string[] = [];
  const handle: typeof emulator.handle = async (sent) => {
    bodies.push(await sent.clone().text());
    return emulator.handle(sent);
  };
  const server = await listenOnLoopback({ handle });
  const connections = await startConnectionCounter({ url: server.url });
  const opened: ConnectorV1[] = [];
  const open = (options: Partial<CegidRetailConnectorOptions> = {}, followUps?: FollowUpsV1): ConnectorV1 => {
    const connector = createCegidRetailConnector({ ...optionsFor({ emulator, url: connections.url }), optIns: { events: null }, ...request.options, ...options });
    connector.attach({ destinationId: "stores", controllerId: "maison-exemple", catalogue: CATALOGUE, keyring: createTestKeyring(), crypto: webCrypto, clock, followUps });
    opened.push(connector);
    return connector;
  };
  onTestFinished(async () => {
    for (const connector of opened) await connector.close();
    await connections.close();
    await server.close();
  });
  const connector = open();
  return {
    emulator,
    connector,
    clock,
    connections,
    bodies,
    open,
    write: (...items) => connector.intake.write({ items, heads: [] }),
    calls: () => {
      const list = emulator.calls.list();
      emulator.calls.reset();
      return list;
    },
    record: (customerId = OWN_ID) => emulator.customers.get(customerId),
  };
}

export interface DecisionTold {
  readonly purpose?: string;
  readonly channel?: string | null;
  readonly status: StandingStatus | "requested";
  /** Seconds after the brand's clock, at its start. */
  readonly at?: number;
}

export const NOON = Date.UTC(2026, 5, 20, 11, 0, 0);
let count = 0;

export function idOf(number: number): string {
  return `00000000-0000-4000-8000-${String(number).padStart(12, "0")}`;
}

/** One person's item, as core folds it. */
export function itemOf(request: {
  ref?: string;
  identifiers?: readonly Identifier[];
  decisions?: readonly DecisionTold[];
  profile?: Readonly<Record<string, JsonValue>>;
  mode?: SubjectWriteV1["mode"];
  /** Whether the route's ledger made the ref just now. */
  isNew?: boolean;
  /** What the route's ledger remembers. */
  recordId?: string | undefined;
  /** Items whose states the route's ledger has, in any order; absent: the route has none. */
  ledger?: readonly SubjectWriteV1[];
}): SubjectWriteV1 {
  const { ledger, ref = REF, identifiers = [], decisions = [], profile, mode = "upsert", isNew = false, recordId } = request;
  const told = decisions.map((decision) => toDecision(decision));
  count += 1;
  return {
    writeId: idOf(900_000 + count),
    mode,
    subject: { ref, identifiers, country: "FR", ageBand: "adult", test: false, ...(isNew ? { isNew } : {}), ...(recordId === undefined ? {} : { recordId }) },
    submissions: [{ submissionId: idOf(800_000 + count), contentDigest: "0".repeat(64), keyId: "test" }],
    ...(profile === undefined
      ? {}
      : { profile: Object.fromEntries(Object.entries(profile).map(([name, value]) => [name, { value, changedAt: NOON, submissionId: idOf(800_000 + count) }])) }),
    decisions: told.map(({ decision }) => decision),
    states: told.flatMap(({ states }) => states),
    ...(ledger === undefined ? {} : { standing: [...foldConsentStates(ledger.flatMap(({ states }) => states)).values()] }),
  };
}

function toDecision(told: DecisionTold): { decision: SealedDecision; states: readonly ConsentState[] } {
  const { purpose: key = "news", channel = "email", status, at = 0 } = told;
  count += 1;
  const id = idOf(count);
  const effectiveAt = NOON + at * 1000;
  const record = { id, purpose: { key, version: "1" }, status, ...(channel === null ? {} : { channel }) };
  const decision = { record, effectiveAt } as unknown as SealedDecision;
  const isRefusal = status !== "requested" && !["given", "renewed", "confirmed"].includes(status);
  const channels = CATALOGUE.purposes.find((each) => each.key === key)?.channels ?? [];
  const keys = channel === null ? [ANY_CHANNEL, ...(isRefusal ? channels : [])] : [channel];
  const common = { purpose: key, decisionId: id, effectiveAt, purposeVersion: "1", validUntil: null, recipients: null, attributes: null };
  return { decision, states: status === "requested" ? [] : keys.map((each) => ({ ...common, channel: each, status })) };
}

export function emailOf(value: string): Identifier {
  return { kind: "email", value };
}

/** What an item was answered, in short: a decision's outcome, or an error's codes. */
export function tell(outcome: WriteOutcomeV1 | undefined): unknown {
  if (outcome?.status === "written") return outcome.decisions.map((decision) => decision.outcome);
  if (outcome?.status !== "failed") return outcome?.status;
  const { code, providerCode, fieldNames } = outcome.error;
  return { code, ...(providerCode === undefined ? {} : { providerCode }), ...(fieldNames === undefined ? {} : { fieldNames }) };
}
