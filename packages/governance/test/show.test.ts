import { ConnectorError } from "@volenti/core";
import type { ConnectorV1, ConsentState, OverviewRecordV1 } from "@volenti/core/adapter";
import { createGovernance } from "@volenti/governance";
import { describe, expect, it } from "vitest";
import { decide, openShop } from "./support/open-shop.ts";

const ines = { identifier: { kind: "email", value: " Ines@Example.com" } } as const;

describe("show", () => {
  it("shows one person over all destinations, with what they were shown when they decided", async () => {
    const { governance, submit } = openShop();
    const result = await submit();
    const view = await governance.show(ines);
    expect(result.outcome).toBe("delivered");
    expect(view).toMatchObject({
      readAt: "2026-11-21T12:00:00.000Z",
      found: true,
      complete: true,
      destinations: [
        { id: "ledger", region: "FR", status: "found" },
        { id: "crm", region: "IE", status: "found" },
      ],
    });
    expect(view.profile.map(({ attribute, value, conflict }) => ({ attribute, value, conflict }))).toEqual([
      { attribute: "email", value: "ines@example.com", conflict: false },
      { attribute: "givenName", value: "Inès", conflict: false },
    ]);
    expect(view.consents).toMatchObject([
      { purpose: "loyalty", channel: "*", answer: "unknown", decision: null, disagreement: false },
      {
        purpose: "marketing.email",
        channel: "email",
        answer: "granted",
        decision: {
          decisionId: result.decisions[0]?.id,
          status: "given",
          purposeVersion: "1",
          effectiveAt: "2026-11-21T10:00:00.000Z",
          notice: { id: "signup", version: "3", locale: "fr-FR" },
          collectionPoint: "paris-flagship",
        },
        disagreement: false,
      },
    ]);
  });

  it("says that nobody is found, and shows nothing", async () => {
    const { governance, submit } = openShop();
    await submit();
    const view = await governance.show({ identifier: { kind: "email", value: "nobody@example.com" } });
    expect(view).toMatchObject({ found: false, complete: true, profile: [], consents: [] });
    expect(view.destinations.map(({ status }) => status)).toEqual(["notFound", "notFound"]);
  });

  it("lists a destination that cannot be reached with its code: it never looks empty", async () => {
    const { governance, submit, crm } = openShop();
    await submit();
    crm.fail({ kind: "unavailable" });
    const view = await governance.show(ines);
    expect(view).toMatchObject({ found: true, complete: false, destinations: [{ status: "found" }, { id: "crm", status: "unreachable", code: "unavailable" }] });
    expect(view.consents.every(({ destinations }) => destinations.every(({ id }) => id === "ledger"))).toBe(true);
  });

  it("shows values that differ as a conflict, the latest first, and settles nothing", async () => {
    const { governance, submit, crm } = openShop();
    await submit({ profile: { givenName: "Inès", email: "ines@example.com" } });
    crm.fail({ kind: "unavailable" });
    await submit({ occurredAt: "2026-11-21T11:00:00.000Z", profile: { givenName: "Agnès" } });
    crm.fail(null);
    const { profile } = await governance.show(ines);
    expect(profile.find(({ attribute }) => attribute === "givenName")).toEqual({
      attribute: "givenName",
      value: "Agnès",
      changedAt: "2026-11-21T11:00:00.000Z",
      chosenBy: "latestChange",
      conflict: true,
      values: [
        { value: "Agnès", changedAt: "2026-11-21T11:00:00.000Z", dateOf: "attribute", destinationIds: ["ledger"] },
        { value: "Inès", changedAt: "2026-11-21T10:00:00.000Z", dateOf: "attribute", destinationIds: ["crm"] },
      ],
    });
  });

  it("dates a value by the attribute's own date where some destination has one, whatever changed since in a record that dates all alike", async () => {
    const datedAsAWhole = (record: OverviewRecordV1): OverviewRecordV1 => ({
      ...record,
      profile: { subjectRef: record.subjectRef, attributes: { givenName: { value: "Inès", changedAt: Date.UTC(2026, 10, 21, 11), dateOf: "record" } } },
    });
    const { governance, submit } = openShop({ change: ({ ledger, crm }) => ({ ledger, crm: spoiled({ connector: crm, spoil: datedAsAWhole }) }) });
    await submit({ profile: { givenName: "Inès", email: "ines@example.com" } });
    const { profile } = await governance.show(ines);
    expect(profile.find(({ attribute }) => attribute === "givenName")).toMatchObject({ changedAt: "2026-11-21T10:00:00.000Z", values: [{ dateOf: "attribute", destinationIds: ["ledger", "crm"] }] });
  });

  it("shows the value of the destination that the narrowest pattern names first, and keeps the conflict", async () => {
    const { governance, submit, crm } = openShop({ configuration: { view: { precedence: { "*": ["ledger"], givenName: ["crm", "ledger"] } } } });
    await submit({ profile: { givenName: "Inès", familyName: "Moreau", email: "ines@example.com" } });
    crm.fail({ kind: "unavailable" });
    await submit({ occurredAt: "2026-11-21T11:00:00.000Z", profile: { givenName: "Agnès", familyName: "Durand" } });
    crm.fail(null);
    const { profile } = await governance.show(ines);
    expect(profile.map(({ attribute, value, chosenBy, conflict }) => [attribute, value, chosenBy, conflict])).toEqual([
      ["email", "ines@example.com", "precedence", false],
      ["familyName", "Durand", "precedence", true],
      ["givenName", "Inès", "precedence", true],
    ]);
  });

  it("refuses a precedence that names an unknown destination or attribute", () => {
    const open = (): unknown => openShop({ configuration: { view: { precedence: { email: ["till"], shoeSize: ["crm"] } } } });
    expect(open).toThrow(expect.objectContaining({
      problems: [
        { path: "view.precedence.email[0]", code: "unknownDestination" },
        { path: "view.precedence.shoeSize", code: "unknownAttribute" },
      ],
    }));
  });

  it("asks for a reason where the configuration wants one, before anything is read", async () => {
    const { governance, volenti, submit, ledger } = openShop({ configuration: { view: { reasonRequired: true } } });
    await submit();
    const calls = ledger.countCalls();
    await expect(governance.show(ines)).rejects.toMatchObject({ code: "invalidInput", providerCode: "reasonRequired" });
    expect(ledger.countCalls()).toBe(calls);
    expect(await createGovernance(volenti, { reason: "ticket 12" }).show(ines)).toMatchObject({ accessLog: "recorded" });
  });

  it("tells no decision of another channel for the answer of a system that knows its newest decision alone", async () => {
    const purposes = [{ key: "marketing.email", version: "1", basis: "consent", mechanism: "optIn", channels: ["email", "sms"], attributes: ["email"], label: { en: "News" } }] as const;
    const { governance, submit } = openShop({ purposes, change: ({ ledger, crm }) => ({ ledger, crm: knowingTheNewestAlone(crm) }) });
    const { decisions: [given] } = await submit({ occurredAt: "2026-11-21T10:00:00.000Z", profile: {}, decisions: [decide("given")] });
    const { decisions: [refused] } = await submit({ occurredAt: "2026-11-21T11:00:00.000Z", profile: {}, decisions: [decide("refused", { channel: "sms" })] });
    const { consents } = await governance.show(ines);
    expect(consents).toMatchObject([
      {
        channel: "email",
        answer: "granted",
        disagreement: false,
        decision: { decisionId: given?.id, effectiveAt: "2026-11-21T10:00:00.000Z", collectionPoint: "paris-flagship" },
        destinations: [{ id: "ledger", decisionId: given?.id }, { id: "crm", answer: "granted", decisionId: null }],
      },
      { channel: "sms", answer: "refused", disagreement: false, destinations: [{ decisionId: refused?.id }, { decisionId: refused?.id }] },
    ]);
  });

  it("still tells that such a system answers differently", async () => {
    const { governance, submit, crm } = openShop({ change: ({ ledger, crm }) => ({ ledger, crm: knowingTheNewestAlone(crm) }) });
    await submit();
    crm.fail({ kind: "unavailable" });
    await submit({ occurredAt: "2026-11-21T11:00:00.000Z", profile: {}, decisions: [decide("withdrawn")] });
    crm.fail(null);
    expect((await governance.show(ines)).consents).toContainEqual(expect.objectContaining({ channel: "email", answer: "refused", disagreement: true }));
  });

  it("answers with the no that such a system missed, whatever it was told since of another channel", async () => {
    const purposes = [{ key: "marketing.email", version: "1", basis: "consent", mechanism: "optIn", channels: ["email", "sms"], attributes: ["email"], label: { en: "News" } }] as const;
    const { governance, submit, crm } = openShop({ purposes, change: ({ ledger, crm }) => ({ ledger, crm: knowingTheNewestAlone(crm) }) });
    await submit({ profile: {}, decisions: [decide("given")] });
    crm.fail({ kind: "unavailable" });
    const { decisions: [no] } = await submit({ occurredAt: "2026-11-21T11:00:00.000Z", profile: {}, decisions: [decide("withdrawn")] });
    crm.fail(null);
    await submit({ occurredAt: "2026-11-21T11:30:00.000Z", profile: {}, decisions: [decide("given", { channel: "sms" })] });
    expect((await governance.show(ines)).consents).toMatchObject([
      { channel: "email", answer: "refused", disagreement: true, decision: { decisionId: no?.id }, destinations: [{ answer: "refused" }, { answer: "granted", decisionId: null }] },
      { channel: "sms", answer: "granted", disagreement: false },
    ]);
  });

  it("finds no disagreement about all channels in a system that has a place for each, and none for all", async () => {
    const { governance, submit } = openShop({ change: ({ ledger, crm }) => ({ ledger, crm: keepingChannelsAlone(crm) }) });
    const { channel: _, ...withdrawn } = decide("withdrawn");
    await submit();
    await submit({ occurredAt: "2026-11-21T11:00:00.000Z", profile: {}, decisions: [withdrawn] });
    expect((await governance.show(ines)).consents.slice(1)).toMatchObject([
      { channel: "*", answer: "refused", disagreement: false, destinations: [{ answer: "refused" }, { id: "crm", answer: "unknown" }] },
      { channel: "email", answer: "refused", disagreement: false },
    ]);
  });

  it("finds what such a system missed of an answer for all channels where it has one for each", async () => {
    const { governance, submit, crm } = openShop({ change: ({ ledger, crm: connector }) => ({ ledger, crm: keepingChannelsAlone(connector) }) });
    const { channel: _, ...withdrawn } = decide("withdrawn");
    await submit();
    crm.fail({ kind: "unavailable" });
    await submit({ occurredAt: "2026-11-21T11:00:00.000Z", profile: {}, decisions: [withdrawn] });
    crm.fail(null);
    expect((await governance.show(ines)).consents.slice(1)).toMatchObject([{ channel: "*", answer: "refused" }, { channel: "email", answer: "refused", disagreement: true }]);
  });

  it("shows that destinations disagree, and answers by the greatest decision", async () => {
    const { governance, submit, crm } = openShop({ change: ({ ledger, crm }) => ({ crm, ledger }) });
    await submit();
    crm.fail({ kind: "unavailable" });
    await submit({ occurredAt: "2026-11-21T11:00:00.000Z", profile: {}, decisions: [decide("withdrawn")] });
    crm.fail(null);
    const { consents } = await governance.show(ines);
    expect(consents.find(({ purpose }) => purpose === "marketing.email")).toMatchObject({
      answer: "refused",
      disagreement: true,
      destinations: [
        { id: "crm", answer: "granted", status: "given" },
        { id: "ledger", answer: "refused", status: "withdrawn" },
      ],
    });
  });

  it("lists a destination in which several people match, and picks none of them", async () => {
    const { governance, submit, crm } = openShop();
    await submit({ loyaltyId: "L-1" });
    const [person] = crm.records.people.values();
    if (person === undefined) expect.fail("the CRM holds nobody");
    crm.records.people.set("another", { ...person, ref: "another" });
    const recordIds = [person.ref, "another"];
    const view = await governance.show(ines);
    expect(view).toMatchObject({ found: true, complete: false, destinations: [{ status: "found" }, { id: "crm", status: "conflict", recordIds }] });
  });

  it("finds a copy by its ref where the destination does not know the identifier itself", async () => {
    const { governance, submit } = openShop();
    await submit({ loyaltyId: "L-1", phone: "+33199000001" });
    for (const identifier of [{ kind: "phone", value: "+33 1 99 00 00 01" }, { kind: "loyaltyId", value: "L-1" }] as const) {
      const view = await governance.show({ identifier });
      expect(view.destinations).toMatchObject([{ status: "found" }, { id: "crm", status: "found" }]);
    }
  });

  it("does not say that a destination holds nobody when it cannot search by such an identifier", async () => {
    const { governance } = openShop();
    const view = await governance.show({ identifier: { kind: "loyaltyId", value: "L-9" } });
    expect(view).toMatchObject({ complete: false, destinations: [{ status: "notFound" }, { status: "unreachable", code: "unsupported" }] });
  });

  it("refuses what is no identifier, without repeating it", async () => {
    const error: unknown = await openShop().governance.show({ identifier: { kind: "email", value: "not an address" } }).catch((reason: unknown) => reason);
    expect(error).toMatchObject({ code: "invalidInput", fieldNames: ["identifier"] });
    expect(ConnectorError.isInstance(error) && JSON.stringify(error) + error.message).not.toContain("not an address");
  });

  it("counts a connector that breaks as unreachable, and repeats nothing of what it said", async () => {
    const { governance, submit } = openShop({
      change: ({ ledger, crm }) => ({
        ledger,
        crm: { ...crm, overview: undefined, profiles: { ...crm.profiles, get: () => Promise.reject(new Error("ines@example.com is odd")) } },
      }),
    });
    await submit();
    const view = await governance.show(ines);
    expect(view.destinations[1]).toEqual({ id: "crm", region: "IE", status: "unreachable", code: "unexpectedError" });
  });

  it.each([
    ["a state", (record: OverviewRecordV1) => ({ ...record, states: record.states.map((state) => ({ ...state, effectiveAt: 9e15 })) })],
    ["a state's end", (record: OverviewRecordV1) => ({ ...record, states: record.states.map((state) => ({ ...state, validUntil: Number.NaN })) })],
    ["an attribute", (record: OverviewRecordV1) => ({ ...record, profile: { subjectRef: record.subjectRef, attributes: { email: { value: "ines@example.com", changedAt: -9e15 } } } })],
  ])("counts a destination that dates %s by no date as one that cannot be read", async (_, spoil) => {
    const { governance, submit } = openShop({ change: ({ ledger, crm }) => ({ ledger, crm: spoiled({ connector: crm, spoil }) }) });
    await submit();
    const view = await governance.show(ines);
    expect(view).toMatchObject({ found: true, complete: false });
    expect(view.destinations[1]).toEqual({ id: "crm", region: "IE", status: "unreachable", code: "malformedResponse" });
  });

  it("counts a ledger that dates a restriction by no date as one that cannot be read, and shows nothing", async () => {
    const { governance, submit, volenti, ledger } = openShop();
    await submit();
    const [subjectRef = ""] = ledger.records.people.keys();
    await volenti.destinations.get("ledger")?.custody?.setRestriction({ subjectRef, restriction: { since: 9e15, reason: "request" } });
    await expect(governance.show(ines)).rejects.toMatchObject({ code: "unavailable", operation: "recordAccesses" });
  });
});

