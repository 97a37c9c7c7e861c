import { describe, expect, it } from "vitest";
import { verifyReceipt, type SubmissionResult } from "@volenti/core";
import { canonicalise } from "@volenti/core/adapter";
import { createHash } from "node:crypto";
import { createBrand } from "./support/create-brand.ts";
import { freshUuid, makeDecision, makeSubmission } from "./support/make-submission.ts";

describe("a submission", () => {
  it("is delivered with a receipt that proves its decisions offline", async () => {
    const { volenti } = createBrand();
    const submission = makeSubmission({
      profile: { givenName: "Inès", familyName: "Moreau", email: "ines@example.com", birthdate: "1990-02-03" },
      decisions: [makeDecision(), makeDecision({ purpose: "marketing.sms", channel: "sms", status: "refused" })],
    });
    const result = await volenti.collect(submission);
    expect(result).toMatchObject({
      line: 1,
      submissionId: submission["submissionId"],
      outcome: "delivered",
      destinations: [{ id: "eu", outcome: "applied" }],
      withheld: [{ attribute: "birthdate", reason: "noPermittedPurpose" }],
      decisions: [
        { purpose: "marketing.email", channel: "email", status: "given" },
        { purpose: "marketing.sms", channel: "sms", status: "refused" },
      ],
      problems: [],
    });
    const publicKeys = (await volenti.keyring.describe()).flatMap(({ publicKey }) => publicKey ?? []);
    const verified = await verifyReceipt({ receipt: result.receipt!, publicKeys, crypto: volenti.crypto });
    expect(verified.valid).toBe(true);
    expect(verified.decisions.map(({ hash }) => hash)).toEqual(result.decisions.map(({ hash }) => hash));
  });

  it("leaves decisions whose hash is that of their canonical text, without anything of the person", async () => {
    const { volenti, systems } = createBrand();
    const result = await volenti.collect(makeSubmission({ decisions: [makeDecision()] }));
    const row = systems["eu"]!.records.decisionsById.get(result.decisions[0]!.id)!;
    expect(createHash("sha256").update(row.canonical).digest("hex")).toBe(result.decisions[0]!.hash);
    expect(row.canonical).not.toContain("ines");
    expect(canonicalise(JSON.parse(row.canonical))).toBe(row.canonical);
  });

  it("changes nothing when it comes again, and is given the same hashes and a receipt that still verifies", async () => {
    const { volenti, clock } = createBrand();
    const submission = makeSubmission({ profile: { givenName: "Inès" }, decisions: [makeDecision()] });
    const first = await volenti.collect(submission);
    clock.set(clock.now() + 3_600_000);
    const second = await volenti.collect(submission);
    expect(second).toMatchObject({ outcome: "delivered", destinations: [{ id: "eu", outcome: "unchanged" }] });
    expect(second.decisions).toEqual(first.decisions);
    expect(second.receipt).toBe(first.receipt);
  });

  it("is rejected when its id comes with another content, in one batch and later", async () => {
    const { volenti } = createBrand();
    const submissionId = freshUuid();
    const one = makeSubmission({ submissionId, decisions: [makeDecision()] });
    const other = makeSubmission({ submissionId, decisions: [makeDecision({ status: "refused" })] });
    const results = await collectAll(volenti.collectMany([one, other]));
    expect(results.map(({ outcome }) => outcome)).toEqual(["delivered", "rejected"]);
    expect(results[1]!.problems).toEqual([{ path: "submissionId", code: "conflictingReplay" }]);
    expect((await volenti.collect(other)).problems).toEqual([{ path: "submissionId", code: "conflictingReplay" }]);
  });

  it("is rejected when it uses the decision id of another one for another content, and the rest is delivered", async () => {
    const { volenti } = createBrand();
    const id = freshUuid();
    await volenti.collect(makeSubmission({ decisions: [makeDecision({ id })] }));
    const results = await collectAll(
      volenti.collectMany([
        makeSubmission({ decisions: [makeDecision({ id, status: "withdrawn" })] }),
        makeSubmission({ decisions: [makeDecision({ status: "withdrawn" })] }),
      ]),
    );
    expect(results.map(({ outcome }) => outcome)).toEqual(["rejected", "delivered"]);
    expect(results[0]!.problems).toEqual([{ path: "decisions[0].id", code: "decisionIdInUse" }]);
  });

  it("of a rejected decision id does not open the profile of the next one", async () => {
    const { volenti } = createBrand();
    const id = freshUuid();
    await volenti.collect(makeSubmission({ decisions: [makeDecision({ id, purpose: "sale", channel: undefined, status: "optedOut" })] }));
    const results = await collectAll(
      volenti.collectMany([
        makeSubmission({ decisions: [makeDecision({ id, purpose: "profiling", channel: undefined })] }),
        makeSubmission({ profile: { birthdate: "1990-02-03" } }),
      ]),
    );
    expect(results[0]!.outcome).toBe("rejected");
    expect(results[1]!.withheld).toEqual([{ attribute: "birthdate", reason: "noPermittedPurpose" }]);
  });

  it("is never delivered where no route leads", async () => {
    const { volenti, systems } = createBrand({ configuration: { routes: [{ countries: ["FR"], to: ["eu"] }] } });
    const result = await volenti.collect(makeSubmission({ country: "BR", decisions: [makeDecision({ status: "refused" })] }));
    expect(result).toMatchObject({ outcome: "rejected", destinations: [], problems: [{ path: "country", code: "noRoute" }] });
    expect(systems["eu"]!.records.links.size).toBe(0);
  });

  it("without profile and decisions is nothing to collect", async () => {
    const { volenti } = createBrand();
    expect((await volenti.collect(makeSubmission())).problems).toEqual([{ path: "", code: "nothingToCollect" }]);
    expect((await volenti.collect(makeSubmission({ profile: {}, decisions: [] }))).problems).toEqual([{ path: "", code: "nothingToCollect" }]);
  });

  it("that only refuses is always delivered, whatever its purpose demands", async () => {
    const strict = { "*": { explicit: true, separate: true, doubleOptIn: true, guardianBelow: 18, standalone: true } };
    const { volenti, systems } = createBrand({
      configuration: {
        purposes: [{ key: "marketing.email", version: "1", basis: "consent", mechanism: "optIn", channels: ["email"], attributes: ["email"], label: { en: "News" }, demands: strict }],
        notices: [{ id: "signup", version: "3", locale: "fr-FR", purposes: ["marketing.email"], firstLayer: "a", text: "b", policyUrl: "https://example.com" }],
      },
    });
    const refusal = await volenti.collect(makeSubmission({ decisions: [makeDecision({ status: "withdrawn" })] }));
    expect(refusal).toMatchObject({ outcome: "delivered", decisions: [{ status: "withdrawn" }] });
    const grant = await volenti.collect(makeSubmission({ decisions: [makeDecision()] }));
    expect(grant.decisions).toMatchObject([{ status: "requested", missing: ["explicit", "separate", "standalone", "doubleOptIn"] }]);
    const [person] = [...systems["eu"]!.records.people.values()];
    expect([...person!.states.values()]).toMatchObject([{ status: "withdrawn" }]);
  });
});

