import { toAddress, toDecision, type DemoPerson } from "./demo-person.ts";
import type { DemoEntry, DemoSubmission } from "./demo-submission.ts";
import type { SeededRandom } from "./seeded-random.ts";

/** A number that every payment provider documents for tests, with a right check digit. */
const TEST_CARD_NUMBER = "4111 1111 1111 1111";

/** Lines that have to be rejected, each for one reason; a bad line never stops the file. */
export function toBadEntries(request: { people: readonly DemoPerson[]; random: SeededRandom }): readonly DemoEntry[] {
  const { random } = request;
  const person = (position: number): DemoPerson => {
    const found = request.people[position];
    if (found === undefined) throw new RangeError("too few people for the bad lines");
    return found;
  };
  const good = (position: number): DemoSubmission => toPlainSubmission({ person: person(position), random });
  const withProfile = (position: number, extra: object): object => {
    const submission = good(position);
    return { ...submission, profile: { ...submission.profile, ...extra } };
  };
  const unknownPurpose = [toDecision({ person: person(4), purpose: "newsletter", status: "given" })];
  const { profile: _profile, decisions: _decisions, ...nothing } = good(9);
  const surrogate = JSON.stringify(withProfile(7, { nickname: "SURROGATE" })).replace("SURROGATE", "Mock \\ud800");
  return [
    toBad({ day: 2, text: JSON.stringify(good(0)).slice(0, -40), path: "", code: "malformedJson" }),
    toBad({ day: 4, text: "submissionId;collectionPoint;occurredAt;country", path: "", code: "malformedJson" }),
    toBad({ day: 5, text: JSON.stringify(withProfile(2, { shoeColour: "green" })), path: "profile", code: "unknownKey" }),
    toBad({ day: 7, text: JSON.stringify({ ...good(4), decisions: unknownPurpose }), path: "decisions[0].purpose", code: "unknownPurpose" }),
    toBad({ day: 9, text: JSON.stringify({ ...good(5), occurredAt: "2026-02-30T10:00:00.000Z" }), path: "occurredAt", code: "invalidInstant" }),
    toBad({ day: 11, text: JSON.stringify({ ...good(6), occurredAt: "2099-01-01T00:00:00.000Z" }), path: "occurredAt", code: "futureInstant" }),
    toBad({
      day: 13,
      text: JSON.stringify(withProfile(8, { address: { ...toAddress(person(8)), streetAddress: `Card ${TEST_CARD_NUMBER}` } })),
      path: "profile.address.streetAddress",
      code: "paymentCardNumber",
    }),
    toBad({ day: 15, text: surrogate, path: "profile.nickname", code: "loneSurrogate" }),
    toBad({ day: 17, text: JSON.stringify(nothing), path: "", code: "nothingToCollect" }),
  ];
}

function toBad(request: { day: number; text: string; path: string; code: string }): DemoEntry {
  const { day, text, path, code } = request;
  return { arrivesAt: Date.UTC(2026, 10, day, 12, 34, 56), text, kinds: ["bad"], problem: { path, code } };
}

function toPlainSubmission(request: { person: DemoPerson; random: SeededRandom }): DemoSubmission {
  const { person, random } = request;
  return {
    submissionId: random.uuid(),
    collectionPoint: person.country.collectionPoints[0] ?? "web",
    occurredAt: "2026-11-03T09:00:00.000Z",
    country: person.country.code,
    subject: { identifiers: [{ kind: "email", value: person.email }] },
    profile: { givenName: person.givenName, email: person.email },
    decisions: [toDecision({ person, purpose: "marketing.email", channel: "email", status: "given" })],
    actor: { kind: "subject" },
  };
}
