import type { SealedDecision, StoredDecisionV1 } from "@volenti/core/adapter";
import { withItems, withWrite, type Mutant } from "./mutant.ts";

function mapDecisions(change: (decision: SealedDecision) => SealedDecision): Mutant["mutate"] {
  return ({ connector }) => withItems({ connector, change: (item) => ({ ...item, decisions: item.decisions.map(change) }) });
}

function mapHistory(change: (rows: StoredDecisionV1[]) => StoredDecisionV1[]): Mutant["mutate"] {
  return ({ connector }) => {
    const { consentHistory } = connector;
    if (consentHistory === undefined) return connector;
    return {
      ...connector,
      consentHistory: {
        async *listDecisions(request) {
          const rows: StoredDecisionV1[] = [];
          for await (const row of consentHistory.listDecisions(request)) rows.push(row);
          yield* change(rows);
        },
      },
    };
  };
}

/** As a column of type jsonb does: members by length, then by name. */
function reorder(value: unknown): unknown {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
  const members = Object.entries(value).toSorted(([left], [right]) => left.length - right.length || (left < right ? -1 : 1));
  return Object.fromEntries(members.map(([name, member]) => [name, reorder(member)]));
}

export const EVIDENCE_MUTANTS: readonly Mutant[] = [
  { name: "serialises the canonical text again", mutate: mapDecisions((decision) => ({ ...decision, canonical: JSON.stringify(reorder(JSON.parse(decision.canonical))) })), caughtBy: ["consent-write/every-decision-is-kept", "history/verifies-from-the-rows-alone", "ledger/tells-what-is-recorded"] },
  { name: "normalises the canonical text", mutate: mapDecisions((decision) => ({ ...decision, canonical: decision.canonical.normalize("NFC") })), caughtBy: ["consent-write/every-decision-is-kept", "history/word-for-word-in-order"] },
  { name: "escapes the canonical text to ASCII", mutate: mapDecisions((decision) => ({ ...decision, canonical: decision.canonical.replace(/[^\u0000-\u007f]/g, "?") })), caughtBy: ["consent-write/every-decision-is-kept", "history/verifies-from-the-rows-alone", "ledger/tells-what-is-recorded"] },
  { name: "keeps hashes in upper case", mutate: mapDecisions((decision) => ({ ...decision, hash: decision.hash.toUpperCase() })), caughtBy: ["consent-write/every-decision-is-kept", "history/verifies-from-the-rows-alone", "ledger/tells-what-is-recorded"] },
  { name: "loses the place in the tree", mutate: mapDecisions((decision) => ({ ...decision, proof: { ...decision.proof, leafIndex: 0 } })), caughtBy: ["history/verifies-from-the-rows-alone", "ledger/tells-what-is-recorded"] },
  { name: "loses the head", mutate: ({ connector }) => withWrite({ connector, write: (batch, original) => original({ ...batch, heads: [] }) }), caughtBy: ["history/verifies-from-the-rows-alone", "ledger/tells-what-is-recorded"] },
  {
    name: "keeps one head for all",
    mutate: ({ connector, system }) => ({
      ...mapHistory((rows) => rows.map((row) => ({ ...row, head: [...system.records.heads.values()][0] ?? null })))({ connector, system }),
    }),
    caughtBy: ["history/verifies-from-the-rows-alone"],
  },
  { name: "lists the newest first", mutate: mapHistory((rows) => rows.toReversed()), caughtBy: ["history/chain-is-unbroken", "history/word-for-word-in-order"] },
  { name: "lists by effective time", mutate: mapHistory((rows) => rows.toSorted((left, right) => (/"occurredAt":"([^"]+)"/.exec(left.canonical)?.[1] ?? "").localeCompare(/"occurredAt":"([^"]+)"/.exec(right.canonical)?.[1] ?? ""))), caughtBy: ["history/chain-is-unbroken", "history/of-all-people", "history/word-for-word-in-order"] },
  { name: "lists all people in the order of recording", mutate: mapHistory((rows) => rows.toSorted((left, right) => (left.chain?.position ?? 0) - (right.chain?.position ?? 0))), caughtBy: ["history/of-all-people"] },
  { name: "lists everybody's decisions for anybody", mutate: ({ connector }) => ({ ...connector, ...(connector.consentHistory === undefined ? {} : { consentHistory: { listDecisions: () => connector.consentHistory?.listDecisions({}) ?? [] as never } }) }), caughtBy: ["history/of-a-stranger-is-empty", "history/of-all-people", "history/verifies-from-the-rows-alone"] },
  { name: "lists a page and stops", mutate: mapHistory((rows) => rows.slice(0, 3)), caughtBy: ["history/chain-is-unbroken", "history/of-all-people", "history/word-for-word-in-order"] },
  { name: "lists two hundred decisions and stops", mutate: mapHistory((rows) => rows.slice(0, 200)), caughtBy: ["history/is-listed-to-the-end"] },
  { name: "lists two thousand decisions and stops", mutate: mapHistory((rows) => rows.slice(0, 2000)), caughtBy: ["history/is-listed-to-the-end"] },
  { name: "lists the last of a page again on the next", mutate: mapHistory((rows) => rows.flatMap((row, index) => (index > 0 && index % 100 === 0 ? [row, row] : [row]))), caughtBy: ["history/is-listed-to-the-end"] },
  { name: "breaks the chain", mutate: mapHistory((rows) => rows.map((row) => (row.chain === undefined ? row : { ...row, chain: { ...row.chain, link: row.hash } }))), caughtBy: ["history/chain-is-unbroken"] },
  { name: "counts the chain from zero", mutate: mapHistory((rows) => rows.map((row) => (row.chain === undefined ? row : { ...row, chain: { ...row.chain, position: row.chain.position - 1 } }))), caughtBy: ["history/chain-is-unbroken"] },
  { name: "chains some decisions only", mutate: mapHistory((rows) => rows.map(({ chain, ...row }, index) => (index % 2 === 0 || chain === undefined ? row : { ...row, chain }))), caughtBy: ["history/chain-is-unbroken"] },
  { name: "tells local time", mutate: mapHistory((rows) => rows.map((row) => ({ ...row, recordedAt: row.recordedAt.replace("Z", "+02:00") }))), caughtBy: ["history/word-for-word-in-order"] },
  { name: "keeps no history that it lists", mutate: mapHistory(() => []), caughtBy: ["history/of-a-stranger-is-empty", "history/of-all-people", "history/verifies-from-the-rows-alone"] },
];
