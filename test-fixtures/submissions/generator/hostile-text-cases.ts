import { toChangedText, type HostileCase } from "./hostile-case.ts";

const GOOD = toChangedText({ at: "collectionPoint", to: "paris-flagship" });

const malformed = (request: { name: string; text: string }): HostileCase => ({
  ...request,
  path: "",
  expectedCode: "malformedJson",
});

/** Replaces a marker, which JSON cannot hold otherwise, by raw text. */
const withRawText = (request: { at: string; raw: string }): string =>
  toChangedText({ at: request.at, to: "RAW TEXT" }).replace('"RAW TEXT"', request.raw);

/** Lines that are no JSON, or are JSON of another kind, or hold what only the text of JSON can hold. */
export const HOSTILE_TEXT_CASES: readonly HostileCase[] = [
  malformed({ name: "truncatedObject", text: GOOD.slice(0, -1) }),
  malformed({ name: "truncatedInsideText", text: GOOD.slice(0, 60) }),
  malformed({ name: "trailingComma", text: `${GOOD.slice(0, -1)},}` }),
  malformed({ name: "singleQuotes", text: "{'submissionId':'x'}" }),
  malformed({ name: "twoObjectsOnOneLine", text: `${GOOD}${GOOD}` }),
  malformed({ name: "comment", text: `${GOOD} // a comment` }),
  malformed({ name: "bareInfinity", text: withRawText({ at: "profile.birthdate", raw: "Infinity" }) }),
  malformed({ name: "bareNotANumber", text: withRawText({ at: "profile.birthdate", raw: "NaN" }) }),
  malformed({ name: "rawControlCharacter", text: withRawText({ at: "profile.givenName", raw: '"a\u0001b"' }) }),
  { name: "arrayForSubmission", text: "[]", path: "", expectedCode: "wrongType" },
  { name: "textForSubmission", text: '"submission"', path: "", expectedCode: "wrongType" },
  { name: "numberForSubmission", text: "42", path: "", expectedCode: "wrongType" },
  { name: "nullForSubmission", text: "null", path: "", expectedCode: "wrongType" },
  { name: "deepArrays", text: `${"[".repeat(200)}${"]".repeat(200)}`, path: "", expectedCode: "wrongType" },
  { name: "numberBeyondDouble", text: withRawText({ at: "profile.birthdate", raw: "1e999" }), path: "profile.birthdate", expectedCode: "wrongType" },
  { name: "loneSurrogateInName", text: withRawText({ at: "profile.givenName", raw: '"\\ud800"' }), path: "profile.givenName", expectedCode: "loneSurrogate" },
  { name: "reversedSurrogatesInName", text: withRawText({ at: "profile.givenName", raw: '"\\udc00\\ud800"' }), path: "profile.givenName", expectedCode: "loneSurrogate" },
  {
    name: "loneSurrogateInIdentifier",
    text: withRawText({ at: "subject.identifiers.0.value", raw: '"a\\udfff@example.com"' }),
    path: "subject.identifiers[0].value",
    expectedCode: "loneSurrogate",
  },
];
