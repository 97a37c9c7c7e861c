import {
  concatenate,
  fromHexadecimal,
  toHexadecimal,
  verifyHead,
  type ErasureFacetV1,
  type StoredDecisionV1,
} from "@volenti/core/adapter";
import { ensure, ensureEqual, ensurePresent } from "../assertions/ensure.ts";
import type { ConformanceCase } from "../conformance-case.ts";
import type { CaseContext } from "../run/case-context.ts";
import { consultOne } from "./consult.ts";

/** What an erasure leaves behind, on purpose. */
export const ERASURE_TRACE_CASES: readonly ConformanceCase[] = [
  {
    id: "erasure/the-latest-request-is-remembered",
    title: "of two erasures of one identifier the later request is remembered, whichever arrives first",
    facet: "erasure",
    skip: ({ connector }) => (connector.ledger === undefined ? "facet ledger: absent" : undefined),
    run: async (context) => {
      const { connector, record, at, attachment } = context;
      const now = attachment.clock.now();
      for (const requests of [[now - 5000, now], [now, now - 5000]]) {
        const { identifiers, ...rest } = await context.person();
        for (const requestedAt of requests) {
          const { ref } = await consultOne({ connector, query: { identifiers } });
          await record({ person: { ...rest, identifiers, ref }, decisions: [{ status: "given", at: at(0) }] });
          await eraserOf(context).erase({ subjectRef: ref, reason: "subjectRequest", requestedAt });
        }
        for (const identifier of identifiers) {
          const answer = await consultOne({ connector, query: { identifiers: [identifier] } });
          ensureEqual({ actual: answer.suppressedSince, expected: now, what: "suppressedSince" });
        }
      }
    },
  },
  {
    id: "erasure/of-tests-keeps-shared-heads",
    title: "a signed head that a test's decisions share with a real person's stays: the real ones still verify from the rows alone",
    facet: "erasure",
    skip: ({ connector }) => (connector.consentHistory === undefined ? "facet consentHistory: absent" : undefined),
    run: async (context) => {
      const { attachment, seal, send, toItem, at } = context;
      const [real, test] = [await context.person(), await context.person({ test: true })];
      const { decisions, head } = await seal([real, test].map((person) => ({ person, status: "given", at: at(0) })));
      const items = [real, test].map((person, index) => toItem({ person, decisions: decisions.slice(index, index + 1) }));
      await send({ items, heads: [head] });
      await eraserOf(context).eraseTest();
      const [row, ...others] = await listOwn({ context, subjectRef: real.ref });
      ensureEqual({ actual: others.length, expected: 0, what: "the number of further rows of the real person" });
      const jws = ensurePresent({ value: row?.head, what: "the signed head of the real person's decision" });
      const publicKeys = (await attachment.keyring.describe()).flatMap(({ publicKey }) => publicKey ?? []);
      const verified = await verifyHead({ jws, publicKeys, crypto: attachment.crypto });
      ensure({ that: verified.valid && verified.statement.root === row?.proof.root, otherwise: "the shared head does not verify" });
    },
  },
  {
    id: "erasure/the-chain-goes-on",
    title: "where an erasure retained chained proofs, what is recorded under the same ref afterwards is chained to them",
    facet: "erasure",
    skip: ({ connector }) => (connector.consentHistory === undefined ? "facet consentHistory: absent" : undefined),
    run: async (context) => {
      const { attachment, record, seal, send, toItem, at } = context;
      const someone = await context.person();
      await record({ person: someone, decisions: [{ status: "given", at: at(0) }, { status: "refused", at: at(1) }] });
      await eraserOf(context).erase({ subjectRef: someone.ref, reason: "subjectRequest", requestedAt: attachment.clock.now() });
      const retained = await listOwn({ context, subjectRef: someone.ref });
      // A write that was under way when the erasure came; a store may turn it away.
      const { decisions, head } = await seal([{ person: someone, status: "withdrawn", at: at(2) }]);
      const [outcome] = await send({ items: [toItem({ person: someone, decisions })], heads: [head] });
      const listed = await listOwn({ context, subjectRef: someone.ref });
      const added = outcome?.status === "written" ? 1 : 0;
      ensureEqual({ actual: listed.length, expected: retained.length + added, what: "the number of decisions" });
      await ensureChained({ context, rows: listed.filter(({ chain }) => chain !== undefined) });
    },
  },
];

function eraserOf({ connector }: CaseContext): ErasureFacetV1 {
  return ensurePresent({ value: connector.erasure, what: "the facet erasure" });
}

async function listOwn(request: { context: CaseContext; subjectRef: string }): Promise<StoredDecisionV1[]> {
  const { context, subjectRef } = request;
  const history = ensurePresent({ value: context.connector.consentHistory, what: "the facet consentHistory" });
  const listed: StoredDecisionV1[] = [];
  for await (const row of history.listDecisions({ subjectRef })) listed.push(row);
  return listed;
}

async function ensureChained(request: { context: CaseContext; rows: readonly StoredDecisionV1[] }): Promise<void> {
  const { context, rows } = request;
  let link = "00".repeat(32);
  for (const [index, { chain, hash }] of rows.entries()) {
    const bytes = [link, hash].map((text) => ensurePresent({ value: fromHexadecimal(text), what: "hexadecimal text" }));
    const [digest] = await context.attachment.crypto.sha256([concatenate(bytes)]);
    link = toHexadecimal(ensurePresent({ value: digest, what: "a digest" }));
    ensureEqual({ actual: chain, expected: { position: index + 1, link }, what: "the link" });
  }
}
