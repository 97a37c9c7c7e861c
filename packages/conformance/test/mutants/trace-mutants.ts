import { createHash } from "node:crypto";
import type { ConnectorV1, ErasureFacetV1, StoredDecisionV1 } from "@volenti/core/adapter";
import { createMemoryConnector, type DecisionRow, type MemorySystem } from "@volenti/memory";
import { withItems, withRows, withWrite, type Mutant, type MutantParts } from "./mutant.ts";

function withErasure(change: (parts: MutantParts & { erasure: ErasureFacetV1 }) => Partial<ErasureFacetV1>): Mutant["mutate"] {
  return (parts) => {
    const { erasure } = parts.connector;
    return erasure === undefined ? parts.connector : { ...parts.connector, erasure: { ...erasure, ...change({ ...parts, erasure }) } };
  };
}

function remembering(choose: (instants: { before: number; requestedAt: number }) => number): Mutant["mutate"] {
  return withErasure(({ system, erasure }) => ({
    erase: async (request) => {
      const { links, suppressions } = system.records;
      const digests = [...links.values()].flatMap(({ ref, suppressionDigest }) => (ref === request.subjectRef ? [suppressionDigest] : []));
      const before = new Map(suppressions);
      const outcomes = await erasure.erase(request);
      for (const digest of digests) {
        const since = choose({ before: before.get(digest)?.since ?? request.requestedAt, requestedAt: request.requestedAt });
        suppressions.set(digest, { since, kind: "email", keyId: "test-suppression-1" });
      }
      return outcomes;
    },
  }));
}

/** Changes the rows of a batch's decisions after it was written. */
function withDecisionRows(request: { parts: MutantParts; change: (change: { row: DecisionRow; wasThere: boolean }) => DecisionRow | null }): ConnectorV1 {
  const { connector, system } = request.parts;
  const { decisions, decisionsById } = system.records;
  return withWrite({
    connector,
    write: async (batch, original) => {
      const before = new Set(decisionsById.keys());
      const outcomes = await original(batch);
      for (const ref of new Set(batch.items.map(({ subject }) => subject.ref))) {
        const ids = new Set(batch.items.flatMap((item) => item.decisions.map(({ record }) => record.id)));
        const rows = (decisions.get(ref) ?? []).flatMap((row) => (ids.has(row.decisionId) ? (request.change({ row, wasThere: before.has(row.decisionId) }) ?? []) : [row]));
        decisions.set(ref, rows);
      }
      return outcomes;
    },
  });
}

function mapHistory(change: (row: StoredDecisionV1) => StoredDecisionV1): Mutant["mutate"] {
  return ({ connector }) => {
    const { consentHistory } = connector;
    if (consentHistory === undefined) return connector;
    return {
      ...connector,
      consentHistory: {
        async *listDecisions(request) {
          for await (const row of consentHistory.listDecisions(request)) yield change(row);
        },
      },
    };
  };
}

/** Facets of a connector that nobody closes. */
function neverClosed(pick: (connector: ConnectorV1) => Partial<ConnectorV1>): Mutant["mutate"] {
  return ({ connector, system }) => {
    const open = createMemoryConnector({ region: "EU", system });
    const attach: ConnectorV1["attach"] = (context) => {
      open.attach(context);
      connector.attach(context);
    };
    return { ...connector, ...pick(open), attach };
  };
}

function relink(row: DecisionRow): DecisionRow {
  const link = createHash("sha256").update(Buffer.alloc(32)).update(Buffer.from(row.hash, "hex")).digest("hex");
  return { ...row, chain: { position: 1, link } };
}

function dropSharedHeads(system: MemorySystem): void {
  const { heads, people, decisions } = system.records;
  for (const { ref, test } of people.values()) if (test) for (const { proof } of decisions.get(ref) ?? []) heads.delete(proof.root);
}

