import {
  compareConsentStates,
  ConnectorError,
  consentKey,
  endsPermission,
  isStanding,
  type ConnectorV1,
  type ConsentState,
  type DecisionOutcomeV1,
  type SealedDecision,
  type SubjectWriteV1,
  type WriteOutcomeV1,
} from "@volenti/core/adapter";
import { createMemoryConnector, type MemorySystem, type PersonRow } from "@volenti/memory";

const STATUSES = ["given", "withdrawn"] as const;
const ATTRIBUTES = /^(?:givenName|familyName|email|locale|address\..+)$/;
const MAXIMUM_LENGTH = 40;

/**
 * An honest connector of little strength, as an old point-of-sale system has it: keeps only what stands, to the second,
 * two statuses, short texts, known fields, one person a call. It must pass, by its declared traits alone.
 */
export function createWeakConnector(system: MemorySystem): ConnectorV1 {
  const memory = createMemoryConnector({ region: "EU", ledger: false, system });
  const { consentHistory: _history, overview: _overview, provisioning: _provisioning, ...rest } = memory;
  return {
    ...rest,
    connectorId: "memory",
    traits: {
      staleWriteGuard: "readThenWrite",
      profileStaleGuard: "readThenWrite",
      idempotency: "byNaturalKey",
      atomicity: "perRecord",
      historyDepth: "latestOnly",
      readAfterWrite: "immediate",
      instantPrecision: "second",
      representableStatuses: STATUSES,
      subjectKeys: ["email"],
      maxBatchSize: 1,
    },
    intake: {
      write: async (batch) => {
        const outcomes: WriteOutcomeV1[] = [];
        for (const item of batch.items) {
          const before = firstNamed({ system, item })?.states ?? new Map<string, ConsentState>();
          const [outcome] = await memory.intake.write({ ...batch, heads: [], items: [coarsen(item)] });
          if (outcome !== undefined) outcomes.push(tell({ outcome, item, before }));
        }
        return outcomes;
      },
    },
    profiles: {
      ...memory.profiles,
      find: async (request) => {
        if (request.identifier.kind === "email") return memory.profiles.find(request);
        throw unsupported("profiles.find");
      },
    },
  };
}

/** Whom the item is about: the ref's own person, else the first whose profile holds one of its addresses. */
function firstNamed(request: { system: MemorySystem; item: SubjectWriteV1 }): PersonRow | undefined {
  const { people } = request.system.records;
  const { ref, identifiers } = request.item.subject;
  const emails = identifiers.flatMap(({ kind, value }) => (kind === "email" ? [value] : []));
  const hasAddress = ({ attributes }: PersonRow): boolean => emails.some((email) => attributes.get("email")?.value === email);
  return people.get(ref) ?? (request.item.mode === "upsert" ? undefined : [...people.values()].find(hasAddress));
}

function coarsen(item: SubjectWriteV1): SubjectWriteV1 {
  const states = item.states.filter(({ status }) => isKept(status));
  const profile = Object.entries(item.profile ?? {}).filter(([name, { value }]) => isHeld({ name, value }));
  return {
    ...item,
    decisions: [],
    states: states.map((state) => ({
      ...state,
      effectiveAt: toSecond(state.effectiveAt),
      validUntil: state.validUntil === null ? null : toSecond(state.validUntil),
    })),
    profile: Object.fromEntries(profile.map(([name, change]) => [name, { ...change, changedAt: toSecond(change.changedAt) }])),
  };
}

function tell(request: {
  outcome: WriteOutcomeV1;
  item: SubjectWriteV1;
  before: ReadonlyMap<string, ConsentState>;
}): WriteOutcomeV1 {
  const { outcome, item, before } = request;
  if (outcome.status !== "written") return outcome;
  const { profile: told, ...written } = outcome;
  const decisions = item.decisions.map((decision) => judge({ decision, before }));
  if (item.profile === undefined) return { ...written, decisions };
  const rejected = Object.keys(item.profile).filter((name) => told?.[name] === undefined);
  return { ...written, decisions, profile: { ...told, ...Object.fromEntries(rejected.map((name) => [name, "rejected" as const])) } };
}

function judge(request: { decision: SealedDecision; before: ReadonlyMap<string, ConsentState> }): DecisionOutcomeV1 {
  const { record, effectiveAt } = request.decision;
  const decisionId = record.id;
  if (!isStanding(record.status)) return { decisionId, outcome: "unchanged" };
  if (!isKept(record.status)) {
    if (endsPermission(record.status)) return { decisionId, outcome: "rejected", error: unsupported("intake.write") };
    return { decisionId, outcome: "rejected" };
  }
  const stood = request.before.get(consentKey({ purpose: record.purpose.key, channel: record.channel ?? "*" }));
  if (stood === undefined) return { decisionId, outcome: "applied" };
  if (stood.decisionId === decisionId) return { decisionId, outcome: "unchanged" };
  const order = compareConsentStates({ effectiveAt: toSecond(effectiveAt), status: record.status, decisionId }, stood);
  return { decisionId, outcome: order > 0 ? "applied" : "superseded" };
}

function isKept(status: string): boolean {
  return (STATUSES as readonly string[]).includes(status);
}

function isHeld(request: { name: string; value: unknown }): boolean {
  const { name, value } = request;
  const isText = value === null || (typeof value === "string" && value.length <= MAXIMUM_LENGTH && value.isWellFormed());
  return ATTRIBUTES.test(name) && isText;
}

function toSecond(instant: number): number {
  return Math.floor(instant / 1000) * 1000;
}

function unsupported(operation: string): ConnectorError {
  return new ConnectorError({ code: "unsupported", connectorId: "memory", operation });
}
