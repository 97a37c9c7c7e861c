import { effectiveAtOf, type ChainEndV1, type ConnectorV1, type ConsentFacetV1, type ConsentState, type DecisionColumnsV1, type DecisionRecord, type StoredDecisionV1 } from "@volenti/core/adapter";
import type { DecisionFinding, DestinationReport } from "@volenti/governance";
import { describe, expect, it } from "vitest";
import { acknowledgeLoyalty, decide, openShop, toSubmission, type Shop } from "./support/open-shop.ts";

/** What a test's ledger keeps beside the canonical texts, as it is and as it was changed. */
interface Changes {
  readonly decisions?: (decisions: StoredDecisionV1[]) => readonly StoredDecisionV1[];
  readonly columns?: (columns: DecisionColumnsV1) => DecisionColumnsV1;
  readonly states?: (states: readonly ConsentState[]) => readonly ConsentState[];
  readonly ends?: (ends: ChainEndV1[]) => readonly ChainEndV1[];
}

const FIRST = "2026-11-21T09:00:00.000Z";
const SECOND = "2026-11-21T11:00:00.000Z";

function columnsOf(canonical: string): DecisionColumnsV1 {
  const record = JSON.parse(canonical) as DecisionRecord;
  const { purpose, channel = null, status, notice, occurredAt, receivedAt, collectionPoint } = record;
  return {
    purpose: purpose.key,
    purposeVersion: purpose.version,
    channel,
    status,
    noticeId: notice.id,
    noticeVersion: notice.version,
    noticeSha256: notice.sha256,
    occurredAt: Date.parse(occurredAt),
    receivedAt: receivedAt === undefined ? null : Date.parse(receivedAt),
    effectiveAt: effectiveAtOf(record),
    collectionPoint,
  };
}

async function listAll(ledger: ConnectorV1, subjectRef?: string): Promise<StoredDecisionV1[]> {
  const decisions: StoredDecisionV1[] = [];
  for await (const decision of ledger.consentHistory?.listDecisions({ subjectRef }) ?? []) decisions.push(decision);
  return decisions;
}

/** One by one, and several at once. */
function changeStates(request: { consent: ConsentFacetV1; change: NonNullable<Changes["states"]> }): ConsentFacetV1 {
  const { consent, change } = request;
  const { listStatesOf } = consent;
  return {
    ...consent,
    listStates: async (of) => change(await consent.listStates(of)),
    ...(listStatesOf === undefined
      ? {}
      : { listStatesOf: async (of) => new Map([...(await listStatesOf(of))].map(([ref, states]) => [ref, change(states)])) }),
  };
}

/** A ledger with columns and ends of chains, that keeps both apart from its rows. */
function withChanges(request: { ledger: ConnectorV1; changes: Changes }): ConnectorV1 {
  const { ledger, changes } = request;
  const { decisions: change = (same) => same, columns = (same) => same, states = (same) => same, ends = (same) => same } = changes;
  return {
    ...ledger,
    consent: changeStates({ consent: ledger.consent, change: states }),
    consentHistory: {
      async *listDecisions({ subjectRef }) {
        const decisions = change(await listAll(ledger, subjectRef));
        for (const decision of decisions) yield { ...decision, columns: columns(columnsOf(decision.canonical)) };
      },
      async *listChainEnds() {
        const last = new Map((await listAll(ledger)).map(({ subjectRef, chain }) => [subjectRef, { subjectRef, position: 0, link: null, ...chain }]));
        yield* ends([...last.values()]);
      },
    },
  };
}

function openChangedShop(changes: Changes): Shop {
  return openShop({ change: ({ ledger }) => ({ ledger: withChanges({ ledger, changes }) }) });
}

/** Ines gave, then withdrew; Paul gave. */
async function verifyChanged(changes: Changes): Promise<DestinationReport> {
  const shop = openChangedShop(changes);
  await shop.submit({ occurredAt: FIRST, decisions: [decide("given")] });
  await shop.submit({ occurredAt: SECOND, decisions: [decide("withdrawn")] });
  await shop.submit({ email: "paul@example.com" });
  return shop.governance.verify({ destinationId: "ledger" });
}

