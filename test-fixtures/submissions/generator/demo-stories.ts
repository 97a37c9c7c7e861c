import { toAddress, toDecision, type DemoPerson } from "./demo-person.ts";
import { toEntry, type DemoDecision, type DemoEntry, type DemoExpectation, type DemoSubmission } from "./demo-submission.ts";
import type { SeededRandom } from "./seeded-random.ts";

/** Some lines of one or more people that belong together, and what has to stand after them. */
export interface DemoStory {
  readonly entries: readonly DemoEntry[];
  readonly expectations: readonly DemoExpectation[];
}

type Told = Partial<DemoSubmission> & Pick<DemoSubmission, "occurredAt">;

function tell(request: { person: DemoPerson; random: SeededRandom; told: Told; kinds: readonly string[] }): DemoEntry {
  const { person, random, told, kinds } = request;
  const submission: DemoSubmission = {
    submissionId: random.uuid(),
    collectionPoint: person.country.collectionPoints[0] ?? "web",
    country: person.country.code,
    subject: { identifiers: [{ kind: "email", value: person.email }] },
    actor: { kind: "subject" },
    ...told,
  };
  return toEntry({ submission, kinds });
}

const byEmail = (person: DemoPerson) => ({ kind: "email", value: person.email });
const emailDecision = (request: { person: DemoPerson; status: string }): DemoDecision =>
  toDecision({ ...request, purpose: "marketing.email", channel: "email" });

/** Signs up with e-mail and loyalty card, is known by the card alone later, then withdraws by e-mail. */
export function tellTwoIdentifiers(request: { person: DemoPerson; random: SeededRandom }): DemoStory {
  const { person, random } = request;
  const card = { kind: "loyaltyId", value: "LOYALTY-FR-000001" };
  const { givenName, familyName, email, phoneNumber, birthdate } = person;
  const signUp = {
    occurredAt: "2026-11-02T10:15:00.000Z",
    subject: { identifiers: [byEmail(person), card], ageBand: "adult" },
    profile: { givenName, familyName, email, phoneNumber, birthdate, locale: "fr-FR", address: toAddress(person) },
    decisions: [
      toDecision({ person, purpose: "loyalty", status: "acknowledged" }),
      emailDecision({ person, status: "given" }),
      toDecision({ person, purpose: "marketing.sms", channel: "sms", status: "refused" }),
      toDecision({ person, purpose: "profiling", status: "given" }),
    ],
  };
  const atTill = {
    occurredAt: "2026-11-16T14:03:21.500Z",
    subject: { identifiers: [card] },
    decisions: [toDecision({ person, purpose: "marketing.sms", channel: "sms", status: "given" })],
    profile: { phoneNumber },
    actor: { kind: "staff", ref: "associate-12" },
  };
  const later = { occurredAt: "2026-11-20T19:40:00.000Z", decisions: [toDecision({ person, purpose: "profiling", status: "withdrawn" })] };
  return {
    entries: [
      tell({ person, random, told: signUp, kinds: ["signUp", "twoIdentifiers"] }),
      tell({ person, random, told: atTill, kinds: ["loyaltyIdOnly"] }),
      tell({ person, random, told: later, kinds: ["withdrawal"] }),
    ],
    expectations: [
      { identifier: card, purpose: "marketing.email", channel: "email", state: "granted", because: "given at sign-up" },
      { identifier: byEmail(person), purpose: "marketing.sms", channel: "sms", state: "granted", because: "given later, by card" },
      { identifier: card, purpose: "profiling", channel: "*", state: "refused", because: "withdrawn later, by e-mail" },
    ],
  };
}

