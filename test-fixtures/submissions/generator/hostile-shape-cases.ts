import { toCases, type HostileCase } from "./hostile-case.ts";

/** Objects in objects, to a depth at which careless recursion is felt. */
function nest(depth: number): unknown {
  let value: unknown = "bottom";
  for (let level = 0; level < depth; level += 1) value = { deeper: value };
  return value;
}

const DEEP = nest(200);

/** Wrong types, strangers' keys, wrong formats: what the shape alone tells. */
export const HOSTILE_SHAPE_CASES: readonly HostileCase[] = toCases([
  ["submissionIdMissing", "submissionId", undefined, "submissionId", "required"],
  ["submissionIdNotUuid", "submissionId", "not-a-uuid", "submissionId", "invalidUuid"],
  ["submissionIdNumber", "submissionId", 1, "submissionId", "wrongType"],
  ["countryMissing", "country", undefined, "country", "required"],
  ["countryNumber", "country", 33, "country", "wrongType"],
  ["countryLowerCase", "country", "fr", "country", "invalidFormat"],
  ["countryThreeLetters", "country", "FRA", "country", "invalidFormat"],
  ["subdivisionName", "subdivision", "Bretagne", "subdivision", "invalidFormat"],
  ["subjectMissing", "subject", undefined, "subject", "required"],
  ["subjectArray", "subject", [], "subject", "wrongType"],
  ["subjectText", "subject", "hostile@example.com", "subject", "wrongType"],
  ["identifiersObject", "subject.identifiers", { 0: { kind: "email", value: "hostile@example.com" } }, "subject.identifiers", "wrongType"],
  ["identifiersEmpty", "subject.identifiers", [], "subject.identifiers", "tooFew"],
  ["identifierText", "subject.identifiers.0", "hostile@example.com", "subject.identifiers[0]", "wrongType"],
  ["identifierValueNumber", "subject.identifiers.0.value", 12345, "subject.identifiers[0].value", "wrongType"],
  ["identifierValueEmpty", "subject.identifiers.0.value", "", "subject.identifiers[0].value", "tooShort"],
  ["identifierKindUnknown", "subject.identifiers.0.kind", "passport", "subject.identifiers[0].kind", "unknownValue"],
  ["identifierKindOfPrototype", "subject.identifiers.0.kind", "toString", "subject.identifiers[0].kind", "unknownValue"],
  ["ageBandUnknown", "subject.ageBand", "12", "subject.ageBand", "unknownValue"],
  ["profileArray", "profile", ["Hostile"], "profile", "wrongType"],
  ["profileText", "profile", "Hostile", "profile", "wrongType"],
  ["givenNameObject", "profile.givenName", { first: "Hostile" }, "profile.givenName", "wrongType"],
  ["givenNameEmpty", "profile.givenName", "", "profile.givenName", "tooShort"],
  ["givenNameTooLong", "profile.givenName", "x".repeat(257), "profile.givenName", "tooLong"],
  ["emailVerifiedText", "profile.emailVerified", "true", "profile.emailVerified", "wrongType"],
  ["addressArray", "profile.address", [], "profile.address", "wrongType"],
  ["addressCountryName", "profile.address.country", "France", "profile.address.country", "invalidFormat"],
  ["decisionsObject", "decisions", {}, "decisions", "wrongType"],
  ["decisionNull", "decisions.0", null, "decisions[0]", "wrongType"],
  ["statusUnknown", "decisions.0.status", "maybe", "decisions[0].status", "unknownValue"],
  ["statusBoolean", "decisions.0.status", true, "decisions[0].status", "unknownValue"],
  ["statusOtherCase", "decisions.0.status", "Given", "decisions[0].status", "unknownValue"],
  ["explicitText", "decisions.0.explicit", "yes", "decisions[0].explicit", "wrongType"],
  ["decisionIdNotUuid", "decisions.0.id", "1", "decisions[0].id", "invalidUuid"],
  ["methodWithAddress", "decisions.0.method", "hostile@example.com", "decisions[0].method", "invalidFormat"],
  ["noticeVersionNumber", "decisions.0.noticeVersion", 3, "decisions[0].noticeVersion", "wrongType"],
  ["actorKindUnknown", "actor.kind", "robot", "actor.kind", "unknownValue"],
  ["testText", "test", "true", "test", "wrongType"],
  ["occurredAtEpoch", "occurredAt", 1_793_696_400_000, "occurredAt", "wrongType"],
  ["occurredAtWithoutZone", "occurredAt", "2026-11-03T09:00:00", "occurredAt", "invalidInstant"],
  ["occurredAtDateOnly", "occurredAt", "2026-11-03", "occurredAt", "invalidInstant"],
  ["occurredAtImpossibleDay", "occurredAt", "2026-11-31T09:00:00.000Z", "occurredAt", "invalidInstant"],
  ["occurredAtImpossibleHour", "occurredAt", "2026-11-03T25:00:00.000Z", "occurredAt", "invalidInstant"],
  ["protoAtTop", "__proto__", { isAdmin: true }, "", "unknownKey"],
  ["constructorAtTop", "constructor", { prototype: {} }, "", "unknownKey"],
  ["protoInSubject", "subject.__proto__", { ageBand: "adult" }, "subject", "unknownKey"],
  ["protoInProfile", "profile.__proto__", { email: "other@example.com" }, "profile", "unknownKey"],
  ["constructorInAddress", "profile.address.constructor", "x", "profile.address", "unknownKey"],
  ["protoInDecision", "decisions.0.__proto__", { status: "given" }, "decisions[0]", "unknownKey"],
  ["hasOwnPropertyInProfile", "profile.hasOwnProperty", "x", "profile", "unknownKey"],
  ["keyLikeAPhoneNumber", "+33199000001", "x", "", "unknownKey"],
  ["deepUnderOurKey", "profile.givenName", DEEP, "profile.givenName", "wrongType"],
  ["deepUnderStrangersKey", "extra", DEEP, "", "unknownKey"],
]);