async function findingsAfter(changes: Changes): Promise<readonly string[]> {
  const { valid, findings } = await verifyChanged(changes);
  expect(valid).toBe(findings.length === 0);
  return findings.map(({ code, field }: DecisionFinding) => (field === undefined ? code : `${code} ${field}`));
}

function changeIf(status: string, change: Partial<ConsentState>): NonNullable<Changes["states"]> {
  return (states) => states.map((state) => (state.status === status ? { ...state, ...change } : state));
}

describe("verify what tables repeat of the records", () => {
  it("finds nothing where columns, states and ends of chains agree", async () => {
    expect(await findingsAfter({})).toEqual([]);
  });

  const others: DecisionColumnsV1 = {
    purpose: "loyalty",
    purposeVersion: "2",
    channel: "sms",
    status: "renewed",
    noticeId: "other",
    noticeVersion: "4",
    noticeSha256: "00",
    occurredAt: 0,
    receivedAt: 0,
    effectiveAt: 0,
    collectionPoint: "rome-flagship",
  };
  it.each(Object.keys(others) as (keyof DecisionColumnsV1)[])("finds the column %s that says something else than what was signed", async (name) => {
    const columns = (own: DecisionColumnsV1): DecisionColumnsV1 => (own.status === "withdrawn" ? { ...own, [name]: others[name] } : own);
    const report = await verifyChanged({ columns });
    expect(report).toMatchObject({ valid: false, counts: { decisions: 3, sound: 2, findings: { columnMismatch: 1 } } });
    expect(report.findings).toEqual([{ code: "columnMismatch", decisionId: expect.any(String) as string, field: name }]);
  });
});

