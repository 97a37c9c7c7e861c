import { isGrant, type ConsentState } from "@volenti/core/adapter";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { computeOptIns } from "../src/mapping/compute-opt-ins.ts";
import { foldPrivacy } from "../src/mapping/fold-privacy.ts";
import { compareOptIns, mapOptIns, OPT_IN_FIELDS, permits, readOptInSet } from "../src/mapping/opt-in-set.ts";
import { listTillChanges, readLastWritten } from "../src/mapping/slots.ts";
import { toConsentStates } from "../src/mapping/to-consent-states.ts";
import { at, catalogueOf, idOf, makeSettings, openTill, purpose, state } from "./support/mapping-world.ts";

const CATALOGUE = catalogueOf(purpose("email", ["email"]), purpose("sms", ["sms"]), purpose("post", ["post"]), purpose("sale", [], { mechanism: "optOut" }));
const settings = makeSettings();
const open = (options: Parameters<typeof makeSettings>[0] = {}, catalogue = CATALOGUE) => openTill({ settings: makeSettings(options), catalogue });

describe("a new customer's opt-ins", () => {
  it("follow the channels, and ask where nobody said anything", () => {
    const { target, folds, superseded } = open().send(state("email", "given", 1), state("sms", "refused", 1));
    expect(target).toEqual({
      optIns: { OptinEmail: "BrandOnly", OptinAlternativeEmail: "AskCustomer", OptinMobile: "DoNotUse", OptinHomePhone: "AskCustomer", OptinOfficePhone: "AskCustomer", OptinPostal: "AskCustomer" },
      emailingAccepted: true,
      sendReceiptByMail: false,
      directMail: false,
    });
    expect([folds, superseded]).toEqual([[], []]);
  });

  it.each(["given", "renewed", "confirmed"] as const)("are BrandOnly when %s", (status) => {
    expect(open().send(state("post", status, 1)).target).toMatchObject({ optIns: { OptinPostal: "BrandOnly" }, directMail: true });
  });

  it.each(["refused", "withdrawn", "objected", "revoked", "optedOut"] as const)("are DoNotUse when %s", (status) => {
    expect(open().send(state("sms", status, 1)).target.optIns.OptinMobile).toBe("DoNotUse");
  });

  it.each(["expired", "invalidated"] as const)("ask again when %s", (status) => {
    expect(open().send(state("sms", status, 1)).target.optIns.OptinMobile).toBe("AskCustomer");
  });

  it("are no yes for a grant that has run out or that its purpose does not cover", () => {
    expect(open().send(state("email", "given", 1, { validUntil: at(2) })).target.optIns.OptinEmail).toBe("AskCustomer");
    expect(open().send(state("email", "given", 1, { purposeVersion: "0" })).target.optIns.OptinEmail).toBe("AskCustomer");
  });

  it("go where the settings say, by purpose and by channel", () => {
    const optIns = { email: ["OptinEmail", "OptinAlternativeEmail"], sms: { "*": "OptinHomePhone" }, post: null } as const;
    const plan = open({ optIns }).send(state("email", "given", 1), state("sms", "given", 1), state("post", "refused", 1));
    expect(plan.target.optIns).toMatchObject({ OptinEmail: "BrandOnly", OptinAlternativeEmail: "BrandOnly", OptinMobile: "AskCustomer", OptinHomePhone: "BrandOnly", OptinPostal: "AskCustomer" });
    expect(plan.unmapped).toEqual([]);
  });

  it("raise no flag of e-mail without an address", () => {
    const plan = computeOptIns({ settings, catalogue: CATALOGUE, stored: null, states: [state("email", "given", 1)], last: null, now: at(2) });
    expect(plan.target).toMatchObject({ optIns: { OptinEmail: "BrandOnly" }, emailingAccepted: false });
  });

  it("name the decisions that Y2 has no place for", () => {
    const plan = open({}, catalogueOf(purpose("loyalty", []), purpose("email", ["email"]))).send(state("loyalty", "objected", 3, { channel: "*" }), state("email", "given", 4));
    expect(plan.unmapped).toEqual([idOf(3)]);
  });
});

