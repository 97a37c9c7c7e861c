import {
  concatenate,
  fromHexadecimal,
  toHexadecimal,
  toUtf8,
  verifyHead,
  verifyInclusion,
  type StoredDecisionV1,
} from "@volenti/core/adapter";
import { ensureConnectorError } from "../assertions/ensure-connector-error.ts";
import { ensure, ensureEqual, ensurePresent } from "../assertions/ensure.ts";
import type { ConformanceCase } from "../conformance-case.ts";
import type { CaseContext } from "../run/case-context.ts";

/** Five of these are more than any page that a store is likely to have. */
const LONG_PART = 420;

export const HISTORY_CASES: readonly ConformanceCase[] = [
  {
    id: "history/word-for-word-in-order",
    title: "decisions are listed in the order of their recording, canonical text, hash and proof as they were written",
    facet: "consentHistory",
    run: async (context) => {
      const someone = await context.person();
      const first = await context.record({ person: someone, decisions: [{ status: "withdrawn", at: context.at(9), collectionPoint: "Boutique Caf\u0065\u0301 №2 東京" }] });
      const second = await context.record({ person: someone, decisions: [{ status: "given", at: context.at(1), recipients: ["ad-partner"] }] });
      const third = await context.record({ person: someone, decisions: [{ status: "requested", at: context.at(0) }, { status: "given", at: context.at(3) }] });
      await context.eventually(async () => {
        const listed = await list({ context, subjectRef: someone.ref });
        const sent = [first, second, third].flatMap(({ item }) => item.decisions);
        ensureEqual({
          actual: listed.slice(0, 2).map(toPlain),
          expected: sent.slice(0, 2).map(({ record, canonical, hash, proof }) => ({ subjectRef: someone.ref, decisionId: record.id, canonical, hash, proof })),
          what: "the first decisions",
        });
        ensureEqual({ actual: listed.map(({ decisionId }) => decisionId).toSorted(), expected: sent.map(({ record }) => record.id).toSorted(), what: "all decisions" });
        for (const { recordedAt } of listed) {
          ensure({ that: /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z$/.test(recordedAt), otherwise: "recordedAt is not RFC 3339 UTC" });
        }
      });
    },
  },
  {
    id: "history/verifies-from-the-rows-alone",
    title: "hash, inclusion proof and signed head of every stored decision verify with the public key and nothing else",
    facet: "consentHistory",
    run: async (context) => {
      const { attachment } = context;
      const [someone, other] = await context.people(2);
      if (someone === undefined || other === undefined) return;
      const { decisions, head } = await context.seal([0, 1, 2, 3, 4].map((index) => ({ person: index % 2 === 0 ? someone : other, status: "given", at: context.at(index) })));
      for (const person of [someone, other]) {
        const own = decisions.filter(({ record }) => record.subject === person.ref);
        await context.send({ items: [context.toItem({ person, decisions: own })], heads: [head] });
      }
      // Sealed apart: under a head of its own.
      await context.record({ person: someone, decisions: [{ status: "refused", at: context.at(9) }] });
      const publicKeys = (await attachment.keyring.describe()).flatMap(({ publicKey }) => publicKey ?? []);
      const listed = await list({ context, subjectRef: someone.ref });
      ensureEqual({ actual: listed.length, expected: 4, what: "the number of decisions" });
      for (const row of listed) {
        const [digest] = await attachment.crypto.sha256([toUtf8(row.canonical)]);
        ensureEqual({ actual: toHexadecimal(ensurePresent({ value: digest, what: "a digest" })), expected: row.hash, what: "the hash of the stored text" });
        const { leafIndex, treeSize, path, root } = row.proof;
        const isIncluded = await verifyInclusion({ leaf: toBytes(row.hash), leafIndex, treeSize, path: path.map(toBytes), root: toBytes(root), crypto: attachment.crypto });
        ensure({ that: isIncluded, otherwise: "an inclusion proof does not verify" });
        const jws = ensurePresent({ value: row.head, what: "the signed head of a stored decision" });
        const verified = await verifyHead({ jws, publicKeys, crypto: attachment.crypto });
        ensure({ that: verified.valid && verified.statement.root === root, otherwise: "a signed head does not verify" });
      }
    },
  },
  {
    id: "history/chain-is-unbroken",
    title: "where decisions are chained, positions count from 1 and each link follows from the one before",
    facet: "consentHistory",
    run: async (context) => {
      const someone = await context.person();
      for (let index = 0; index < 4; index += 1) {
        await context.record({ person: someone, decisions: [{ status: "given", at: context.at(9 - index) }, { status: "refused", at: context.at(index) }] });
      }
      const listed = await list({ context, subjectRef: someone.ref });
      ensureEqual({ actual: listed.length, expected: 8, what: "the number of decisions" });
      const chained = listed.filter(({ chain }) => chain !== undefined);
      ensure({ that: chained.length === 0 || chained.length === listed.length, otherwise: "some decisions are chained and some are not" });
      let link = "00".repeat(32);
      for (const [index, { chain, hash }] of chained.entries()) {
        const [digest] = await context.attachment.crypto.sha256([concatenate([toBytes(link), toBytes(hash)])]);
        link = toHexadecimal(ensurePresent({ value: digest, what: "a digest" }));
        ensureEqual({ actual: chain, expected: { position: index + 1, link }, what: "the link" });
      }
    },
  },
  {
    id: "history/of-all-people",
    title: "without a person named, every person's decisions are listed, a person's together and in their order",
    facet: "consentHistory",
    run: async (context) => {
      const crowd = await context.people(3);
      for (const time of [0, 1]) {
        for (const person of crowd) await context.record({ person, decisions: [{ status: time === 0 ? "given" : "refused", at: context.at(time) }] });
      }
      const listed = await list({ context, subjectRef: undefined });
      const runs = listed.map(({ subjectRef }) => subjectRef).filter((ref, index, refs) => ref !== refs[index - 1]);
      ensureEqual({ actual: new Set(runs).size, expected: runs.length, what: "the number of runs of one person" });
      for (const { ref } of crowd) {
        const own = await list({ context, subjectRef: ref });
        ensureEqual({ actual: own.length, expected: 2, what: "the person's decisions" });
        const within = listed.filter(({ subjectRef }) => subjectRef === ref);
        ensureEqual({ actual: within, expected: own, what: "the person's decisions within the list of all" });
      }
    },
  },
  {
    id: "history/is-listed-to-the-end",
    title: "a long list is listed to its end, each decision once, in the order of recording",
    facet: "consentHistory",
    run: async (context) => {
      const someone = await context.person();
      const recorded: string[] = [];
      for (let part = 0; part < 5; part += 1) {
        const drafts = Array.from({ length: LONG_PART }, (_, index) => ({ status: "given" as const, at: context.at(part * LONG_PART + index) }));
        const { item } = await context.record({ person: someone, decisions: drafts });
        recorded.push(...item.decisions.map(({ record }) => record.id));
      }
      const listed = (await list({ context, subjectRef: someone.ref })).map(({ decisionId }) => decisionId);
      ensureEqual({ actual: listed.length, expected: recorded.length, what: "the length of the list" });
      for (let start = 0; start < recorded.length; start += LONG_PART) {
        const expected = recorded.slice(start, start + LONG_PART).toSorted();
        ensureEqual({ actual: listed.slice(start, start + LONG_PART).toSorted(), expected, what: `the decisions from ${start}` });
      }
    },
  },
  {
    id: "history/a-broken-list-says-so",
    title: "a list whose system fails after its first decision rejects or is whole; it does not just end",
    facet: "consentHistory",
    fault: "unavailable",
    run: async (context) => {
      const { connector, faults } = context;
      for (const person of await context.people(3)) await context.record({ person, decisions: [{ status: "given", at: context.at(0) }] });
      const whole = await list({ context, subjectRef: undefined });
      const history = ensurePresent({ value: connector.consentHistory, what: "the facet consentHistory" });
      let count = 0;
      let failure: unknown = null;
      try {
        for await (const _ of history.listDecisions({})) {
          count += 1;
          if (count === 1) await faults.unavailable?.();
        }
      } catch (error) {
        failure = error;
      }
      await faults.clear();
      if (failure === null) ensureEqual({ actual: count, expected: whole.length, what: "the length of a list that ended by itself" });
      else ensureConnectorError({ error: failure, connector, what: "the list that broke" });
    },
  },
  {
    id: "history/stamped-once",
    title: "recordedAt is when the store recorded a decision, not when it was made, and a replay does not renew it",
    facet: "consentHistory",
    run: async (context) => {
      const someone = await context.person();
      const first = await context.record({ person: someone, decisions: [{ status: "refused", at: context.at(9) }] });
      await context.record({ person: someone, decisions: [{ status: "given", at: context.at(1) }] });
      const listed = await list({ context, subjectRef: someone.ref });
      ensureEqual({ actual: listed.length, expected: 2, what: "the number of decisions" });
      const stamps = listed.map(({ recordedAt }) => Date.parse(recordedAt));
      ensure({ that: (stamps[0] ?? 0) <= (stamps[1] ?? 0), otherwise: "what was recorded later is stamped earlier" });
      for (const [index, { canonical }] of listed.entries()) {
        const { occurredAt, receivedAt } = JSON.parse(canonical) as { occurredAt: string; receivedAt?: string };
        const isOwn = [occurredAt, receivedAt ?? ""].every((text) => Date.parse(text) !== stamps[index]);
        ensure({ that: isOwn, otherwise: "recordedAt is an instant of the decision, and no stamp of the store" });
      }
      await context.attachment.clock.sleep({ durationInMs: 20 });
      await context.send({ items: [first.item], heads: first.heads });
      ensureEqual({ actual: await list({ context, subjectRef: someone.ref }), expected: listed, what: "the list after a replay" });
    },
  },
  {
    id: "history/of-a-stranger-is-empty",
    title: "a stranger's list is empty, and a reader may leave any list early",
    facet: "consentHistory",
    run: async (context) => {
      const someone = await context.person();
      await context.record({ person: someone, decisions: [{ status: "given", at: context.at(0) }, { status: "refused", at: context.at(1) }] });
      ensureEqual({ actual: await list({ context, subjectRef: context.stranger().ref }), expected: [], what: "a stranger's list" });
      const history = ensurePresent({ value: context.connector.consentHistory, what: "the facet consentHistory" });
      for await (const { subjectRef } of history.listDecisions({ subjectRef: someone.ref })) {
        ensureEqual({ actual: subjectRef, expected: someone.ref, what: "whose decision it is" });
        break;
      }
      ensureEqual({ actual: (await list({ context, subjectRef: someone.ref })).length, expected: 2, what: "the list after one that was left early" });
    },
  },
];

async function list(request: { context: CaseContext; subjectRef: string | undefined }): Promise<StoredDecisionV1[]> {
  const { context, subjectRef } = request;
  const history = ensurePresent({ value: context.connector.consentHistory, what: "the facet consentHistory" });
  const listed: StoredDecisionV1[] = [];
  for await (const row of history.listDecisions(subjectRef === undefined ? {} : { subjectRef })) listed.push(row);
  return listed;
}

function toPlain({ subjectRef, decisionId, canonical, hash, proof }: StoredDecisionV1): Omit<StoredDecisionV1, "head" | "recordedAt" | "chain"> {
  return { subjectRef, decisionId, canonical, hash, proof };
}

function toBytes(text: string): Uint8Array {
  return ensurePresent({ value: fromHexadecimal(text), what: "hexadecimal text" });
}