/** Said no on the web in the afternoon; the till uploads the yes of that morning three days later. */
export function tellLateOptIn(request: { person: DemoPerson; random: SeededRandom }): DemoStory {
  const { person, random } = request;
  const refusal = { occurredAt: "2026-11-10T15:30:00.000Z", decisions: [emailDecision({ person, status: "refused" })] };
  const late = {
    collectionPoint: person.country.till,
    occurredAt: "2026-11-10T09:05:00.000Z",
    receivedAt: "2026-11-13T08:00:00.000Z",
    decisions: [emailDecision({ person, status: "given" })],
  };
  return {
    entries: [
      tell({ person, random, told: refusal, kinds: ["refusalBeforeLateOptIn"] }),
      tell({ person, random, told: late, kinds: ["lateOptIn"] }),
    ],
    expectations: [
      {
        identifier: byEmail(person),
        purpose: "marketing.email",
        channel: "email",
        state: "refused",
        because: "the yes is older than the no",
      },
    ],
  };
}

/** A browser's opt-out signal, from California. */
export function tellDoNotSell(request: { person: DemoPerson; random: SeededRandom }): DemoStory {
  const { person, random } = request;
  const told = {
    occurredAt: "2026-11-12T20:11:09.120Z",
    collectionPoint: "web-us",
    subdivision: "US-CA",
    decisions: [toDecision({ person, purpose: "sale", status: "optedOut", method: "gpc" })],
    actor: { kind: "signal" },
  };
  return {
    entries: [tell({ person, random, told, kinds: ["doNotSell"] })],
    expectations: [
      { identifier: byEmail(person), purpose: "sale", channel: "*", state: "refused", because: "opted out by a signal" },
    ],
  };
}

/** Gives a birth date to a brand that has no permitted purpose for it. */
export function tellWithheldBirthdate(request: { person: DemoPerson; random: SeededRandom }): DemoStory {
  const { person, random } = request;
  const { givenName, familyName, email, birthdate } = person;
  const told = {
    occurredAt: "2026-11-06T11:00:00.000Z",
    profile: { givenName, familyName, email, birthdate, locale: person.country.locale },
    decisions: [emailDecision({ person, status: "given" }), toDecision({ person, purpose: "profiling", status: "refused" })],
  };
  return { entries: [tell({ person, random, told, kinds: ["signUp", "withheldBirthdate"] })], expectations: [] };
}

/** Asked on Monday, confirmed by the link in the mail on Tuesday. */
export function tellDoubleOptIn(request: { person: DemoPerson; random: SeededRandom }): DemoStory {
  const { person, random } = request;
  const asked = "2026-11-09T16:20:00.000Z";
  const confirmedAt = "2026-11-10T06:45:12.000Z";
  const confirmation = { state: "confirmed", sentAt: asked, confirmedAt, via: "email" };
  return {
    entries: [
      tell({ person, random, told: { occurredAt: asked, decisions: [emailDecision({ person, status: "requested" })] }, kinds: ["doubleOptInRequest"] }),
      tell({
        person,
        random,
        told: { occurredAt: confirmedAt, decisions: [{ ...emailDecision({ person, status: "confirmed" }), method: "link", confirmation }] },
        kinds: ["doubleOptInConfirmation"],
      }),
    ],
    expectations: [
      { identifier: byEmail(person), purpose: "marketing.email", channel: "email", state: "granted", because: "confirmed by mail" },
    ],
  };
}

/** A till whose clock runs a week ahead: what it says counts from when a server received it. */
export function tellClockAhead(request: { person: DemoPerson; random: SeededRandom }): DemoStory {
  const { person, random } = request;
  const grant = {
    collectionPoint: person.country.till,
    occurredAt: "2026-11-15T10:00:00.000Z",
    receivedAt: "2026-11-08T10:00:04.000Z",
    decisions: [emailDecision({ person, status: "given" })],
  };
  const refusal = { occurredAt: "2026-11-11T18:00:00.000Z", decisions: [emailDecision({ person, status: "withdrawn" })] };
  return {
    entries: [
      tell({ person, random, told: grant, kinds: ["clockAhead"] }),
      tell({ person, random, told: refusal, kinds: ["withdrawal"] }),
    ],
    expectations: [
      {
        identifier: byEmail(person),
        purpose: "marketing.email",
        channel: "email",
        state: "refused",
        because: "the yes counts from when it was received, which was before",
      },
    ],
  };
}