describe("several purposes of one opt-in", () => {
  const catalogue = catalogueOf(purpose("email", ["email"]), purpose("club", ["email"]));
  const club = (status: ConsentState["status"], seconds: number): ConsentState => state("club", status, seconds, { channel: "email" });

  it("need a yes of each", () => {
    const till = open({}, catalogue);
    const first = till.send(state("email", "given", 1));
    expect(first.target.optIns.OptinEmail).toBe("AskCustomer");
    expect(first.waiting).toEqual([idOf(1)]);
    expect(till.send(state("email", "given", 2), club("given", 2)).target.optIns.OptinEmail).toBe("BrandOnly");
  });

  it("refuse with one no", () => {
    const till = open({}, catalogue);
    till.send(state("email", "given", 1), club("given", 1));
    expect(till.send(club("withdrawn", 2)).target.optIns.OptinEmail).toBe("DoNotUse");
  });

  it("are known from Y2 where each has a text of its own, each decided in its own order", () => {
    const till = open({ purposeFields: { email: { email: 21 }, club: { email: 22 } } }, catalogue);
    till.send(state("email", "given", 1));
    expect(till.send(club("given", 5)).target.optIns.OptinEmail).toBe("BrandOnly");
    const old = till.send(state("email", "refused", 0));
    expect(old.superseded).toEqual([idOf(0)]);
    expect(old.target.optIns.OptinEmail).toBe("BrandOnly");
    expect(till.send(state("email", "refused", 3)).target.optIns.OptinEmail).toBe("DoNotUse");
    expect(till.send(state("email", "given", 4)).target.optIns.OptinEmail).toBe("BrandOnly");
  });
});

describe("partners", () => {
  const sale = (status: ConsentState["status"], seconds: number): ConsentState => state("sale", status, seconds, { channel: "*" });
  const withSale = { partnerPurpose: "sale" } as const;

  it("may use what the brand may use and the customer gave them too", () => {
    expect(open(withSale).send(state("email", "given", 1), sale("given", 1), state("sms", "refused", 1)).target.optIns).toMatchObject({ OptinEmail: "ForPartners", OptinMobile: "DoNotUse", OptinPostal: "AskCustomer" });
  });

  it("may not without their own yes, nor after their own no", () => {
    const till = open(withSale);
    expect(till.send(state("email", "given", 1)).target.optIns.OptinEmail).toBe("BrandOnly");
    expect(till.send(sale("given", 2)).target.optIns.OptinEmail).toBe("ForPartners");
    expect(till.send(sale("optedOut", 3)).target.optIns.OptinEmail).toBe("BrandOnly");
    expect(till.send(sale("given", 2)).target.optIns.OptinEmail).toBe("BrandOnly");
  });

  it("have no yes that the brand has not", () => {
    const { target, waiting } = open(withSale).send(sale("given", 1), state("email", "refused", 2));
    expect(target.optIns).toMatchObject({ OptinEmail: "DoNotUse", OptinMobile: "AskCustomer" });
    expect(waiting).toEqual([idOf(1)]);
  });
});

describe("receipts by e-mail", () => {
  it("have a flag of their own and decide no opt-in", () => {
    const till = open({ receiptPurpose: "receipt" }, catalogueOf(purpose("receipt", ["email"])));
    const receipt = (status: ConsentState["status"], seconds: number): ConsentState => state("receipt", status, seconds, { channel: "email" });
    expect(till.send(receipt("given", 1)).target).toMatchObject({ sendReceiptByMail: true, optIns: { OptinEmail: "AskCustomer" } });
    expect(till.send(receipt("refused", 3)).target.sendReceiptByMail).toBe(false);
    expect(till.send(receipt("given", 2))).toMatchObject({ target: { sendReceiptByMail: false }, superseded: [idOf(2)] });
    expect(till.send(receipt("given", 4)).target.sendReceiptByMail).toBe(true);
  });
});

