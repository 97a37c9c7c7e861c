import { fromHexadecimal, verifyHead, verifyInclusion } from "@volenti/core/adapter";
import { ensureConnectorError } from "../assertions/ensure-connector-error.ts";
import { ensure, ensureEqual, ensurePresent } from "../assertions/ensure.ts";
import { ensureStates } from "../assertions/ensure-state.ts";
import type { ConformanceCase } from "../conformance-case.ts";
import { randomDigest } from "../world/random.ts";
import { freshSubmission } from "../world/to-item.ts";
import { consultOne, freshIdentifier } from "./consult.ts";

export const LEDGER_MEMORY_CASES: readonly ConformanceCase[] = [
  {
    id: "ledger/tells-what-stands",
    title: "the standing states of the person come with the answer, and nobody else's",
    facet: "ledger",
    run: async ({ connector, record, person, at, traits }) => {
      const [someone, other] = [await person(), await person()];
      await record({ person: other, decisions: [{ purpose: "profiling", channel: null, status: "given", at: at(9) }] });
      await record({ person: someone, decisions: [{ status: "given", at: at(0), recipients: ["ad-partner"], validUntil: at(99) }] });
      const { item } = await record({
        person: someone,
        decisions: [{ status: "withdrawn", at: at(3) }, { purpose: "loyalty", channel: null, status: "objected", at: at(1) }],
      });
      await record({ person: someone, decisions: [{ status: "given", at: at(2) }] });
      const answer = await consultOne({ connector, query: { identifiers: someone.identifiers } });
      ensureEqual({ actual: [answer.ref, answer.known], expected: [someone.ref, true], what: "who it is" });
      ensureStates({ actual: answer.states, expected: item.states, traits, what: "what stands" });
    },
  },
  {
    id: "ledger/tells-nobody-elses-states",
    title: "the states of those whom other identifiers name do not come with the answer",
    facet: "ledger",
    run: async ({ connector, record, person, at, traits }) => {
      const [someone, other] = [await person(), await person()];
      const { item } = await record({ person: someone, decisions: [{ status: "given", at: at(0) }] });
      await record({ person: other, decisions: [{ purpose: "profiling", channel: null, status: "given", at: at(9) }, { status: "withdrawn", at: at(9) }] });
      const identifiers = [...someone.identifiers, ...other.identifiers];
      const answer = await consultOne({ connector, query: { identifiers } });
      ensureEqual({ actual: [answer.ref, answer.alsoMatched], expected: [someone.ref, [other.ref]], what: "who it is, and who else" });
      ensureStates({ actual: answer.states, expected: item.states, traits, what: "what stands for the person" });
    },
  },
  {
    id: "ledger/tells-only-what-was-asked",
    title: "of the person's recorded decisions those come back whose ids were asked for, and none where none was",
    facet: "ledger",
    run: async ({ connector, record, person, at }) => {
      const someone = await person();
      const { item } = await record({
        person: someone,
        decisions: [{ status: "given", at: at(0) }, { purpose: "loyalty", channel: null, status: "objected", at: at(1) }],
      });
      const asked = item.decisions.map(({ record: { id } }) => id).slice(0, 1);
      for (const decisionIds of [asked, []]) {
        const answer = await consultOne({ connector, query: { identifiers: someone.identifiers, decisionIds } });
        ensureEqual({ actual: answer.recorded.map(({ decisionId }) => decisionId), expected: decisionIds, what: "what is recorded of what was asked" });
      }
    },
  },
  {
    id: "ledger/tells-what-is-recorded",
    title: "of the decision ids those that are recorded come back with proofs that verify, and no other",
    facet: "ledger",
    run: async ({ connector, record, person, at, attachment }) => {
      const someone = await person();
      const { item, heads } = await record({
        person: someone,
        decisions: [{ status: "given", at: at(0) }, { purpose: "loyalty", channel: null, status: "acknowledged", at: at(0) }],
      });
      const ids = item.decisions.map(({ record: { id } }) => id);
      const decisionIds = [...ids, globalThis.crypto.randomUUID()];
      const answer = await consultOne({ connector, query: { identifiers: someone.identifiers, decisionIds } });
      ensureEqual({ actual: answer.recorded.map(({ decisionId }) => decisionId).toSorted(), expected: ids.toSorted(), what: "what is recorded" });
      const { crypto, keyring } = attachment;
      const publicKeys = (await keyring.describe()).flatMap(({ publicKey }) => publicKey ?? []);
      for (const recorded of answer.recorded) {
        const sent = ensurePresent({ value: item.decisions.find(({ record: { id } }) => id === recorded.decisionId), what: "the decision" });
        ensureEqual({ actual: [recorded.canonical, recorded.hash, recorded.proof], expected: [sent.canonical, sent.hash, sent.proof], what: "the recorded decision" });
        ensureEqual({ actual: recorded.head, expected: heads[0]?.jws, what: "the head" });
        const { leafIndex, treeSize, path, root } = recorded.proof;
        const toBytes = (text: string): Uint8Array => ensurePresent({ value: fromHexadecimal(text), what: "hexadecimal text" });
        const isIncluded = await verifyInclusion({ leaf: toBytes(recorded.hash), leafIndex, treeSize, path: path.map(toBytes), root: toBytes(root), crypto });
        ensure({ that: isIncluded, otherwise: "the proof of a recorded decision does not verify" });
        const verified = await verifyHead({ jws: recorded.head, publicKeys, crypto });
        ensure({ that: verified.valid && verified.statement.root === root, otherwise: "the head of a recorded decision does not verify" });
      }
    },
  },
  {
    id: "ledger/knows-a-submission-again",
    title: "a submission id that was written is `same` with its content and `conflicting` with another; one that was not is `unseen`",
    facet: "ledger",
    run: async ({ connector, connect, person, seal, send, toItem, at }) => {
      const someone = await person();
      const { identifiers } = someone;
      const submission = freshSubmission();
      const { decisions, head } = await seal([{ person: someone, status: "given", at: at(0) }]);
      const before = await consultOne({ connector, query: { identifiers, submission } });
      ensureEqual({ actual: before.submission, expected: "unseen", what: "the submission before it was written" });
      await send({ items: [toItem({ person: someone, decisions, submission })], heads: [head] });
      for (const asked of [connector, await connect()]) {
        const same = await consultOne({ connector: asked, query: { identifiers, submission } });
        ensureEqual({ actual: same.submission, expected: "same", what: "the submission again" });
        const changed = { ...submission, contentDigest: randomDigest() };
        const conflicting = await consultOne({ connector: asked, query: { identifiers, submission: changed } });
        ensureEqual({ actual: conflicting.submission, expected: "conflicting", what: "the submission with another content" });
      }
      const stranger = await consultOne({ connector, query: { identifiers: [freshIdentifier("email")], submission: { ...submission, contentDigest: randomDigest() } } });
      ensureEqual({ actual: stranger.submission, expected: "conflicting", what: "the submission id with another person" });
    },
  },
  {
    id: "ledger/knows-a-profile-submission-again",
    title: "a submission without decisions is known again too, each of several in one item",
    facet: "ledger",
    run: async ({ connector, person, send, toItem, at }) => {
      const someone = await person();
      const submissions = [freshSubmission(), freshSubmission()];
      const change = { value: "Ines", changedAt: at(0), submissionId: submissions[0]?.submissionId ?? "" };
      const item = toItem({ person: someone, profile: { givenName: change } });
      await send({ items: [{ ...item, submissions }] });
      for (const submission of submissions) {
        const same = await consultOne({ connector, query: { identifiers: someone.identifiers, submission } });
        ensureEqual({ actual: same.submission, expected: "same", what: "the submission again" });
        const changed = await consultOne({ connector, query: { identifiers: someone.identifiers, submission: { ...submission, contentDigest: randomDigest() } } });
        ensureEqual({ actual: changed.submission, expected: "conflicting", what: "the submission changed" });
      }
    },
  },
  {
    id: "ledger/fails-a-changed-submission",
    title: "a write under a submission id that is held with another content fails as a conflicting replay, and changes nothing",
    facet: "ledger",
    run: async ({ connector, connect, person, seal, send, toItem, at, traits, probe }) => {
      const someone = await person();
      const submission = freshSubmission();
      const { decisions, head } = await seal([
        { person: someone, status: "given", at: at(0) },
        { person: someone, status: "withdrawn", at: at(1) },
      ]);
      const first = toItem({ person: someone, decisions: decisions.slice(0, 1), submission });
      await send({ items: [first], heads: [head] });
      const changed = toItem({ person: someone, decisions: decisions.slice(1), submission: { ...submission, contentDigest: randomDigest() } });
      for (const asked of [connector, await connect()]) {
        const [outcome] = await send({ items: [changed], heads: [head], connector: asked });
        ensureEqual({ actual: outcome?.status, expected: "failed", what: "the outcome of the changed submission" });
        const error = outcome?.status === "failed" ? outcome.error : undefined;
        const { providerCode } = ensureConnectorError({ error, connector, codes: ["conflict"], what: "the changed submission" });
        ensureEqual({ actual: providerCode, expected: "conflictingReplay", what: "the error's providerCode" });
      }
      ensureStates({ actual: await connector.consent.listStates({ subjectRef: someone.ref }), expected: first.states, traits, what: "what stands" });
      const rows = await probe.listDecisions({ subjectRef: someone.ref });
      if (traits.historyDepth === "everyDecision") ensureEqual({ actual: rows.length, expected: 1, what: "the number of rows" });
      const [again] = await send({ items: [first], heads: [head] });
      ensureEqual({ actual: again?.status, expected: "written", what: "the outcome of the unchanged submission again" });
    },
  },
  {
    id: "ledger/another-key-is-no-other-content",
    title: "a submission that comes again with a digest under another key is no conflict: digests under two keys cannot be compared",
    facet: "ledger",
    run: async ({ connector, person, seal, send, toItem, at }) => {
      const someone = await person();
      const submission = freshSubmission();
      const { decisions, head } = await seal([{ person: someone, status: "given", at: at(0) }]);
      await send({ items: [toItem({ person: someone, decisions, submission })], heads: [head] });
      const rotated = { ...submission, contentDigest: randomDigest(), keyId: "test-submission-2" };
      const answer = await consultOne({ connector, query: { identifiers: someone.identifiers, submission: rotated } });
      ensure({ that: answer.submission !== "conflicting", otherwise: "the consultation calls a submission under another key conflicting" });
      const [outcome] = await send({ items: [toItem({ person: someone, decisions, submission: rotated })], heads: [head] });
      const result = outcome?.status === "written" ? outcome.decisions[0]?.outcome : outcome?.status;
      ensureEqual({ actual: result, expected: "unchanged", what: "the outcome of the replay under another key" });
      const changed = await consultOne({ connector, query: { identifiers: someone.identifiers, submission: { ...submission, contentDigest: randomDigest() } } });
      ensureEqual({ actual: changed.submission, expected: "conflicting", what: "another content under the first key, afterwards" });
    },
  },
  {
    id: "ledger/controllers-do-not-meet",
    title: "an identifier that two controllers know names two people: the controller is part of every digest",
    facet: "ledger",
    run: async ({ connector, make, attachment }) => {
      const identifiers = [freshIdentifier("email")];
      const own = await consultOne({ connector, query: { identifiers } });
      const other = await make();
      other.attach({ ...attachment, controllerId: "another-house" });
      // A store of one controller may refuse another one altogether.
      const answer = await consultOne({ connector: other, query: { identifiers } }).catch((error: unknown) => {
        ensureConnectorError({ error, connector, what: "the other controller's consultation" });
        return null;
      });
      if (answer === null) return;
      ensureEqual({ actual: [answer.ref === own.ref, answer.known], expected: [false, false], what: "whether the other controller knows the person" });
    },
  },
  {
    id: "ledger/stores-no-identifier",
    title: "identifiers lead to a person, and do not lie in the store",
    facet: "ledger",
    run: async ({ connector, probe, record, person, at }) => {
      const someone = await person();
      await record({ person: someone, decisions: [{ status: "given", at: at(0) }] });
      const answer = await consultOne({ connector, query: { identifiers: someone.identifiers } });
      ensureEqual({ actual: answer.ref, expected: someone.ref, what: "the ref" });
      ensure({ that: !(await probe.dump()).toLowerCase().includes(someone.mark), otherwise: "the store holds an identifier in clear" });
    },
  },
];
