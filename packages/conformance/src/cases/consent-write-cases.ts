import { CONSENT_STATUSES, isStanding } from "@volenti/core/adapter";
import { comparableStatus } from "../assertions/comparable-state.ts";
import { ensure, ensureEqual } from "../assertions/ensure.ts";
import { ensureState, ensureStates } from "../assertions/ensure-state.ts";
import type { ConformanceCase, SkipSubject } from "../conformance-case.ts";
import type { ProbedState } from "../conformance-harness.ts";

export function keepsOnlyWhatStands({ traits }: SkipSubject): string | undefined {
  return traits.historyDepth === "latestOnly" ? "trait historyDepth: latestOnly" : undefined;
}

export function hasNoStaleGuard({ traits }: SkipSubject): string | undefined {
  return traits.staleWriteGuard === "none" ? "trait staleWriteGuard: none" : undefined;
}

export const CONSENT_WRITE_CASES: readonly ConformanceCase[] = [
  {
    id: "consent-write/outcomes-follow-decisions",
    title: "an item is answered with one outcome a decision, in their order, under its own write id",
    run: async ({ record, person, at, probe, eventually, traits }) => {
      const someone = await person();
      const { item, outcome } = await record({
        person: someone,
        decisions: [
          { purpose: "marketing.sms", channel: "sms", status: "refused", at: at(2) },
          { status: "given", at: at(1) },
          { purpose: "loyalty", channel: null, status: "refused", at: at(0) },
        ],
      });
      ensureEqual({ actual: outcome.writeId, expected: item.writeId, what: "the write id" });
      ensureEqual({
        actual: outcome.decisions.map(({ decisionId, outcome: result }) => [decisionId, result]),
        expected: item.decisions.map(({ record: { id } }) => [id, "applied"]),
        what: "the outcomes",
      });
      ensureEqual({ actual: outcome.profile, expected: undefined, what: "the profile outcome of an item without profile" });
      await eventually(async () => {
        const stored = await probe.listStates({ subjectRef: someone.ref });
        const toText = (state: ProbedState): string => [state.purpose, state.channel, state.decisionId, comparableStatus({ status: state.status, traits })].join(" ");
        ensureEqual({
          actual: stored.map(toText).toSorted(),
          expected: item.states.map(toText).toSorted(),
          what: "the states in the store itself",
        });
        ensure({ that: await probe.holdsPerson({ subjectRef: someone.ref }), otherwise: "the store does not hold the person" });
      });
      ensure({ that: traits.maxBatchSize >= 1, otherwise: "maxBatchSize is below 1" });
    },
  },
  {
    id: "consent-write/a-later-grant-replaces-an-earlier",
    title: "a later grant replaces all that an earlier one said, its narrowing and its end included",
    run: async ({ connector, record, person, at, eventually, traits }) => {
      const someone = await person();
      await record({
        person: someone,
        decisions: [{ status: "given", at: at(0), recipients: ["ad-partner"], attributes: ["email"], validUntil: at(50) }],
      });
      const { item, outcome } = await record({ person: someone, decisions: [{ status: "renewed", at: at(1), purposeVersion: "2" }] });
      ensureEqual({ actual: outcome.decisions[0]?.outcome, expected: "applied", what: "the outcome of the later grant" });
      await eventually(async () => {
        ensureStates({
          actual: await connector.consent.listStates({ subjectRef: someone.ref }),
          expected: item.states,
          traits,
          what: "what stands",
        });
      });
    },
  },
  {
    id: "consent-write/older-decision-is-superseded",
    title: "an older decision is answered superseded and changes nothing that stands",
    skip: hasNoStaleGuard,
    run: async ({ connector, record, person, at, traits, eventually }) => {
      const someone = await person();
      const { item } = await record({ person: someone, decisions: [{ status: "withdrawn", at: at(5) }] });
      const { outcome } = await record({ person: someone, decisions: [{ status: "given", at: at(4) }] });
      ensureEqual({ actual: outcome.decisions[0]?.outcome, expected: "superseded", what: "the outcome of the older grant" });
      await eventually(async () => {
        ensureStates({
          actual: await connector.consent.listStates({ subjectRef: someone.ref }),
          expected: item.states,
          traits,
          what: "what stands",
        });
      });
    },
  },
  {
    id: "consent-write/one-key-twice-in-an-item",
    title: "of two decisions of one key in one item the greater stands and both are applied",
    run: async ({ connector, record, person, at, eventually }) => {
      const someone = await person();
      const { item, outcome } = await record({
        person: someone,
        decisions: [{ status: "refused", at: at(2) }, { status: "given", at: at(1) }],
      });
      ensureEqual({ actual: outcome.decisions.map((each) => each.outcome), expected: ["applied", "applied"], what: "the outcomes" });
      await eventually(async () => {
        const state = await connector.consent.getState({ subjectRef: someone.ref, purpose: "marketing.email", channel: "email" });
        ensureEqual({ actual: state?.decisionId, expected: item.decisions[0]?.record.id, what: "the decision that stands" });
      });
    },
  },
  {
    id: "consent-write/refusal-of-every-channel",
    title: "a channel-less refusal stands for `*` and for every channel, and a later grant of one channel leaves the others refused",
    run: async ({ connector, record, person, at, traits, eventually }) => {
      const someone = await person();
      const purpose = "marketing.every";
      await record({ person: someone, decisions: ["email", "post", "sms"].map((channel) => ({ purpose, channel, status: "given", at: at(0) })) });
      const refusal = await record({ person: someone, decisions: [{ purpose, channel: null, status: "withdrawn", at: at(1) }] });
      const grant = await record({ person: someone, decisions: [{ purpose, channel: "post", status: "given", at: at(2) }] });
      const expected = refusal.item.states.map((state) => (state.channel === "post" ? grant.item.states[0] ?? state : state));
      await eventually(async () => {
        ensureStates({ actual: await connector.consent.listStates({ subjectRef: someone.ref }), expected, traits, what: "what stands" });
      });
    },
  },
  {
    id: "consent-write/neutral-decisions-change-nothing",
    title: "a neutral decision is applied as evidence, permits nothing and ends nothing",
    run: async ({ connector, record, person, at, traits, eventually }) => {
      const someone = await person();
      const { item } = await record({ person: someone, decisions: [{ status: "given", at: at(0) }] });
      const { outcome } = await record({
        person: someone,
        decisions: [
          { status: "requested", at: at(1) },
          { purpose: "marketing.sms", channel: "sms", status: "requested", at: at(1) },
          { purpose: "loyalty", channel: null, status: "acknowledged", at: at(1) },
        ],
      });
      const expected = traits.historyDepth === "everyDecision" ? ["applied"] : ["applied", "unchanged", "superseded"];
      for (const each of outcome.decisions) {
        ensure({ that: expected.includes(each.outcome), otherwise: `a neutral decision was answered ${each.outcome}` });
      }
      await eventually(async () => {
        ensureStates({ actual: await connector.consent.listStates({ subjectRef: someone.ref }), expected: item.states, traits, what: "what stands" });
      });
    },
  },
  {
    id: "consent-write/every-decision-is-kept",
    title: "every decision has its row, the superseded and the neutral ones too, word for word",
    skip: keepsOnlyWhatStands,
    run: async ({ record, person, at, probe, eventually }) => {
      const someone = await person();
      const first = await record({ person: someone, decisions: [{ status: "withdrawn", at: at(5), collectionPoint: "Caf\u0065\u0301 №1 上海 (a/b)" }] });
      const second = await record({
        person: someone,
        decisions: [
          { status: "given", at: at(1), recipients: ["b-partner", "a-partner"] },
          { status: "requested", at: at(6) },
          { status: "given", at: at(2) },
        ],
      });
      await eventually(async () => {
        const rows = await probe.listDecisions({ subjectRef: someone.ref });
        const expected = [...first.item.decisions, ...second.item.decisions].map(({ record: { id }, canonical, hash }) => ({
          decisionId: id,
          canonical,
          hash,
        }));
        const byId = (left: { decisionId: string }, right: { decisionId: string }): number => (left.decisionId < right.decisionId ? -1 : 1);
        const plain = rows.map(({ decisionId, canonical, hash }) => ({ decisionId, canonical, hash }));
        ensureEqual({ actual: plain.toSorted(byId), expected: expected.toSorted(byId), what: "the rows of the store" });
      });
    },
  },
  {
    id: "consent-write/every-status-has-its-row",
    title: "a decision of every status that is declared, and of every neutral one, has its row",
    skip: keepsOnlyWhatStands,
    run: async ({ record, person, at, probe, eventually, traits }) => {
      const someone = await person();
      const statuses = CONSENT_STATUSES.filter((status) => !isStanding(status) || traits.representableStatuses.includes(status));
      const { item } = await record({ person: someone, decisions: statuses.map((status, index) => ({ status, at: at(index) })) });
      await eventually(async () => {
        const rows = await probe.listDecisions({ subjectRef: someone.ref });
        const kept = item.decisions.filter(({ record: { id } }) => rows.some(({ decisionId }) => decisionId === id));
        ensureEqual({ actual: kept.map(({ record: { status } }) => status), expected: statuses, what: "the statuses that have a row" });
        ensureEqual({ actual: rows.length, expected: statuses.length, what: "the number of rows" });
      });
    },
  },
  {
    id: "consent-write/a-long-record-is-kept-whole",
    title: "the canonical text of a decision that names hundreds of recipients is kept to its last letter",
    skip: keepsOnlyWhatStands,
    run: async ({ record, person, at, probe, eventually }) => {
      const someone = await person();
      const recipients = Array.from({ length: 400 }, (_, index) => `partner-${String(index).padStart(4, "0")}-éü`);
      const { item } = await record({ person: someone, decisions: [{ purpose: "profiling", channel: null, status: "given", at: at(0), recipients }] });
      await eventually(async () => {
        const rows = await probe.listDecisions({ subjectRef: someone.ref });
        const expected = item.decisions.map(({ canonical, hash }) => [canonical, hash]);
        ensureEqual({ actual: rows.map(({ canonical, hash }) => [canonical, hash]), expected, what: "the long row" });
      });
    },
  },
  {
    id: "consent-write/lost-decision-of-many",
    title: "a hundred decisions of one person in one item all arrive",
    run: async ({ connector, record, person, at, traits, eventually, probe }) => {
      const someone = await person();
      const statuses = ["given", "refused"] as const;
      const { item, outcome } = await record({
        person: someone,
        decisions: Array.from({ length: 100 }, (_, index) => ({ status: statuses[index % 2] ?? "given", at: at((index * 37) % 100) })),
      });
      ensureEqual({ actual: outcome.decisions.length, expected: 100, what: "the number of outcomes" });
      await eventually(async () => {
        const [expected] = item.states;
        const actual = await connector.consent.getState({ subjectRef: someone.ref, purpose: "marketing.email", channel: "email" });
        if (expected !== undefined) ensureState({ actual, expected, traits, what: "what stands" });
        if (traits.historyDepth === "latestOnly") return;
        const rows = await probe.listDecisions({ subjectRef: someone.ref });
        ensureEqual({ actual: rows.length, expected: 100, what: "the number of rows" });
      });
    },
  },
  {
    id: "consent-write/people-stay-apart",
    title: "two people of one name and one e-mail address, who decide at the same instant, keep a state and a profile each",
    run: async ({ connector, people, seal, send, toItem, at, eventually, probe, traits }) => {
      const [left, right] = await people(2);
      if (left === undefined || right === undefined) return;
      const { decisions, head } = await seal([
        { person: left, status: "given", at: at(0) },
        { person: right, status: "refused", at: at(0) },
      ]);
      const submission = { changedAt: at(0), submissionId: globalThis.crypto.randomUUID() };
      const familyName = `Moreau ${left.mark}`;
      const email = `family-${left.mark}@example.com`;
      await send({
        heads: [head],
        items: [left, right].map((person, index) =>
          toItem({
            person,
            decisions: decisions.slice(index, index + 1),
            profile: { givenName: { value: index === 0 ? "Ines" : "Iris", ...submission }, familyName: { value: familyName, ...submission }, email: { value: email, ...submission } },
          }),
        ),
      });
      await eventually(async () => {
        for (const [index, { ref: subjectRef }] of [left, right].entries()) {
          const state = await connector.consent.getState({ subjectRef, purpose: "marketing.email", channel: "email" });
          ensureEqual({ actual: state?.decisionId, expected: decisions[index]?.record.id, what: "the decision that stands" });
          const profile = await connector.profiles.get({ subjectRef });
          ensureEqual({ actual: profile?.subjectRef, expected: subjectRef, what: "whose profile was read" });
          ensureEqual({ actual: profile?.attributes["givenName"]?.value, expected: index === 0 ? "Ines" : "Iris", what: "the given name" });
          const rows = await probe.listDecisions({ subjectRef });
          if (traits.historyDepth === "everyDecision") ensureEqual({ actual: rows.length, expected: 1, what: "the person's rows" });
        }
      });
    },
  },
];