export const TRACE_MUTANTS: readonly Mutant[] = [
  { name: "remembers the erasure that arrives last", mutate: remembering(({ requestedAt }) => requestedAt), caughtBy: ["erasure/the-latest-request-is-remembered"] },
  { name: "remembers the erasure that arrives first", mutate: remembering(({ before }) => before), caughtBy: ["erasure/the-latest-request-is-remembered"] },
  {
    name: "eraseTest removes the heads of what it removes",
    mutate: withErasure(({ system, erasure }) => ({
      eraseTest: async () => {
        dropSharedHeads(system);
        return erasure.eraseTest();
      },
    })),
    caughtBy: ["erasure/of-tests-keeps-shared-heads"],
  },
  {
    name: "begins a new chain after an erasure",
    mutate: (parts) => {
      const gone = new Set<string>();
      const erasing = withErasure(({ erasure }) => ({
        erase: async (request) => {
          gone.add(request.subjectRef);
          return erasure.erase(request);
        },
      }))(parts);
      return withDecisionRows({ parts: { ...parts, connector: erasing }, change: ({ row, wasThere }) => (!wasThere && gone.has(row.subjectRef) ? relink(row) : row) });
    },
    caughtBy: ["erasure/the-chain-goes-on"],
  },
  {
    name: "holds whoever has a row",
    mutate: ({ connector, system }) =>
      withItems({
        connector,
        change: (item) => (system.records.decisions.has(item.subject.ref) ? { ...item, mode: "upsert" } : item),
      }),
    caughtBy: ["existing-only/retained-proofs-hold-nobody"],
  },
  { name: "drops deferred decisions", mutate: (parts) => withDecisionRows({ parts, change: ({ row }) => (row.canonical.includes('"status":"deferred"') ? null : row) }), caughtBy: ["consent-write/every-status-has-its-row"] },
  {
    name: "keeps four thousand characters of a canonical text",
    mutate: ({ connector }) => withItems({ connector, change: (item) => ({ ...item, decisions: item.decisions.map((decision) => ({ ...decision, canonical: decision.canonical.slice(0, 4000) })) }) }),
    caughtBy: ["consent-write/a-long-record-is-kept-whole"],
  },
  { name: "stamps a decision with the instant at which it was made", mutate: mapHistory((row) => ({ ...row, recordedAt: /"occurredAt":"([^"]+)"/.exec(row.canonical)?.[1] ?? row.recordedAt })), caughtBy: ["history/stamped-once"] },
  { name: "stamps a decision with the instant at which it was received", mutate: mapHistory((row) => ({ ...row, recordedAt: /"receivedAt":"([^"]+)"/.exec(row.canonical)?.[1] ?? row.recordedAt })), caughtBy: ["history/stamped-once"] },
  { name: "stamps a decision anew when it comes again", mutate: (parts) => withDecisionRows({ parts, change: ({ row, wasThere }) => (wasThere ? { ...row, recordedAt: "2026-06-21T00:00:00.000Z" } : row) }), caughtBy: ["history/stamped-once"] },
  {
    name: "a list that breaks just ends",
    mutate: ({ connector }) => {
      const { consentHistory } = connector;
      if (consentHistory === undefined) return connector;
      return {
        ...connector,
        consentHistory: {
          async *listDecisions(request) {
            for await (const row of consentHistory.listDecisions(request)) {
              yield row;
              // The connector beneath may have read all of a short list at once.
              const isReached = await connector.profiles.get({ subjectRef: row.subjectRef }).then(() => true, () => false);
              if (!isReached) return;
            }
          },
        },
      };
    },
    caughtBy: ["history/a-broken-list-says-so"],
  },
  { name: "erases after it was closed", mutate: neverClosed(({ erasure }) => ({ erasure })), caughtBy: ["lifecycle/a-closed-connector-rejects"] },
  { name: "provisions after it was closed", mutate: neverClosed(({ provisioning }) => ({ provisioning })), caughtBy: ["lifecycle/a-closed-connector-rejects"] },
  {
    name: "after a lost answer the rows are in and nothing else",
    mutate: ({ connector, system }) =>
      withWrite({
        connector,
        write: (batch, original) =>
          original(batch).catch((error: unknown) => {
            for (const { subject } of batch.items) system.records.people.delete(subject.ref);
            throw error;
          }),
      }),
    caughtBy: ["errors/lands-whole-or-not"],
  },
  {
    name: "keeps twenty attributes",
    mutate: (parts) => withRows({ parts, change: ({ after }) => ({ ...after, attributes: new Map([...after.attributes].slice(0, 20)) }) }),
    caughtBy: ["profile-patch/many-attributes"],
  },
];
