import { isStanding } from "@volenti/core/adapter";
import { ensureEqual } from "../assertions/ensure.ts";
import { ensureStates } from "../assertions/ensure-state.ts";
import type { ConformanceCase } from "../conformance-case.ts";
import type { CaseContext } from "../run/case-context.ts";
import { allArrivals, type Arrival } from "../world/arrivals.ts";
import { hasNoStaleGuard } from "./consent-write-cases.ts";
import { ensureFold, kindsOfStatus, preparePlays, sendDecisions } from "./play-arrivals.ts";

export const STALENESS_CASES: readonly ConformanceCase[] = [
  {
    id: "staleness/every-order-of-two-and-three",
    title: "grants, refusals and endings, at one instant or two, leave core's answer in every order of arrival",
    skip: hasNoStaleGuard,
    run: async (context) => {
      const statuses = kindsOfStatus(context);
      const arrivals = [...allArrivals({ statuses, size: 2 }), ...allArrivals({ statuses, size: 3 })];
      await playOneByOne({ context, arrivals, channels: ["email"] });
    },
  },
  {
    id: "staleness/every-pair-of-statuses",
    title: "of two decisions of one instant core's answer stands, whatever each says, in both orders of arrival",
    skip: hasNoStaleGuard,
    run: async (context) => {
      const statuses = context.traits.representableStatuses.filter(isStanding);
      await playOneByOne({ context, arrivals: allArrivals({ statuses, size: 2, steps: [0] }), channels: ["email"] });
    },
  },
  {
    id: "staleness/every-order-of-four",
    title: "four decisions of a key leave core's answer in every order of arrival",
    skip: hasNoStaleGuard,
    run: async (context) => {
      const arrivals = allArrivals({ statuses: kindsOfStatus(context).slice(0, 2), size: 4 });
      await playOneByOne({ context, arrivals, channels: ["email"] });
    },
  },
  {
    id: "staleness/every-order-across-channels",
    title: "refusals of every channel and decisions of one leave core's answer for `*` and each channel, in every order",
    skip: hasNoStaleGuard,
    run: async (context) => {
      const arrivals = allArrivals({ statuses: kindsOfStatus(context), size: 3 });
      await playOneByOne({ context, arrivals, channels: [null, "email"] });
    },
  },
  {
    id: "staleness/all-in-one-item",
    title: "decisions that arrive together leave what they leave one by one",
    skip: hasNoStaleGuard,
    run: async (context) => {
      const arrivals = allArrivals({ statuses: kindsOfStatus(context), size: 3 });
      const plays = await preparePlays({ context, arrivals, channels: [null, "email"] });
      await sendDecisions({
        context,
        plays,
        choose: ({ arrival, decisions }) => arrival.order.flatMap((position) => decisions[position] ?? []),
      });
      await ensureFold({ context, plays });
    },
  },
  {
    id: "staleness/two-then-one",
    title: "an item of two decisions before or after one of a single decision leaves core's answer",
    skip: hasNoStaleGuard,
    run: async (context) => {
      const arrivals = allArrivals({ statuses: kindsOfStatus(context), size: 3 });
      const plays = await preparePlays({ context, arrivals, channels: ["email", null] });
      for (const [from, to] of [[0, 2], [2, 3]] as const) {
        await sendDecisions({
          context,
          plays,
          choose: ({ arrival, decisions }) => arrival.order.slice(from, to).flatMap((position) => decisions[position] ?? []),
        });
      }
      await ensureFold({ context, plays });
    },
  },
  {
    id: "staleness/the-greater-id-stands",
    title: "of two decisions of one kind and instant the greater id stands, whichever comes first, or what the trait decisionTies says",
    skip: hasNoStaleGuard,
    run: async (context) => {
      const kinds = ["given", "refused"] as const;
      const arrivals = kinds.flatMap((status) =>
        [[0, 1], [1, 0]].map((order): Arrival => ({ decisions: [{ status, step: 0 }, { status, step: 0 }], order })),
      );
      await playOneByOne({ context, arrivals, channels: ["email"] });
    },
  },
  {
    id: "staleness/an-expired-grant-still-stands-first",
    title: "the greatest decision is kept even when it is a grant that has ended: an earlier, longer grant does not come back",
    skip: hasNoStaleGuard,
    run: async ({ connector, record, person, at, eventually, traits }) => {
      const someone = await person();
      const { item } = await record({ person: someone, decisions: [{ status: "given", at: at(2), validUntil: at(3) }] });
      await record({ person: someone, decisions: [{ status: "given", at: at(1), validUntil: at(90_000) }] });
      await eventually(async () => {
        ensureStates({ actual: await connector.consent.listStates({ subjectRef: someone.ref }), expected: item.states, traits, what: "what stands" });
      });
    },
  },
  {
    id: "staleness/guards-on-effective-time-alone",
    title: "neither the order of writing nor the connector's own clock decides: only when a decision counts from",
    skip: hasNoStaleGuard,
    run: async ({ connector, attachment, make, record, person, at, eventually }) => {
      const someone = await person();
      const { item } = await record({ person: someone, decisions: [{ status: "refused", at: at(9) }] });
      const behind = await make();
      behind.attach({ ...attachment, clock: { ...attachment.clock, now: () => attachment.clock.now() + 31_536_000_000 } });
      await record({ person: someone, connector: behind, decisions: [{ status: "given", at: at(8) }] });
      await eventually(async () => {
        const state = await connector.consent.getState({ subjectRef: someone.ref, purpose: "marketing.email", channel: "email" });
        ensureEqual({ actual: state?.decisionId, expected: item.decisions[0]?.record.id, what: "the decision that stands" });
      });
    },
  },
];

async function playOneByOne(request: {
  context: CaseContext;
  arrivals: readonly Arrival[];
  channels: readonly (string | null)[];
}): Promise<void> {
  const { context, arrivals, channels } = request;
  const plays = await preparePlays({ context, arrivals, channels });
  const longest = Math.max(...arrivals.map(({ order }) => order.length));
  for (let turn = 0; turn < longest; turn += 1) {
    await sendDecisions({
      context,
      plays,
      choose: ({ arrival, decisions }) => decisions.filter((_, position) => position === arrival.order[turn]),
    });
  }
  await ensureFold({ context, plays });
}
