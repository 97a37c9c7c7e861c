import { ensure, ensureEqual } from "../assertions/ensure.ts";
import { ensureStates } from "../assertions/ensure-state.ts";
import type { ConformanceCase, SkipSubject } from "../conformance-case.ts";
import { allArrivals } from "../world/arrivals.ts";
import { hasNoStaleGuard } from "./consent-write-cases.ts";
import { inParallel } from "../run/in-parallel.ts";
import { ensureFold, kindsOfStatus, preparePlays, sendDecisions, type Play } from "./play-arrivals.ts";

function hasNoIdempotency({ traits }: SkipSubject): string | undefined {
  return traits.idempotency === "none" ? "trait idempotency: none" : undefined;
}

export const REPLAY_CASES: readonly ConformanceCase[] = [
  {
    id: "replay/the-same-item-again",
    title: "the same item again is unchanged, decisions and profile, and leaves one row a decision",
    skip: hasNoIdempotency,
    run: async ({ connector, record, send, person, at, probe, traits, eventually }) => {
      const someone = await person();
      const change = { changedAt: at(0), submissionId: globalThis.crypto.randomUUID() };
      const { item, heads } = await record({
        person: someone,
        profile: { givenName: { value: "Ines", ...change }, locale: { value: null, ...change } },
        decisions: [{ status: "given", at: at(0) }, { purpose: "loyalty", channel: null, status: "objected", at: at(1) }],
      });
      for (let time = 0; time < 3; time += 1) {
        const [outcome] = await send({ items: [item], heads });
        ensure({ that: outcome?.status === "written", otherwise: `a replay was answered ${outcome?.status}` });
        if (outcome?.status !== "written") return;
        ensureEqual({ actual: outcome.decisions.map((each) => each.outcome), expected: ["unchanged", "unchanged"], what: "the outcomes of a replay" });
        ensureEqual({ actual: outcome.profile, expected: { givenName: "unchanged", locale: "unchanged" }, what: "the profile of a replay" });
      }
      await eventually(async () => {
        ensureStates({ actual: await connector.consent.listStates({ subjectRef: someone.ref }), expected: item.states, traits, what: "what stands" });
        const rows = await probe.listDecisions({ subjectRef: someone.ref });
        if (traits.historyDepth === "everyDecision") ensureEqual({ actual: rows.length, expected: 2, what: "the number of rows" });
      });
    },
  },
  {
    id: "replay/under-another-write-id",
    title: "a decision that comes again within another item, beside a new one, is recognised by its id",
    skip: hasNoIdempotency,
    run: async ({ person, seal, send, toItem, at, probe, traits }) => {
      const someone = await person();
      const { decisions, head } = await seal([
        { person: someone, status: "given", at: at(0) },
        { person: someone, purpose: "marketing.sms", channel: "sms", status: "given", at: at(1) },
      ]);
      await send({ items: [toItem({ person: someone, decisions: decisions.slice(0, 1) })], heads: [head] });
      const [outcome] = await send({ items: [toItem({ person: someone, decisions })], heads: [head] });
      const outcomes = outcome?.status === "written" ? outcome.decisions.map((each) => each.outcome) : outcome?.status;
      ensureEqual({ actual: outcomes, expected: ["unchanged", "applied"], what: "the outcomes" });
      const rows = await probe.listDecisions({ subjectRef: someone.ref });
      if (traits.historyDepth === "everyDecision") ensureEqual({ actual: rows.length, expected: 2, what: "the number of rows" });
    },
  },
  {
    id: "replay/of-a-superseded-decision",
    title: "an older decision that comes again after a newer one does not come back, and is not applied",
    skip: (subject) => hasNoIdempotency(subject) ?? hasNoStaleGuard(subject),
    run: async ({ connector, record, send, person, at, traits, eventually }) => {
      const someone = await person();
      const older = await record({ person: someone, decisions: [{ status: "given", at: at(0) }] });
      const newer = await record({ person: someone, decisions: [{ status: "withdrawn", at: at(1) }] });
      const [outcome] = await send({ items: [older.item], heads: older.heads });
      const result = outcome?.status === "written" ? outcome.decisions[0]?.outcome : outcome?.status;
      // A system that keeps only what stands cannot know an older id again.
      const allowed = traits.historyDepth === "everyDecision" ? ["unchanged"] : ["unchanged", "superseded"];
      ensure({ that: allowed.includes(result ?? ""), otherwise: `the replay was answered ${result}` });
      await eventually(async () => {
        ensureStates({ actual: await connector.consent.listStates({ subjectRef: someone.ref }), expected: newer.item.states, traits, what: "what stands" });
      });
    },
  },
  {
    id: "replay/in-between-in-every-order",
    title: "replays of all that came before, after each arrival, leave core's answer in every order",
    skip: (subject) => hasNoIdempotency(subject) ?? hasNoStaleGuard(subject),
    run: async (context) => {
      const arrivals = allArrivals({ statuses: kindsOfStatus(context), size: 3 });
      const plays = await preparePlays({ context, arrivals, channels: ["email", null] });
      for (const turn of [0, 1, 0, 2, 1, 0]) {
        await sendDecisions({
          context,
          plays,
          choose: ({ arrival, decisions }) => decisions.filter((_, position) => position === arrival.order[turn]),
        });
      }
      await ensureFold({ context, plays });
      if (context.traits.historyDepth === "latestOnly") return;
      const work = async ({ person }: Play): Promise<void> => {
        const rows = await context.probe.listDecisions({ subjectRef: person.ref });
        ensureEqual({ actual: rows.length, expected: 3, what: "the number of rows after replays" });
      };
      await inParallel({ items: plays.plays, work });
    },
  },
  {
    id: "replay/by-another-connector",
    title: "a replay by another process is recognised too: what was seen is remembered by the system, not by the connector",
    skip: hasNoIdempotency,
    run: async ({ record, send, connect, person, at, probe, traits }) => {
      const someone = await person();
      const change = { changedAt: at(0), submissionId: globalThis.crypto.randomUUID() };
      const { item, heads } = await record({ person: someone, decisions: [{ status: "given", at: at(0) }], profile: { givenName: { value: "Ines", ...change } } });
      const [outcome] = await send({ items: [item], heads, connector: await connect() });
      ensure({ that: outcome?.status === "written", otherwise: `the replay was answered ${outcome?.status}` });
      if (outcome?.status !== "written") return;
      ensureEqual({ actual: outcome.decisions[0]?.outcome, expected: "unchanged", what: "the outcome of the replay" });
      ensureEqual({ actual: outcome.profile, expected: { givenName: "unchanged" }, what: "the profile of the replay" });
      const rows = await probe.listDecisions({ subjectRef: someone.ref });
      if (traits.historyDepth === "everyDecision") ensureEqual({ actual: rows.length, expected: 1, what: "the number of rows" });
    },
  },
];