describe("a privacy level coarser than the answers", () => {
  it("makes one no the no of all, and says of each what it made of it", () => {
    const { target, folds } = open({ privacyGranularity: "global" }).send(state("email", "given", 1), state("sms", "refused", 1), state("post", "given", 1));
    expect(new Set(Object.values(target.optIns))).toEqual(new Set(["DoNotUse"]));
    expect(target).toMatchObject({ emailingAccepted: false, directMail: false });
    expect(folds).toContainEqual({ field: "OptinEmail", from: "BrandOnly", to: "DoNotUse", reason: "privacyGlobal" });
    expect(folds).toContainEqual({ field: "OptinPostal", from: "BrandOnly", to: "DoNotUse", reason: "privacyGlobal" });
  });

  it("makes those of a channel equal and no other", () => {
    const { target } = open({ privacyGranularity: "channel" }).send(state("email", "given", 1), state("sms", "refused", 1));
    expect(target.optIns).toEqual({ OptinEmail: "BrandOnly", OptinAlternativeEmail: "BrandOnly", OptinMobile: "DoNotUse", OptinHomePhone: "DoNotUse", OptinOfficePhone: "DoNotUse", OptinPostal: "AskCustomer" });
  });

  it("lets a yes come back that it took along with a no", () => {
    const till = open({ privacyGranularity: "channel" });
    till.send(state("sms", "refused", 1));
    expect(till.send(state("sms", "given", 2)).target.optIns).toMatchObject({ OptinMobile: "BrandOnly", OptinHomePhone: "BrandOnly", OptinOfficePhone: "BrandOnly" });
  });

  it("opens no other contact point that the customer has and was not asked about", () => {
    const till = openTill({ settings: makeSettings({ privacyGranularity: "channel" }), catalogue: CATALOGUE, stored: { PhoneData: { HomePhoneNumber: "+33199000009" } } });
    const { target, folds } = till.send(state("sms", "given", 1));
    expect(target.optIns).toMatchObject({ OptinMobile: "AskCustomer", OptinHomePhone: "AskCustomer" });
    expect(folds).toEqual([{ field: "OptinMobile", from: "BrandOnly", to: "AskCustomer", reason: "privacyChannel" }]);
  });

  it("keeps the no of a contact point that no purpose decides", () => {
    const till = openTill({ settings: makeSettings({ privacyGranularity: "channel" }), catalogue: CATALOGUE, stored: { OptinOfficePhone: "DoNotUse" } });
    expect(till.send(state("sms", "given", 1)).target.optIns).toMatchObject({ OptinMobile: "DoNotUse", OptinOfficePhone: "DoNotUse" });
  });
});

describe("time", () => {
  it("lets no yes come back that is older than the no, or of its second", () => {
    const till = open();
    till.send(state("email", "withdrawn", 5));
    for (const late of [state("email", "given", 3), state("email", "given", 5, { decisionId: idOf(99), effectiveAt: at(5) + 999 })]) {
      expect(till.send(late)).toMatchObject({ target: { optIns: { OptinEmail: "DoNotUse" } }, superseded: [late.decisionId], changed: false });
    }
    expect(till.send(state("email", "given", 6)).target.optIns.OptinEmail).toBe("BrandOnly");
  });

  it("lets no yes come back that is older than its end", () => {
    const till = open();
    till.send(state("email", "given", 1));
    till.send(state("email", "expired", 5));
    expect(till.send(state("email", "renewed", 4))).toMatchObject({ target: { optIns: { OptinEmail: "AskCustomer" } }, superseded: [idOf(4)] });
    expect(till.send(state("email", "renewed", 6)).target.optIns.OptinEmail).toBe("BrandOnly");
  });

  it("lets a no through whenever it comes", () => {
    const till = open();
    till.send(state("email", "given", 5));
    expect(till.send(state("email", "refused", 1)).target.optIns.OptinEmail).toBe("DoNotUse");
  });

  it("lets the late yes of another opt-in through", () => {
    const till = open();
    till.send(state("email", "refused", 5));
    expect(till.send(state("sms", "given", 2)).target.optIns).toMatchObject({ OptinMobile: "BrandOnly", OptinEmail: "DoNotUse" });
  });

  it("has nothing to write for what was written", () => {
    const till = open({ privacyGranularity: "channel", purposeFields: { email: { email: 21 } } });
    const states = [state("email", "given", 1), state("sms", "refused", 2)];
    expect(till.send(...states).changed).toBe(true);
    expect(till.send(...states).changed).toBe(false);
    expect(till.send().changed).toBe(false);
  });

  it("takes a newer no of what is refused already, so that nothing in between counts", () => {
    const till = open();
    till.send(state("email", "refused", 1));
    expect(till.send(state("email", "withdrawn", 9)).changed).toBe(true);
    expect(till.send(state("email", "given", 5)).target.optIns.OptinEmail).toBe("DoNotUse");
  });
});

