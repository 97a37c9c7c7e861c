import { toCases, type HostileCase } from "./hostile-case.ts";

const DECISION = {
  purpose: "marketing.email",
  channel: "email",
  status: "given",
  notice: "signup",
  noticeVersion: "3",
  locale: "fr-FR",
  method: "checkbox",
};
const PROFILING = { ...DECISION, purpose: "profiling", channel: undefined };
const EMAIL = { kind: "email", value: "hostile@example.com" };
const VALUE = "subject.identifiers[0].value";
const LATER = "2099-01-01T00:00:00.000Z";
/** Documented by payment providers for tests, with right check digits. */
const TEST_CARD_NUMBERS = { visa: "4111111111111111", grouped: "5555-5555-5555-4444", short: "378282246310005" };

/** The right shape, and a meaning that cannot be. */
export const HOSTILE_MEANING_CASES: readonly HostileCase[] = toCases([
  ["countryNotAssigned", "country", "ZZ", "country", "unknownCountry"],
  ["countryRegion", "country", "EU", "country", "unknownCountry"],
  ["subdivisionElsewhere", "subdivision", "US-CA", "subdivision", "subdivisionOfAnotherCountry"],
  ["occurredAtAhead", "occurredAt", LATER, "occurredAt", "futureInstant"],
  ["receivedAtAhead", "receivedAt", LATER, "receivedAt", "futureInstant"],
  ["identifierSpaces", "subject.identifiers.0.value", "   ", VALUE, "invalidIdentifier"],
  ["emailWithoutAt", "subject.identifiers.0.value", "hostile.example.com", VALUE, "invalidIdentifier"],
  ["emailWithoutLocalPart", "subject.identifiers.0.value", "@example.com", VALUE, "invalidIdentifier"],
  ["emailWithTwoAts", "subject.identifiers.0.value", "a@b@example.com", VALUE, "invalidIdentifier"],
  ["emailWithLineBreak", "subject.identifiers.0.value", "a\r\nBcc: b@example.com", VALUE, "invalidIdentifier"],
  ["emailWithNul", "subject.identifiers.0.value", "a\u0000@example.com", VALUE, "invalidIdentifier"],
  ["phoneWithoutPlus", "subject.identifiers.0", { kind: "phone", value: "33199000001" }, VALUE, "invalidIdentifier"],
  ["phoneNational", "subject.identifiers.0", { kind: "phone", value: "01 99 00 00 01" }, VALUE, "invalidIdentifier"],
  ["phoneWithLetters", "subject.identifiers.0", { kind: "phone", value: "+33 199 CALL ME" }, VALUE, "invalidIdentifier"],
  ["loyaltyIdWithNul", "subject.identifiers.0", { kind: "loyaltyId", value: "A\u0000B" }, VALUE, "invalidIdentifier"],
  ["loyaltyIdIsCard", "subject.identifiers.0", { kind: "loyaltyId", value: TEST_CARD_NUMBERS.visa }, VALUE, "paymentCardNumber"],
  // Said twice is said once: the same person, no contradiction.
  ["identifierTwice", "subject.identifiers", [EMAIL, EMAIL], "", null],
  ["identifierTwiceOtherCase", "subject.identifiers", [EMAIL, { ...EMAIL, value: "HOSTILE@EXAMPLE.COM" }], "", null],
  ["profileEmailInvalid", "profile.email", "hostile at example.com", "profile.email", "invalidEmail"],
  ["profilePhoneWithoutPlus", "profile.phoneNumber", "33199000001", "profile.phoneNumber", "invalidPhoneNumber"],
  ["birthdateImpossible", "profile.birthdate", "1990-02-30", "profile.birthdate", "invalidDate"],
  ["birthdateOtherFormat", "profile.birthdate", "30/01/1990", "profile.birthdate", "invalidDate"],
  ["birthdateAhead", "profile.birthdate", "2099-01-01", "profile.birthdate", "futureDate"],
  ["addressCountryNotAssigned", "profile.address.country", "ZZ", "profile.address.country", "unknownCountry"],
  ["nulInName", "profile.givenName", "Hos\u0000tile", "profile.givenName", "controlCharacter"],
  ["escapeInName", "profile.givenName", "\u001b[31mHostile", "profile.givenName", "controlCharacter"],
  ["cardInName", "profile.familyName", TEST_CARD_NUMBERS.grouped, "profile.familyName", "paymentCardNumber"],
  ["cardInAddress", "profile.address.locality", `Paris ${TEST_CARD_NUMBERS.short}`, "profile.address.locality", "paymentCardNumber"],
  ["purposeUnknown", "decisions.0.purpose", "newsletter", "decisions[0].purpose", "unknownPurpose"],
  ["purposeOfPrototype", "decisions.0.purpose", "constructor", "decisions[0].purpose", "unknownPurpose"],
  ["noticeUnknown", "decisions.0.notice", "welcome", "decisions[0].notice", "unknownNotice"],
  ["noticeVersionUnknown", "decisions.0.noticeVersion", "4", "decisions[0].noticeVersion", "unknownNoticeVersion"],
  ["localeWithoutNotice", "decisions.0.locale", "nl-NL", "decisions[0].locale", "unknownNoticeLocale"],
  ["localeWithoutRegion", "decisions.0.locale", "fr", "decisions[0].locale", "unknownNoticeLocale"],
  ["localeOtherCase", "decisions.0.locale", "fr-fr", "decisions[0].locale", "unknownNoticeLocale"],
  ["grantWithoutChannel", "decisions.0.channel", undefined, "decisions[0].channel", "channelRequired"],
  ["channelUnknown", "decisions.0.channel", "fax", "decisions[0].channel", "unknownChannel"],
  ["channelOfAnotherPurpose", "decisions.0.channel", "sms", "decisions[0].channel", "unknownChannel"],
  ["channelWhereThereIsNone", "decisions.0", { ...PROFILING, channel: "email" }, "decisions[0].channel", "unknownChannel"],
  ["recipientUnknown", "decisions.0", { ...PROFILING, recipients: ["somebody-else"] }, "decisions[0].recipients[0]", "unknownRecipient"],
  ["attributeOutsidePurpose", "decisions.0", { ...PROFILING, attributes: ["email"] }, "decisions[0].attributes[0]", "attributeOutsidePurpose"],
  ["yesAndNoAtOnce", "decisions", [DECISION, { ...DECISION, status: "refused" }], "decisions[1]", "duplicateDecision"],
  ["yesTwice", "decisions", [DECISION, DECISION], "decisions[1]", "duplicateDecision"],
  ["noForAllAndYesForOne", "decisions", [{ ...DECISION, channel: undefined, status: "refused" }, DECISION], "decisions[1]", "duplicateDecision"],
  ["confirmedWithoutConfirmation", "decisions.0.status", "confirmed", "decisions[0].confirmation", "confirmationRequired"],
  [
    "confirmedWhilePending",
    "decisions.0",
    { ...DECISION, status: "confirmed", confirmation: { state: "pending", sentAt: "2026-11-03T08:00:00.000Z" } },
    "decisions[0].confirmation",
    "confirmationRequired",
  ],
]);
