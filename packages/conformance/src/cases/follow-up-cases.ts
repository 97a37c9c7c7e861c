import type { ConnectorV1, FollowUpsFacetV1, FollowUpV1 } from "@volenti/core/adapter";
import { ensureEqual, ensurePresent } from "../assertions/ensure.ts";
import type { ConformanceCase } from "../conformance-case.ts";
import { eraseRef } from "./custody.ts";

const HOUR_IN_MS = 3_600_000;

export const FOLLOW_UP_CASES: readonly ConformanceCase[] = [
  {
    id: "follow-ups/held-by-one",
    title: "what is due is given to one of those who claim at once, as it was planned, no more of it than was asked for, and never again once it is finished",
    facet: "followUps",
    run: async ({ connector, connect, people }) => {
      const [first, second] = [followUpsOf(connector), followUpsOf(await connect())];
      const [destinationId, another] = [newId(), newId()];
      const planned = (await people(5)).map(({ ref }) => followUpFor(ref));
      await first.plan({ destinationId, delayInMs: 0, followUps: planned });
      const claim = (facet: FollowUpsFacetV1, holder: string) => facet.claim({ destinationId, holder, durationInMs: HOUR_IN_MS, limit: 2 });
      ensureEqual({ actual: await first.claim({ destinationId: another, holder: "one", durationInMs: HOUR_IN_MS, limit: 9 }), expected: [], what: "what another destination is given" });
      const shares = await Promise.all([claim(first, "one"), claim(second, "two")]);
      ensureEqual({ actual: shares.map(({ length }) => length), expected: [2, 2], what: "how many each of two was given, who asked for two at once" });
      shares.push(await claim(first, "one"));
      ensureEqual({ actual: sorted(shares.flat()), expected: sorted(planned), what: "what they were given together" });
      ensureEqual({ actual: await claim(second, "two"), expected: [], what: "what is given while others hold it" });
      for (const [index, holder] of ["one", "two", "one"].entries()) {
        await first.finish({ destinationId, holder, followUpIds: (shares[index] ?? []).map(({ followUpId }) => followUpId) });
      }
      // What was finished and is planned anew is due again; all else of it is gone.
      const again = planned.slice(0, 1);
      await second.plan({ destinationId, delayInMs: 0, followUps: again });
      ensureEqual({ actual: await claim(first, "one"), expected: again, what: "what is due after all was finished" });
    },
  },
  {
    id: "follow-ups/until-the-lease-ends",
    title: "what is planned for later is not due; whose lease has ended loses what was held to whoever claims it next, and no longer finishes it",
    facet: "followUps",
    run: async ({ connector, person }) => {
      const facet = followUpsOf(connector);
      const destinationId = newId();
      const followUp = followUpFor((await person()).ref);
      const claim = (holder: string, durationInMs: number) => facet.claim({ destinationId, holder, durationInMs, limit: 9 });
      const finish = (holder: string) => facet.finish({ destinationId, holder, followUpIds: [followUp.followUpId] });
      await facet.plan({ destinationId, delayInMs: HOUR_IN_MS, followUps: [followUp] });
      ensureEqual({ actual: await claim("one", 0), expected: [], what: "what is due an hour early" });
      const replaced = { ...followUp, document: { attempt: 2 } };
      await facet.plan({ destinationId, delayInMs: 0, followUps: [replaced] });
      // A lease of no length has ended by the next call, on whatever clock.
      for (const holder of ["one", "two"]) ensureEqual({ actual: await claim(holder, 0), expected: [replaced], what: "what is due once a lease has ended" });
      await finish("one");
      ensureEqual({ actual: await claim("three", HOUR_IN_MS), expected: [replaced], what: "what somebody finished who held it no longer" });
      await facet.plan({ destinationId, delayInMs: 0, followUps: [followUp] });
      ensureEqual({ actual: await claim("four", 0), expected: [followUp], what: "what was planned anew while it was held" });
      // Nobody else has it by now: late as it is, it is done.
      await finish("four");
      ensureEqual({ actual: await claim("five", 0), expected: [], what: "what is due after it was finished" });
    },
  },
  {
    id: "follow-ups/erased-with-the-person",
    title: "an erasure takes the follow-ups of the person along, and nobody else's",
    facet: "followUps",
    skip: ({ connector }) => (connector.erasure === undefined ? "facet erasure: absent" : undefined),
    run: async ({ connector, person, record, at }) => {
      const facet = followUpsOf(connector);
      const destinationId = newId();
      const [gone, staying] = [await person(), await person()];
      for (const someone of [gone, staying]) await record({ person: someone, decisions: [{ status: "given", at: at(0) }] });
      const [ofGone, ofStaying] = [followUpFor(gone.ref), followUpFor(staying.ref)];
      await facet.plan({ destinationId, delayInMs: 0, followUps: [ofGone, ofStaying] });
      await eraseRef({ connector, subjectRef: gone.ref, requestedAt: at(1) });
      ensureEqual({
        actual: await facet.claim({ destinationId, holder: "one", durationInMs: HOUR_IN_MS, limit: 9 }),
        expected: [ofStaying],
        what: "what is due after one of two was erased",
      });
    },
  },
];

function followUpsOf(connector: ConnectorV1): FollowUpsFacetV1 {
  return ensurePresent({ value: connector.followUps, what: "the facet followUps" });
}

function newId(): string {
  return globalThis.crypto.randomUUID();
}

function followUpFor(subjectRef: string): FollowUpV1 {
  return { followUpId: `confirm:${newId()}`, subjectRef, document: { records: ["0031"], attempt: 1, until: null } };
}

function sorted(followUps: readonly FollowUpV1[]): readonly FollowUpV1[] {
  return followUps.toSorted((left, right) => (left.followUpId < right.followUpId ? -1 : 1));
}