describe("what stands", () => {
  it("is not undone by a yes that was given earlier and arrives later", async () => {
    const { volenti, systems } = createBrand();
    await volenti.collect(makeSubmission({ occurredAt: "2026-11-21T15:00:00.000Z", decisions: [makeDecision({ status: "withdrawn" })] }));
    const late = await volenti.collect(
      makeSubmission({ occurredAt: "2026-11-21T08:00:00.000Z", receivedAt: "2026-11-21T18:00:00.000Z", decisions: [makeDecision()] }),
    );
    expect(late.destinations).toEqual([{ id: "eu", outcome: "superseded" }]);
    const [person] = [...systems["eu"]!.records.people.values()];
    expect([...person!.states.values()]).toMatchObject([{ status: "withdrawn" }]);
  });

  it("is not won by a device whose clock runs ahead: its yes counts from its arrival at the latest, and its claim is kept", async () => {
    const { volenti, systems } = createBrand();
    const result = await volenti.collect(
      makeSubmission({ occurredAt: "2031-01-01T00:00:00.000Z", receivedAt: "2026-11-21T10:00:00.000Z", decisions: [makeDecision()] }),
    );
    const record = JSON.parse(systems["eu"]!.records.decisionsById.get(result.decisions[0]!.id)!.canonical) as Record<string, unknown>;
    expect(record).toMatchObject({ occurredAt: "2026-11-21T10:00:00.000Z", claimedAt: "2031-01-01T00:00:00.000Z" });
    const refusal = await volenti.collect(
      makeSubmission({ occurredAt: "2026-11-21T09:00:00.000Z", receivedAt: "2026-11-21T10:00:00.001Z", decisions: [makeDecision({ status: "refused" })] }),
    );
    expect(refusal.destinations).toEqual([{ id: "eu", outcome: "applied" }]);
  });

  it("after a double opt-in counts from the request, so that a withdrawal in between stands", async () => {
    const { volenti } = createBrand();
    const confirmation = { state: "confirmed", sentAt: "2026-11-21T08:00:00.000Z", confirmedAt: "2026-11-21T12:00:00.000Z", via: "email" };
    await volenti.collect(makeSubmission({ occurredAt: "2026-11-21T08:00:00.000Z", decisions: [makeDecision({ status: "requested" })] }));
    await volenti.collect(makeSubmission({ occurredAt: "2026-11-21T10:00:00.000Z", decisions: [makeDecision({ status: "withdrawn" })] }));
    const confirmed = await volenti.collect(
      makeSubmission({ occurredAt: "2026-11-21T12:00:00.000Z", decisions: [makeDecision({ status: "confirmed", confirmation })] }),
    );
    expect(confirmed.destinations).toEqual([{ id: "eu", outcome: "superseded" }]);
  });

  it("opens the profile of a later submission, and closes it again", async () => {
    const { volenti } = createBrand();
    const profile = { birthdate: "1990-02-03" };
    const profiling = (status: string): object => makeDecision({ purpose: "profiling", channel: undefined, status });
    const at = (hour: string): { occurredAt: string } => ({ occurredAt: `2026-11-21T${hour}:00:00.000Z` });
    expect((await volenti.collect(makeSubmission({ ...at("08"), profile }))).withheld).toHaveLength(1);
    await volenti.collect(makeSubmission({ ...at("09"), decisions: [profiling("given")] }));
    expect((await volenti.collect(makeSubmission({ ...at("10"), profile }))).withheld).toHaveLength(0);
    expect((await volenti.collect(makeSubmission({ ...at("11"), profile, decisions: [profiling("withdrawn")] }))).withheld).toHaveLength(1);
  });

  it("lets a cleared attribute through, whatever is permitted", async () => {
    const { volenti, systems } = createBrand();
    const result = await volenti.collect(makeSubmission({ profile: { birthdate: null, address: null } }));
    expect(result).toMatchObject({ outcome: "delivered", withheld: [] });
    const [person] = [...systems["eu"]!.records.people.values()];
    expect(person!.attributes.get("address.postalCode")?.value).toBeNull();
  });
});