describe("the till", () => {
  it("keeps its no against every yes that is not newer than the record's last change", () => {
    const till = open();
    till.send(state("email", "given", 1));
    till.change(50, { OptinEmail: "DoNotUse" });
    expect(till.send(state("email", "given", 40))).toMatchObject({ target: { optIns: { OptinEmail: "DoNotUse" } }, superseded: [idOf(40)] });
    expect(till.send(state("email", "given", 60)).target.optIns.OptinEmail).toBe("BrandOnly");
  });

  it("keeps its no after something else was written over the record", () => {
    const till = open();
    till.send(state("email", "given", 1));
    till.change(50, { OptinEmail: "DoNotUse" });
    till.send(state("sms", "given", 20));
    expect(till.send(state("email", "given", 40)).target.optIns.OptinEmail).toBe("DoNotUse");
  });

  it("keeps its no for good where the record does not tell when it changed", () => {
    const till = open();
    till.send(state("email", "given", 1));
    till.stored = { ...till.stored, OptinEmail: "DoNotUse" };
    expect(till.send(state("email", "given", 900)).target.optIns.OptinEmail).toBe("DoNotUse");
  });

  it("is seen to have changed what it changed", () => {
    const till = open();
    till.send(state("email", "given", 1), state("sms", "refused", 1));
    till.change(50, { OptinMobile: "BrandOnly" });
    expect(listTillChanges({ last: readLastWritten({ settings, stored: till.stored }), optIns: readOptInSet(till.stored).optIns })).toEqual(["OptinMobile"]);
  });

  it("keeps the flag that it took away until a newer yes", () => {
    const till = open();
    till.send(state("email", "given", 5));
    till.change(50, { EmailData: { Email: "ines@example.com", EmailingAccepted: false } });
    expect(till.send(state("email", "given", 5)).target.emailingAccepted).toBe(false);
    expect(till.send(state("email", "renewed", 60)).target.emailingAccepted).toBe(true);
  });

  it("is held against the last change alone where there are no slots", () => {
    const till = openTill({ settings: makeSettings({ slots: undefined }), catalogue: CATALOGUE, stored: { OptinEmail: "DoNotUse", LastDateUpdate: "2026-03-02T10:00:05" } });
    expect(till.send(state("email", "given", 5)).target.optIns.OptinEmail).toBe("DoNotUse");
    expect(till.send(state("email", "given", 6)).target.optIns.OptinEmail).toBe("BrandOnly");
  });
});

describe("reading back", () => {
  it("tells yes and no with the newest decision, and nothing of what was not asked", () => {
    const till = open();
    till.send(state("email", "given", 1), state("sms", "withdrawn", 2));
    const states = toConsentStates({ settings, catalogue: CATALOGUE, stored: till.stored ?? {} });
    expect(states.map(({ purpose, channel, status, effectiveAt, decisionId }) => [purpose, channel, status, effectiveAt, decisionId])).toEqual([
      ["email", "email", "given", at(2), idOf(2)],
      ["sms", "sms", "refused", at(2), idOf(2)],
    ]);
  });

  it("tells the till's answer as of the record's last change", () => {
    const till = open();
    till.send(state("email", "given", 1));
    till.change(50, { OptinEmail: "DoNotUse" });
    expect(toConsentStates({ settings, catalogue: CATALOGUE, stored: till.stored ?? {} })).toMatchObject([{ status: "refused", effectiveAt: at(50), decisionId: "" }]);
  });

  it("tells exactly what has a text of its own", () => {
    const own = makeSettings({ purposeFields: { email: { email: 21 } } });
    const till = openTill({ settings: own, catalogue: CATALOGUE });
    till.send(state("email", "confirmed", 1, { effectiveAt: at(1) + 7 }), state("sms", "refused", 9));
    expect(toConsentStates({ settings: own, catalogue: CATALOGUE, stored: till.stored ?? {} })[0]).toMatchObject({ status: "confirmed", effectiveAt: at(1) + 7, decisionId: idOf(1) });
  });

  it("names no version where it cannot know which was agreed to", () => {
    const catalogue = catalogueOf(purpose("email", ["email"], { current: false }), purpose("email", ["email"], { version: "2" }));
    expect(toConsentStates({ settings, catalogue, stored: { OptinEmail: "BrandOnly" } })[0]?.purposeVersion).toBe("");
  });
});