describe("verify what stands", () => {
  it("finds a refusal that was made a grant", async () => {
    expect(await findingsAfter({ states: changeIf("withdrawn", { status: "given" }) })).toEqual(["stateMismatch status"]);
  });

  it.each([
    ["effectiveAt", { effectiveAt: 0 }],
    ["purposeVersion", { purposeVersion: "2" }],
    ["recipients", { recipients: ["partner"] }],
    ["attributes", { attributes: ["email"] }],
  ] as const)("finds a state whose %s is not its decision's", async (field, change) => {
    expect(await findingsAfter({ states: changeIf("given", change) })).toContain(`stateMismatch ${field}`);
  });

  it("finds a grant that was put back over a withdrawal", async () => {
    let given: ConsentState | undefined;
    const shop = openChangedShop({ states: (states) => (given === undefined ? states : [given]) });
    await shop.submit({ occurredAt: FIRST, decisions: [decide("given")] });
    [given] = [...shop.ledger.records.people.values()].flatMap(({ states }) => [...states.values()]);
    await shop.submit({ occurredAt: SECOND, decisions: [decide("withdrawn")] });
    expect((await shop.governance.verify({ destinationId: "ledger" })).findings).toMatchObject([{ code: "stateMismatch", field: "decisionId" }]);
  });

  it("finds a grant that nobody gave, also for a person without any decision", async () => {
    const decisionId = "5f0f5e0e-6a1e-4a53-9d0b-0f5d3b0c7f11";
    const invented = changeIf("given", { decisionId, effectiveAt: 8e15 });
    expect(await findingsAfter({ states: invented })).toEqual(["stateMismatch decisionId"]);
    const shop = openChangedShop({ ends: (ends) => [...ends, { subjectRef: "z".repeat(26), position: 0, link: null }] });
    await shop.submit();
    const [person] = shop.ledger.records.people.values();
    if (person !== undefined) shop.ledger.records.people.set("z".repeat(26), { ...person, ref: "z".repeat(26) });
    expect(await shop.governance.verify({ destinationId: "ledger" })).toMatchObject({
      valid: false,
      counts: { decisions: 1, sound: 1, subjects: 1 },
      findings: [{ code: "stateMismatch", subjectRef: "z".repeat(26), field: "decisionId" }],
    });
  });

  it("accepts and counts a refusal that followed the person, and whose decision is elsewhere", async () => {
    const decisionId = "5f0f5e0e-6a1e-4a53-9d0b-0f5d3b0c7f11";
    const report = await verifyChanged({ states: changeIf("given", { decisionId, status: "refused", effectiveAt: 8e15 }) });
    expect(report).toMatchObject({ valid: true, counts: { followedStates: 1 } });
  });

  it.each(["staff-1700000000000", "staff-flag-1700000000000"])("counts the refusal %s apart, as changed by staff, and finds no fault in it", async (decisionId) => {
    const report = await verifyChanged({ states: changeIf("given", { decisionId, status: "refused", effectiveAt: 8e15 }) });
    expect(report).toMatchObject({ valid: true, counts: { changedByStaff: 1, followedStates: 0 }, findings: [] });
  });

  it("says of a grant that staff made that it is theirs, and finds that nothing proves it", async () => {
    const report = await verifyChanged({ states: changeIf("given", { decisionId: "staff-8000000000000000", effectiveAt: 8e15 }) });
    expect(report).toMatchObject({ valid: false, counts: { changedByStaff: 1, findings: { stateMismatch: 1 } } });
    expect(report.findings).toMatchObject([{ code: "stateMismatch", decisionId: "staff-8000000000000000", field: "decisionId" }]);
  });

  it("finds a refusal that staff are said to have made before the decision that it replaces", async () => {
    expect(await findingsAfter({ states: changeIf("given", { decisionId: "staff-1", status: "refused", effectiveAt: 1 }) })).toEqual(["stateMismatch decisionId"]);
  });

  it("finds a state that was taken away", async () => {
    const report = await verifyChanged({ states: (states) => states.filter(({ status }) => status !== "withdrawn") });
    expect(report.findings).toMatchObject([{ code: "stateMismatch", field: "state" }]);
  });

  it("takes no state that is listed twice for one that is missing", async () => {
    const shop = openChangedShop({ states: (states) => states.map((_, index) => states[index === 0 ? 1 : index] ?? states[0]!) });
    await shop.submit({ decisions: [decide("given"), { ...acknowledgeLoyalty(), status: "objected" }] });
    const [person] = shop.ledger.records.people.values();
    expect(person?.states.size).toBe(2);
    expect((await shop.governance.verify({ destinationId: "ledger" })).findings).toMatchObject([{ code: "stateMismatch", field: "state" }]);
  });

  it("takes a refusal without a channel for all channels, and a later grant for its own", async () => {
    const shop = openShop();
    const { channel: _, ...everywhere } = decide("withdrawn");
    await shop.submit({ occurredAt: SECOND, decisions: [everywhere] });
    await shop.submit({ occurredAt: FIRST, decisions: [decide("given")] });
    await shop.submit({ email: "paul@example.com", occurredAt: FIRST, decisions: [everywhere] });
    await shop.submit({ email: "paul@example.com", occurredAt: SECOND, decisions: [decide("given")] });
    expect(await shop.governance.verify({ destinationId: "ledger" })).toMatchObject({ valid: true, counts: { decisions: 4 } });
  });

  it("asks nothing of states that an erasure took, and counts the people", async () => {
    const shop = openShop();
    await shop.submit();
    for (const ref of shop.ledger.records.people.keys()) shop.ledger.records.people.delete(ref);
    expect(await shop.governance.verify({ destinationId: "ledger" })).toMatchObject({ valid: true, counts: { withoutStates: 1 } });
  });

  it.each(["one by one", "several at once"])("gives no finding where a decision is written between its reading of decisions and of states, %s", async (way) => {
    const shop = openShop({
      change: ({ ledger }) => {
        let isFirst = true;
        const writeOnce = async (): Promise<void> => {
          if (!isFirst) return;
          isFirst = false;
          await shop.submit({ occurredAt: SECOND, decisions: [decide("renewed")] });
        };
        const { getState, listStates, listStatesOf } = ledger.consent;
        const consent: ConsentFacetV1 = {
          getState,
          listStates: (request) => writeOnce().then(() => listStates(request)),
          ...(way === "one by one" || listStatesOf === undefined ? {} : { listStatesOf: (request) => writeOnce().then(() => listStatesOf(request)) }),
        };
        return { ledger: withChanges({ ledger: { ...ledger, consent }, changes: {} }) };
      },
    });
    await shop.submit({ occurredAt: FIRST, decisions: [decide("given")] });
    expect(await shop.governance.verify({ destinationId: "ledger" })).toMatchObject({ valid: true, findings: [] });
    expect([...shop.ledger.records.decisions.values()].flat()).toHaveLength(2);
  });
});

