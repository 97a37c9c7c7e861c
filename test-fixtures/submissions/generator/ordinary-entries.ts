import { toAddress, toDecision, type DemoPerson } from "./demo-person.ts";
import { toEntry, type DemoDecision, type DemoEntry, type DemoSubmission } from "./demo-submission.ts";
import type { SeededRandom } from "./seeded-random.ts";

const FIRST_DAY = Date.parse("2026-11-01T07:00:00.000Z");
const DAY_IN_MS = 86_400_000;
const HOUR_IN_MS = 3_600_000;

/** A time in the opening hours of a day of November 2026. */
function toInstant(request: { day: number; random: SeededRandom }): string {
  const offset = (request.day - 1) * DAY_IN_MS + request.random.integer(12 * HOUR_IN_MS);
  return new Date(FIRST_DAY + offset).toISOString();
}

/** What most lines are: a person signs up, in a shop or on the web, and says yes or no to each purpose. */
export function toSignUp(request: { person: DemoPerson; random: SeededRandom; email?: "given" | "refused" }): DemoEntry {
  const { person, random } = request;
  const { country } = person;
  const emailStatus = request.email ?? (random.chance(0.65) ? "given" : "refused");
  const profiling = random.chance(0.4) ? (random.chance(0.7) ? "given" : "refused") : null;
  const isTill = random.chance(0.08);
  const occurredAt = toInstant({ day: 1 + random.integer(13), random });
  const decisions: DemoDecision[] = [
    toDecision({ person, purpose: "loyalty", status: "acknowledged" }),
    toDecision({ person, purpose: "marketing.email", channel: "email", status: emailStatus }),
  ];
  if (person.phoneNumber !== undefined) {
    decisions.push(toDecision({ person, purpose: "marketing.sms", channel: "sms", status: random.chance(0.4) ? "given" : "refused" }));
  }
  if (profiling !== null) decisions.push(toDecision({ person, purpose: "profiling", status: profiling }));
  const submission: DemoSubmission = {
    submissionId: random.uuid(),
    collectionPoint: isTill ? country.till : random.pick(country.collectionPoints),
    occurredAt,
    ...(isTill ? { receivedAt: new Date(Date.parse(occurredAt) + (1 + random.integer(6)) * HOUR_IN_MS).toISOString() } : {}),
    country: country.code,
    subject: { identifiers: [{ kind: "email", value: person.email }], ageBand: random.chance(0.9) ? "adult" : "unknown" },
    profile: toProfile({ person, withBirthdate: profiling === "given", withAddress: random.chance(0.4) }),
    decisions,
    actor: random.chance(0.15) ? { kind: "staff", ref: `associate-${10 + random.integer(9)}` } : { kind: "subject" },
  };
  return toEntry({ submission, kinds: ["signUp"] });
}

function toProfile(request: { person: DemoPerson; withBirthdate: boolean; withAddress: boolean }): Record<string, unknown> {
  const { person } = request;
  return {
    givenName: person.givenName,
    familyName: person.familyName,
    email: person.email,
    ...(person.phoneNumber === undefined ? {} : { phoneNumber: person.phoneNumber }),
    ...(request.withBirthdate ? { birthdate: person.birthdate } : {}),
    locale: person.country.locale,
    ...(request.withAddress ? { address: toAddress(person) } : {}),
  };
}

/** No profile, and a no to everything: the answer of somebody who wants to be left alone, which has to be kept too. */
export function toRefusalsOnly(request: { person: DemoPerson; random: SeededRandom }): DemoEntry {
  const { person, random } = request;
  const submission: DemoSubmission = {
    submissionId: random.uuid(),
    collectionPoint: random.pick(person.country.collectionPoints),
    occurredAt: toInstant({ day: 1 + random.integer(13), random }),
    country: person.country.code,
    subject: { identifiers: [{ kind: "email", value: person.email }] },
    decisions: [
      toDecision({ person, purpose: "marketing.email", channel: "email", status: "refused" }),
      toDecision({ person, purpose: "marketing.sms", channel: "sms", status: "refused" }),
      toDecision({ person, purpose: "profiling", status: "objected" }),
    ],
    actor: { kind: "subject" },
  };
  return toEntry({ submission, kinds: ["refusalsOnly"] });
}

/** Takes back a yes to e-mail, for every channel or for the one. Comes after the sign-ups. */
export function toWithdrawal(request: { person: DemoPerson; random: SeededRandom }): DemoEntry {
  const { person, random } = request;
  const channel = random.chance(0.5) ? { channel: "email" } : {};
  const submission: DemoSubmission = {
    submissionId: random.uuid(),
    collectionPoint: random.pick(person.country.collectionPoints),
    occurredAt: toInstant({ day: 15 + random.integer(6), random }),
    country: person.country.code,
    subject: { identifiers: [{ kind: "email", value: person.email }] },
    decisions: [toDecision({ person, purpose: "marketing.email", ...channel, status: "withdrawn", method: "preferenceCentre" })],
    actor: { kind: "subject" },
  };
  return toEntry({ submission, kinds: ["withdrawal"] });
}

/** Changes a name's spelling or the address and decides nothing. */
export function toProfileOnly(request: { person: DemoPerson; random: SeededRandom }): DemoEntry {
  const { person, random } = request;
  const profile = random.chance(0.5)
    ? { address: { ...toAddress(person), streetAddress: `${person.streetAddress} bis` } }
    : { familyName: person.familyName.toUpperCase(), locale: person.country.locale };
  const submission: DemoSubmission = {
    submissionId: random.uuid(),
    collectionPoint: random.pick(person.country.collectionPoints),
    occurredAt: toInstant({ day: 15 + random.integer(6), random }),
    country: person.country.code,
    subject: { identifiers: [{ kind: "email", value: person.email }] },
    profile,
    actor: { kind: "staff", ref: `associate-${10 + random.integer(9)}` },
  };
  return toEntry({ submission, kinds: ["profileOnly"] });
}