describe("for every story", () => {
  const NAMES = ["email", "sms", "post", "sale"] as const;
  const STATUSES = ["given", "renewed", "refused", "withdrawn", "expired"] as const;
  const until = (max: number) => fc.tuple(fc.constantFrom(...NAMES), fc.constantFrom(...STATUSES), fc.integer({ min: 0, max })).map(([name, status, seconds]) =>
    state(name, status, seconds, {
      decisionId: idOf(seconds * 100 + NAMES.indexOf(name) * 10 + STATUSES.indexOf(status)),
      ...(name === "sale" ? { channel: "*" } : {}),
    }),
  );
  const any = until(9);
  const stories = fc.array(fc.array(any, { maxLength: 3 }), { maxLength: 5 });
  const options = fc.record({
    privacyGranularity: fc.constantFrom("item", "channel", "global"),
    partnerPurpose: fc.constantFrom("sale", undefined),
    optIns: fc.constantFrom(undefined, { post: ["OptinEmail", "OptinPostal"] } as const),
    purposeFields: fc.constantFrom(undefined, { email: { email: 21 }, sms: { sms: 22 } } as const),
  });

  it("one more refusal permits nothing more", () => {
    fc.assert(
      fc.property(options, stories, fc.array(any, { maxLength: 3 }), any, (chosen, story, item, extra) => {
        const [without, along] = [open(chosen), open(chosen)];
        for (const states of story) for (const till of [without, along]) till.send(...states);
        const refusal: ConsentState = { ...extra, status: "refused", decisionId: idOf(7777) };
        const [fewer, more] = [without.send(...item).target, along.send(...item, refusal).target];
        for (const field of OPT_IN_FIELDS) {
          expect(compareOptIns(more.optIns[field], fewer.optIns[field]), field).toBeLessThanOrEqual(0);
        }
        expect(more.emailingAccepted && !fewer.emailingAccepted).toBe(false);
        expect(more.directMail && !fewer.directMail).toBe(false);
      }),
      { numRuns: 500 },
    );
  });

  it("what arrives together may arrive in any order", () => {
    fc.assert(
      fc.property(options, stories, fc.array(any, { maxLength: 4 }), (chosen, story, item) => {
        const [forth, back] = [open(chosen), open(chosen)];
        for (const states of story) for (const till of [forth, back]) till.send(...states);
        expect(back.send(...item.toReversed())).toEqual(forth.send(...item));
      }),
      { numRuns: 300 },
    );
  });

  it("older decisions make no yes of a no, however late they come", () => {
    fc.assert(
      fc.property(options, stories, fc.array(until(10), { minLength: 1, maxLength: 4 }), (chosen, story, late) => {
        const till = open(chosen);
        for (const states of story) till.send(...states);
        till.send(state("email", "refused", 10), state("sms", "refused", 10), state("post", "refused", 10));
        for (const states of [...late.map((one) => [one]), late]) {
          const { target } = till.send(...states);
          expect(OPT_IN_FIELDS.filter((field) => permits(target.optIns[field]))).toEqual([]);
        }
      }),
      { numRuns: 300 },
    );
  });

  it("with a text for each consent, the order of arrival does not matter", () => {
    const exact = { purposeFields: { email: { email: 21 }, sms: { sms: 22 } } } as const;
    const two = any.filter(({ purpose }) => purpose === "email" || purpose === "sms");
    const distinct = fc.uniqueArray(two, { maxLength: 5, selector: ({ decisionId }) => decisionId });
    fc.assert(
      fc.property(distinct.chain((states) => fc.tuple(fc.constant(states), fc.shuffledSubarray(states, { minLength: states.length }))), ([states, shuffled]) => {
        const [forth, back] = [open(exact), open(exact)];
        for (const one of states) forth.send(one);
        for (const one of shuffled) back.send(one);
        expect(readOptInSet(back.stored).optIns).toEqual(readOptInSet(forth.stored).optIns);
      }),
      { numRuns: 300 },
    );
  });

  it("folding twice is folding once, and makes each group its most restrictive", () => {
    const value = fc.constantFrom("AskCustomer", "BrandOnly", "ForPartners", "DoNotUse");
    const values = fc.tuple(value, value, value, value, value, value);
    fc.assert(
      fc.property(fc.constantFrom("item", "channel", "global"), values, (granularity, given) => {
        const optIns = mapOptIns((field) => given[OPT_IN_FIELDS.indexOf(field)] ?? "AskCustomer");
        const touched = new Set(OPT_IN_FIELDS);
        const once = foldPrivacy({ granularity, optIns, touched });
        expect(foldPrivacy({ granularity, optIns: once.optIns, touched })).toEqual({ optIns: once.optIns, folds: [] });
        for (const { from, to } of once.folds) expect(compareOptIns(to, from)).toBeLessThan(0);
        if (granularity === "global") expect(new Set(Object.values(once.optIns)).size).toBe(1);
      }),
    );
  });

  it("a grant in the answer has a grant behind it", () => {
    fc.assert(
      fc.property(options, stories, (chosen, story) => {
        const till = open(chosen);
        const seen: ConsentState[] = [];
        for (const states of story) {
          seen.push(...states);
          const { target } = till.send(...states);
          if (permits(target.optIns.OptinMobile) && chosen.privacyGranularity === "item") expect(seen.some(({ purpose, status }) => purpose === "sms" && isGrant(status))).toBe(true);
        }
      }),
    );
  });
});