describe("verify where chains end", () => {
  it("finds a decision that was cut off the end of a chain", async () => {
    const report = await verifyChanged({ decisions: (decisions) => decisions.filter(({ canonical }) => !canonical.includes('"withdrawn"')) });
    expect(report.counts.findings).toMatchObject({ chainEndMismatch: 1 });
    expect(report.findings).toContainEqual({ code: "chainEndMismatch", subjectRef: expect.any(String) as string });
  });

  it("finds a person whose decisions were taken away altogether", async () => {
    const report = await verifyChanged({ decisions: (decisions) => decisions.filter(({ chain }, index) => chain?.position === 2 || decisions[index + 1]?.chain?.position === 2) });
    expect(report.counts.findings).toMatchObject({ chainEndMismatch: 1 });
  });

  it.each([
    ["before its last row", (end: ChainEndV1): ChainEndV1[] => [{ ...end, position: end.position - 1 }]],
    ["with another link", (end: ChainEndV1): ChainEndV1[] => [{ ...end, link: "0".repeat(64) }]],
    ["nowhere", (): ChainEndV1[] => []],
  ])("finds a chain that ends %s", async (_where, change) => {
    const ends: NonNullable<Changes["ends"]> = (all) => all.flatMap((end) => (end.position === 2 ? change(end) : [end]));
    expect(await findingsAfter({ ends })).toEqual(["chainEndMismatch"]);
  });

  it.each(["before the decisions", "after the decisions"])("gives no finding where ends are read %s, and decisions were written in between", async (when) => {
    let early: ChainEndV1[] | null = null;
    const write = async (): Promise<void> => {
      await shop.submit({ occurredAt: SECOND, decisions: [decide("withdrawn")] });
      await shop.submit({ email: "zoe@example.com" });
    };
    const shop = openShop({
      change: ({ ledger }) => {
        const whole = withChanges({ ledger, changes: {} });
        const listChainEnds = async function* (): AsyncGenerator<ChainEndV1> {
          const first = early;
          early = null;
          if (first !== null && when === "after the decisions") await write();
          yield* (when === "before the decisions" ? first : null) ?? whole.consentHistory?.listChainEnds?.() ?? [];
        };
        return { ledger: { ...whole, consentHistory: { listDecisions: (of) => whole.consentHistory?.listDecisions(of) ?? expect.fail(), listChainEnds } } };
      },
    });
    await shop.submit({ occurredAt: FIRST, decisions: [decide("given")] });
    early = [...shop.ledger.records.decisions].map(([subjectRef, rows]) => ({ subjectRef, position: 0, link: null, ...rows.at(-1)?.chain }));
    if (when === "before the decisions") await write();
    expect(await shop.governance.verify({ destinationId: "ledger" })).toMatchObject({ valid: true, findings: [] });
    expect([...shop.ledger.records.decisions.values()].flat()).toHaveLength(3);
  });
});

describe("verify what a batch had more", () => {
  it("counts the leaves of signed trees that have no row here, and finds no fault in them", async () => {
    const shop = openShop({ routes: [{ countries: ["FR"], to: ["ledger"] }, { to: ["crm"] }] });
    const batch = [toSubmission({}), toSubmission({ email: "paul@example.com", country: "DE" }), toSubmission({ email: "zoe@example.com" })];
    for await (const { outcome } of shop.volenti.collectMany(batch, { batchSize: 3 })) expect(outcome).toBe("delivered");
    const counts = async (destinationId: string) => (await shop.governance.verify({ destinationId })).counts;
    expect(await counts("ledger")).toMatchObject({ decisions: 2, unaccountedLeaves: 1, findings: {} });
    expect(await counts("crm")).toMatchObject({ decisions: 1, unaccountedLeaves: 2, findings: {} });
  });
});
