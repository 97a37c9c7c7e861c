import { afterAll, describe, expect, test } from "vitest";
import type { ConnectorV1, FollowUpsFacetV1, FollowUpV1 } from "@volenti/core/adapter";
import { findHome, openStore } from "./support/open-store.ts";
import { makeBatch, makeItem, NOON } from "./support/sealed-items.ts";

const homes = await Promise.all([findHome("postgresql"), findHome("embedded")]);
afterAll(() => Promise.all(homes.map((home) => home.end())));

const STORES = "stores";
const HOUR_IN_MS = 3_600_000;

function followUpsOf(store: ConnectorV1): FollowUpsFacetV1 {
  return store.followUps!;
}

function followUp(number: number): FollowUpV1 {
  return { followUpId: `V${number} decision`, subjectRef: "abcdefghijklmnopqrstuvwxyz", document: { customerId: `V${number}` } };
}

for (const home of homes) {
  describe(`follow-ups of a store on ${home.kind}`, () => {
    test("each is given to one of two processes, and not again before the lease ends or it is finished", async () => {
      const url = await home.makeStoreUrl();
      const followUps = followUpsOf(openStore({ url }));
      const all = [1, 2, 3, 4, 5, 6].map(followUp);
      await followUps.plan({ destinationId: STORES, delayInMs: 0, followUps: all });
      const claim = { destinationId: STORES, durationInMs: HOUR_IN_MS, limit: 4 };
      const [first, second] = await Promise.all(["a", "b"].map((holder) => followUps.claim({ ...claim, holder })));
      const given = [...first!, ...second!];
      expect(given.map(({ followUpId }) => followUpId).toSorted()).toEqual(all.map(({ followUpId }) => followUpId));
      expect(given.find(({ followUpId }) => followUpId === "V1 decision")).toEqual(followUp(1));
      expect(await followUps.claim({ ...claim, holder: "c" })).toEqual([]);
      // A holder whose lease ended has nothing to say about them any more.
      await followUps.finish({ destinationId: STORES, holder: "c", followUpIds: all.map(({ followUpId }) => followUpId) });
      await followUps.plan({ destinationId: STORES, delayInMs: 0, followUps: [followUp(1)] });
      expect(await followUps.claim({ ...claim, holder: "c" })).toEqual([followUp(1)]);
      await followUps.finish({ destinationId: STORES, holder: "c", followUpIds: ["V1 decision"] });
      expect(await followUps.claim({ ...claim, holder: "c", durationInMs: 0 })).toEqual([]);
    });

    test("what a process that died had claimed is given to another once its lease has ended", async () => {
      const followUps = followUpsOf(openStore({ url: await home.makeStoreUrl() }));
      await followUps.plan({ destinationId: STORES, delayInMs: 0, followUps: [followUp(1)] });
      expect(await followUps.claim({ destinationId: STORES, holder: "dead", durationInMs: 0, limit: 5 })).toEqual([followUp(1)]);
      expect(await followUps.claim({ destinationId: STORES, holder: "alive", durationInMs: HOUR_IN_MS, limit: 5 })).toEqual([followUp(1)]);
    });

    test("nothing is given before it is due, and nothing of another destination", async () => {
      const followUps = followUpsOf(openStore({ url: await home.makeStoreUrl() }));
      await followUps.plan({ destinationId: STORES, delayInMs: HOUR_IN_MS, followUps: [followUp(1)] });
      await followUps.plan({ destinationId: "other", delayInMs: 0, followUps: [followUp(2)] });
      expect(await followUps.claim({ destinationId: STORES, holder: "a", durationInMs: HOUR_IN_MS, limit: 5 })).toEqual([]);
    });

    test("an erasure takes a person's along, and the removal of tests those of test people", async () => {
      const store = openStore({ url: await home.makeStoreUrl() });
      const followUps = followUpsOf(store);
      const [erased, ofTest, stays] = [1, 2, 3].map((number) => ({ ...followUp(number), subjectRef: `${number}`.repeat(26).replaceAll("1", "a") }));
      const decisions = [{ channel: "email" }];
      await store.intake.write(makeBatch([
        makeItem({ ref: erased!.subjectRef, decisions }),
        makeItem({ ref: ofTest!.subjectRef, decisions, test: true }),
        makeItem({ ref: stays!.subjectRef, decisions }),
      ]));
      await followUps.plan({ destinationId: STORES, delayInMs: 0, followUps: [erased!, ofTest!, stays!] });
      await store.erasure!.erase({ subjectRef: erased!.subjectRef, reason: "subjectRequest", requestedAt: NOON });
      await store.erasure!.eraseTest();
      expect(await followUps.claim({ destinationId: STORES, holder: "a", durationInMs: HOUR_IN_MS, limit: 5 })).toEqual([stays]);
    });
  });
}