/** One date and one decision id for all that a record says, as a system has them that keeps no more. */
function knowingTheNewestAlone(connector: ConnectorV1): ConnectorV1 {
  const { overview, traits } = connector;
  if (overview === undefined) throw new Error("nothing to read");
  const toNewest = (states: readonly ConsentState[]): readonly ConsentState[] => {
    const [newest] = states.toSorted((left, right) => right.effectiveAt - left.effectiveAt);
    return newest === undefined ? [] : states.map((state) => ({ ...state, effectiveAt: newest.effectiveAt, decisionId: newest.decisionId }));
  };
  const read: typeof overview.read = async (request) => {
    const all = await overview.read(request);
    return all === null ? null : { ...all, records: all.records.map((record) => ({ ...record, states: toNewest(record.states) })) };
  };
  return { ...connector, traits: { ...traits, statusDetail: "meaning" }, overview: { read } };
}

/** A system whose records somebody wrote into. */
function spoiled(request: { connector: ConnectorV1; spoil: (record: OverviewRecordV1) => OverviewRecordV1 }): ConnectorV1 {
  const { connector, spoil } = request;
  const { overview } = connector;
  if (overview === undefined) throw new Error("nothing to read");
  return {
    ...connector,
    overview: {
      read: async (name) => {
        const all = await overview.read(name);
        return all === null ? null : { ...all, records: all.records.map(spoil) };
      },
    },
  };
}

/** An answer for all channels is kept as one a channel. */
function keepingChannelsAlone(connector: ConnectorV1): ConnectorV1 {
  const { overview, traits } = connector;
  if (overview === undefined) throw new Error("nothing to read");
  const toChannels = (states: readonly ConsentState[]): readonly ConsentState[] => {
    const whole = states.find(({ channel }) => channel === "*");
    return states.flatMap((state) => (state.channel === "*" ? [] : [{ ...state, ...whole, channel: state.channel }]));
  };
  const read: typeof overview.read = async (request) => {
    const all = await overview.read(request);
    return all === null ? null : { ...all, records: all.records.map((record) => ({ ...record, states: toChannels(record.states) })) };
  };
  return { ...connector, traits: { ...traits, statusDetail: "meaning" }, overview: { read } };
}
