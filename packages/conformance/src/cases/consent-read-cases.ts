import { endsPermission, isGrant, isStanding, CONSENT_STATUSES, type ConsentStatus } from "@volenti/core/adapter";
import { comparableStatus } from "../assertions/comparable-state.ts";
import { ensureConnectorError } from "../assertions/ensure-connector-error.ts";
import { ensure, ensureEqual, ensurePresent } from "../assertions/ensure.ts";
import { ensureState } from "../assertions/ensure-state.ts";
import type { ConformanceCase } from "../conformance-case.ts";

export const CONSENT_READ_CASES: readonly ConformanceCase[] = [
  {
    id: "consent-read/unknown-person-is-null",
    title: "a person of whom the system holds nothing reads as null and as an empty list",
    run: async ({ connector, stranger, record, person, at }) => {
      await record({ person: await person(), decisions: [{ status: "given", at: at(0) }] });
      const { ref: subjectRef } = stranger();
      const state = await connector.consent.getState({ subjectRef, purpose: "marketing.email", channel: "email" });
      ensureEqual({ actual: state, expected: null, what: "the state of a stranger" });
      ensureEqual({ actual: await connector.consent.listStates({ subjectRef }), expected: [], what: "the states of a stranger" });
    },
  },
  {
    id: "consent-read/keys-are-exact",
    title: "a state is read under its own purpose and channel, and under no other",
    run: async ({ connector, record, person, at, eventually }) => {
      const { ref: subjectRef, ...rest } = await person();
      await record({ person: { ref: subjectRef, ...rest }, decisions: [{ purpose: "marketing.every", status: "given", at: at(0) }] });
      await eventually(async () => {
        ensurePresent({
          value: await connector.consent.getState({ subjectRef, purpose: "marketing.every", channel: "email" }),
          what: "the state that was written",
        });
      });
      for (const [purpose, channel] of [["marketing.every", "sms"], ["marketing.every", "*"], ["marketing.email", "email"]] as const) {
        const state = await connector.consent.getState({ subjectRef, purpose, channel });
        ensureEqual({ actual: state, expected: null, what: `the state of ${purpose} ${channel}, which was never written` });
      }
    },
  },
  {
    id: "consent-read/hostile-keys-find-nothing",
    title: "a ref, purpose or channel that is a pattern, a query or nothing at all finds nobody",
    run: async ({ connector, record, person, at, eventually }) => {
      const someone = await person();
      await record({ person: someone, decisions: [{ status: "given", at: at(0) }] });
      const key = { subjectRef: someone.ref, purpose: "marketing.email", channel: "email" };
      await eventually(async () => {
        ensurePresent({ value: await connector.consent.getState(key), what: "the state that was written" });
      });
      for (const hostile of ["%", "*", "_".repeat(26), "' OR '1'='1", '" or ""="', "", "__proto__", `${someone.ref}%`]) {
        ensureEqual({ actual: await connector.consent.listStates({ subjectRef: hostile }), expected: [], what: "the states of nobody" });
        ensureEqual({ actual: await connector.profiles.get({ subjectRef: hostile }), expected: null, what: "the profile of nobody" });
        for (const name of ["subjectRef", "purpose", "channel"] as const) {
          const state = await connector.consent.getState({ ...key, [name]: hostile });
          ensureEqual({ actual: state, expected: null, what: `the state of a hostile ${name}` });
        }
      }
    },
  },
  {
    id: "consent-read/letter-case-counts",
    title: "a ref, purpose or channel in other letters finds nobody: upper and lower case are not one",
    run: async ({ connector, record, person, at, eventually }) => {
      const { ref: subjectRef, ...rest } = await person();
      const change = { changedAt: at(0), submissionId: globalThis.crypto.randomUUID() };
      await record({ person: { ref: subjectRef, ...rest }, decisions: [{ status: "given", at: at(0) }], profile: { familyName: { value: "Moreau", ...change } } });
      const key = { subjectRef, purpose: "marketing.email", channel: "email" };
      await eventually(async () => {
        ensurePresent({ value: await connector.consent.getState(key), what: "the state that was written" });
        ensurePresent({ value: await connector.profiles.get({ subjectRef }), what: "the profile that was written" });
      });
      for (const name of ["subjectRef", "purpose", "channel"] as const) {
        const state = await connector.consent.getState({ ...key, [name]: key[name].toUpperCase() });
        ensureEqual({ actual: state, expected: null, what: `the state of a ${name} in upper case` });
      }
      const upper = { subjectRef: subjectRef.toUpperCase() };
      ensureEqual({ actual: await connector.consent.listStates(upper), expected: [], what: "the states of a ref in upper case" });
      ensureEqual({ actual: await connector.profiles.get(upper), expected: null, what: "the profile of a ref in upper case" });
    },
  },
  {
    id: "consent-read/star-is-a-key-of-its-own",
    title: "a purpose without channels is read under `*`, and a channel's state does not hide behind it",
    run: async ({ connector, record, person, at, eventually, traits }) => {
      const someone = await person();
      const { item } = await record({
        person: someone,
        decisions: [
          { purpose: "loyalty", channel: null, status: "refused", at: at(3) },
          { purpose: "marketing.every", channel: null, status: "refused", at: at(1) },
          { purpose: "marketing.every", channel: "sms", status: "given", at: at(2) },
        ],
      });
      await eventually(async () => {
        for (const expected of item.states) {
          const { purpose, channel } = expected;
          const actual = await connector.consent.getState({ subjectRef: someone.ref, purpose, channel });
          ensureState({ actual, expected, traits, what: `${purpose} ${channel}` });
        }
      });
    },
  },
  {
    id: "consent-read/list-is-ordered",
    title: "every state of a person is listed once, ordered by purpose, then channel, and equal to what getState answers",
    run: async ({ connector, record, person, at, eventually }) => {
      const { ref: subjectRef, ...rest } = await person();
      const keys = [["profiling", null], ["marketing.sms", "sms"], ["loyalty", null], ["marketing.email", "email"]] as const;
      await record({
        person: { ref: subjectRef, ...rest },
        decisions: [
          { purpose: "marketing.every", channel: null, status: "refused", at: at(9) },
          ...keys.map(([purpose, channel], index) => ({ purpose, channel, status: "given" as const, at: at(index) })),
        ],
      });
      await eventually(async () => {
        const states = await connector.consent.listStates({ subjectRef });
        ensureEqual({
          actual: states.map(({ purpose, channel }) => `${purpose} ${channel}`),
          expected: [
            "loyalty *",
            "marketing.email email",
            "marketing.every *",
            "marketing.every email",
            "marketing.every post",
            "marketing.every sms",
            "marketing.sms sms",
            "profiling *",
          ],
          what: "the keys of the list",
        });
        for (const state of states) {
          const alone = await connector.consent.getState({ subjectRef, purpose: state.purpose, channel: state.channel });
          ensureEqual({ actual: alone, expected: state, what: "the state alone and in the list" });
        }
      });
    },
  },
  {
    id: "consent-read/every-member-comes-back",
    title: "recipients, attributes, validity and purpose version of a grant are read back as they were written",
    skip: ({ traits }) => (traits.statusDetail === "meaning" ? "trait statusDetail: meaning" : undefined),
    run: async ({ connector, record, person, at, eventually, traits }) => {
      const someone = await person();
      const { item } = await record({
        person: someone,
        decisions: [
          {
            purpose: "profiling",
            purposeVersion: "2026-03.b",
            channel: null,
            status: "given",
            at: at(0),
            recipients: ["analytics-partner"],
            attributes: ["birthdate", "address.*"],
            validUntil: at(400),
          },
          { purpose: "marketing.sms", channel: "sms", status: "given", at: at(0) },
        ],
      });
      await eventually(async () => {
        for (const expected of item.states) {
          const { purpose, channel } = expected;
          const actual = await connector.consent.getState({ subjectRef: someone.ref, purpose, channel });
          ensureState({ actual, expected, traits, what: `the state of ${purpose}` });
        }
      });
    },
  },
  {
    id: "consent-read/declared-statuses-come-back",
    title: "every declared status that can stand is told apart when it is read back, or what it means, as the trait statusDetail says",
    run: async ({ connector, traits, record, person, at, eventually }) => {
      for (const status of traits.representableStatuses.filter(isStanding)) {
        const someone = await person();
        const { outcome } = await record({ person: someone, decisions: [{ status, at: at(0) }] });
        ensureEqual({ actual: outcome.decisions[0]?.outcome, expected: "applied", what: `the outcome of ${status}` });
        await eventually(async () => {
          const state = await connector.consent.getState({ subjectRef: someone.ref, purpose: "marketing.email", channel: "email" });
          const read = ensurePresent({ value: state?.status, what: "the status" });
          ensureEqual({ actual: comparableStatus({ status: read, traits }), expected: comparableStatus({ status, traits }), what: "the status" });
        });
      }
    },
  },
  {
    id: "consent-read/unrepresentable-refusal-is-an-error",
    title: "a refusal that the system cannot represent is an error, never dropped and never softened",
    skip: ({ traits }) =>
      missingRefusals(traits.representableStatuses).length === 0 ? "trait representableStatuses: every refusal is representable" : undefined,
    run: async ({ connector, traits, person, at, seal, send, toItem, record }) => {
      for (const status of missingRefusals(traits.representableStatuses)) {
        const someone = await person();
        await record({ person: someone, decisions: [{ status: grantOf(traits.representableStatuses), at: at(0) }] });
        const { decisions, head } = await seal([{ person: someone, status, exact: true, at: at(1) }]);
        const [outcome] = await send({ items: [toItem({ person: someone, decisions })], heads: [head] });
        const error = outcome?.status === "failed" ? outcome.error : outcome?.status === "written" ? outcome.decisions[0]?.error : undefined;
        const isRefused = outcome?.status === "failed" || (outcome?.status === "written" && outcome.decisions[0]?.outcome === "rejected");
        ensure({ that: isRefused, otherwise: `the unrepresentable ${status} was answered as if it had been kept` });
        ensureConnectorError({ error, connector, codes: ["unsupported", "rejectedByProvider"], what: `the error of ${status}` });
      }
    },
  },
];

function missingRefusals(representable: readonly ConsentStatus[]): ConsentStatus[] {
  return CONSENT_STATUSES.filter((status) => endsPermission(status) && !representable.includes(status));
}

function grantOf(representable: readonly ConsentStatus[]): ConsentStatus {
  return ensurePresent({ value: representable.find(isGrant), what: "a grant among representableStatuses" });
}
