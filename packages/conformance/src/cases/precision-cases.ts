import { ensureEqual } from "../assertions/ensure.ts";
import { ensureInstant, ensureState } from "../assertions/ensure-state.ts";
import type { ConformanceCase } from "../conformance-case.ts";
import { hasNoStaleGuard } from "./consent-write-cases.ts";

/** Instants at which clocks, zones and number formats are known to break. */
const INSTANTS = [
  "2026-03-29T00:59:59.999Z",
  "2026-03-29T01:30:00.001Z",
  "2026-10-25T00:30:00.457Z",
  "2026-10-25T01:30:00.458Z",
  "2026-12-31T23:59:59.999Z",
  "2027-01-01T00:00:00.000Z",
  "2024-02-29T12:00:00.100Z",
  "2016-12-31T23:59:59.010Z",
  "2001-09-09T01:46:39.999Z",
  "2038-01-19T03:14:08.001Z",
].map((text) => Date.parse(text));

export const PRECISION_CASES: readonly ConformanceCase[] = [
  {
    id: "precision/state-instants-come-back",
    title: "the instants of a state come back exactly, to the step of time that is declared, in every season and zone",
    run: async ({ connector, record, person, eventually, traits }) => {
      for (const instant of INSTANTS) {
        const someone = await person();
        const { item } = await record({ person: someone, decisions: [{ status: "given", at: instant, validUntil: instant + 63_072_000_001 }] });
        await eventually(async () => {
          const [expected] = item.states;
          const actual = await connector.consent.getState({ subjectRef: someone.ref, purpose: "marketing.email", channel: "email" });
          if (expected !== undefined) ensureState({ actual, expected, traits, what: new Date(instant).toISOString() });
        });
      }
    },
  },
  {
    id: "precision/profile-instants-come-back",
    title: "the instant of a profile change comes back to the step of time that is declared",
    // Who compares no instants of a change need keep none.
    skip: ({ traits }) => (traits.profileStaleGuard === "none" ? "trait profileStaleGuard: none" : undefined),
    run: async ({ connector, record, person, eventually, traits }) => {
      const someone = await person();
      for (const instant of INSTANTS.toSorted((left, right) => left - right)) {
        const submissionId = globalThis.crypto.randomUUID();
        await record({ person: someone, profile: { givenName: { value: `At ${instant}`, changedAt: instant, submissionId } } });
        await eventually(async () => {
          const profile = await connector.profiles.get({ subjectRef: someone.ref });
          const { value, changedAt } = profile?.attributes["givenName"] ?? { value: null, changedAt: 0 };
          ensureEqual({ actual: value, expected: `At ${instant}`, what: "the value" });
          ensureInstant({ actual: changedAt, expected: instant, traits, what: "changedAt" });
        });
      }
    },
  },
  {
    id: "precision/neighbouring-steps-are-told-apart",
    title: "two decisions one step of time apart are ordered by it, whichever comes first",
    skip: hasNoStaleGuard,
    run: async ({ connector, record, person, at, step, eventually }) => {
      for (const start of [at(0), at(0) + 7 * step]) {
        for (const isLaterFirst of [true, false]) {
          const someone = await person();
          // The earlier one is the refusal: a system that rounds the two together would keep it.
          const refusal = { status: "refused", at: start } as const;
          const grant = { status: "given", at: start + step } as const;
          const ids: string[] = [];
          for (const draft of isLaterFirst ? [grant, refusal] : [refusal, grant]) {
            const { item } = await record({ person: someone, decisions: [draft] });
            ids.push(...item.decisions.map(({ record: { id } }) => id));
          }
          await eventually(async () => {
            const state = await connector.consent.getState({ subjectRef: someone.ref, purpose: "marketing.email", channel: "email" });
            ensureEqual({ actual: state?.decisionId, expected: ids[isLaterFirst ? 0 : 1], what: "the decision that stands" });
          });
        }
      }
    },
  },
];