describe("a person", () => {
  it("is one, named by e-mail today and by telephone tomorrow", async () => {
    const { volenti, systems } = createBrand();
    const email = { kind: "email", value: "Ines@Example.com" };
    const phone = { kind: "phone", value: "+33 1 99 00 00 01" };
    const named = (...identifiers: object[]): object => makeSubmission({ subject: { identifiers }, decisions: [makeDecision()] });
    await volenti.collect(named(email));
    await volenti.collect(named(phone, email));
    await volenti.collect(named(phone));
    await volenti.collect(named({ kind: "email", value: "ines@example.com" }));
    expect(systems["eu"]!.records.people.size).toBe(1);
  });

  it("keeps an identifier that is somebody else's; refusals reach both, grants only the one who is named", async () => {
    const { volenti, systems } = createBrand();
    const loyalty = { kind: "loyaltyId", value: "L-1" };
    const email = { kind: "email", value: "shared@example.com" };
    const submit = (identifiers: object[], decisions: object[]): Promise<SubmissionResult> =>
      volenti.collect(makeSubmission({ subject: { identifiers }, decisions }));
    const yes = await submit([loyalty], [makeDecision()]);
    const otherYes = await submit([email], [makeDecision()]);
    const no = await submit([email, loyalty], [makeDecision({ status: "withdrawn" })]);
    expect(yes.outcome).toBe("delivered");
    expect(otherYes.outcome).toBe("delivered");
    expect(no).toMatchObject({ outcome: "delivered", problems: [{ path: "subject.identifiers[1]", code: "identifierElsewhere" }] });
    const people = [...systems["eu"]!.records.people.values()];
    expect(people).toHaveLength(2);
    for (const person of people) expect([...person.states.values()]).toMatchObject([{ status: "withdrawn" }]);
    await submit([email, loyalty], [makeDecision({ purpose: "profiling", channel: undefined })]);
    const profiled = [...systems["eu"]!.records.people.values()].filter(({ states }) => [...states.values()].some(({ purpose }) => purpose === "profiling"));
    expect(profiled).toHaveLength(1);
  });

  it("is named by a keyed digest on a route without a ledger, the same every time", async () => {
    const { volenti, systems } = createBrand({ destinations: { eu: { region: "EU", ledger: false } }, configuration: { routes: [{ to: ["eu"] }] } });
    await volenti.collect(makeSubmission({ decisions: [makeDecision()] }));
    await volenti.collect(makeSubmission({ decisions: [makeDecision({ status: "refused" })] }));
    expect([...systems["eu"]!.records.people.keys()]).toEqual([expect.stringMatching(/^[a-z2-7]{26}$/)]);
    expect(volenti.startupNotes.map(({ code }) => code)).toContain("noLedger");
  });
});

async function collectAll(results: AsyncIterable<SubmissionResult>): Promise<SubmissionResult[]> {
  const all: SubmissionResult[] = [];
  for await (const result of results) all.push(result);
  return all;
}
