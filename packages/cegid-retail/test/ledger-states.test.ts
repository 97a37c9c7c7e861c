import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { SubjectWriteV1 } from "@volenti/core/adapter";
import { itemOf, openY2Brand, tell, type DecisionTold } from "./support/y2-brand.ts";

const GIVEN = (at: number): DecisionTold => ({ status: "given", at });
const REFUSED = (at: number): DecisionTold => ({ status: "withdrawn", at });

/** The item once more, as core would send it when the ledger has all of these. */
function again(request: { item: SubjectWriteV1; ledger: readonly SubjectWriteV1[] }): SubjectWriteV1 {
  const { standing } = itemOf({ ledger: request.ledger });
  return { ...request.item, standing };
}

describe("a file that is run again where the route has a ledger", () => {
  it("lets no old refusal take away the yes that came after it", async () => {
    const brand = await openY2Brand();
    const [no, yes] = [itemOf({ decisions: [REFUSED(5)] }), itemOf({ decisions: [GIVEN(10)] })];
    for (const item of [no, yes]) await brand.write(item);
    const ledger = [no, yes];
    expect(tell((await brand.write(again({ item: no, ledger })))[0])).toEqual(["superseded"]);
    expect(brand.record()).toMatchObject({ OptinEmail: "BrandOnly" });
    expect(tell((await brand.write(again({ item: yes, ledger })))[0])).toEqual(["unchanged"]);
  });

  it("ends where the newest decision leaves it, whatever the order of the first run and of the second", async () => {
    const isNo = fc.boolean();
    await fc.assert(
      fc.asyncProperty(fc.array(isNo, { minLength: 2, maxLength: 4 }), fc.infiniteStream(fc.nat({ max: 3 })), async (answers, picks) => {
        const brand = await openY2Brand();
        const items = answers.map((no, index) => itemOf({ decisions: [no ? REFUSED(index * 10) : GIVEN(index * 10)] }));
        for (const item of items) await brand.write(item);
        for (const pick of picks.take(5)) await brand.write(again({ item: items[pick % items.length] ?? itemOf({}), ledger: items }));
        expect(brand.record()).toMatchObject({ OptinEmail: answers.at(-1) === true ? "DoNotUse" : "BrandOnly" });
      }),
      { numRuns: 15 },
    );
  });
});

describe("a refusal that the ledger has something newer than", () => {
  it("is written all the same where that is another refusal, which may not have reached Y2 yet", async () => {
    const brand = await openY2Brand();
    await brand.write(itemOf({ decisions: [GIVEN(0)] }));
    const [first, second] = [itemOf({ decisions: [REFUSED(5)] }), itemOf({ decisions: [REFUSED(9)] })];
    expect(tell((await brand.write(again({ item: first, ledger: [first, second] })))[0])).toEqual(["applied"]);
    expect(brand.record()).toMatchObject({ OptinEmail: "DoNotUse" });
  });

  it("is written all the same where that is a yes which has run out since", async () => {
    const brand = await openY2Brand();
    await brand.write(itemOf({ decisions: [GIVEN(0)] }));
    const [no, yes] = [itemOf({ decisions: [REFUSED(5)] }), itemOf({ decisions: [GIVEN(9)] })];
    const ended = { ...yes, states: yes.states.map((state) => ({ ...state, validUntil: state.effectiveAt + 1 })) };
    await brand.write(again({ item: no, ledger: [no, ended] }));
    expect(brand.record()).toMatchObject({ OptinEmail: "DoNotUse" });
  });
});

describe("a yes of one purpose of an opt-in", () => {
  it("needs not wait for the other one's where the ledger has it", async () => {
    const brand = await openY2Brand({ options: { optIns: {} } });
    const events = itemOf({ decisions: [{ purpose: "events", status: "given", at: 1 }] });
    await brand.write(events);
    expect(brand.record()).toMatchObject({ OptinEmail: "AskCustomer" });
    expect(tell((await brand.write(itemOf({ decisions: [GIVEN(2)], ledger: [events] })))[0])).toEqual(["applied"]);
    expect(brand.record()).toMatchObject({ OptinEmail: "BrandOnly" });
  });

  it("is kept as a no where the ledger has the other one's no", async () => {
    const brand = await openY2Brand({ options: { optIns: {} } });
    const events = itemOf({ decisions: [{ purpose: "events", status: "refused", at: 1 }] });
    await brand.write(itemOf({ decisions: [GIVEN(2)], ledger: [events] }));
    expect(brand.record()).toMatchObject({ OptinEmail: "DoNotUse" });
  });
});
