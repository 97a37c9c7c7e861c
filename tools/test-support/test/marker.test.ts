import { expect, test } from "vitest";
import { findMarker, MARKER } from "../hostile/marker.ts";

const each = (text: string, escape: (letter: string) => string): string => Array.from(text, escape).join("");
const codeOf = (letter: string): number => letter.codePointAt(0) ?? 0;
const hexOf = (letter: string, length: number): string => codeOf(letter).toString(16).padStart(length, "0");

const DRESSED: Readonly<Record<string, string>> = {
  plainly: MARKER,
  "in upper case": MARKER.toUpperCase(),
  decomposed: MARKER.normalize("NFD"),
  "in an address": encodeURIComponent(MARKER),
  "in an address, letter by letter": each(MARKER, (letter) => `%${Buffer.from(letter).toString("hex").match(/../g)?.join("%") ?? ""}`),
  "in base64": Buffer.from(`a${MARKER}`).toString("base64"),
  "in base64url": Buffer.from(`ab${MARKER}`).toString("base64url"),
  "in hexadecimal": Buffer.from(MARKER).toString("hex").toUpperCase(),
  "in JSON": JSON.stringify({ name: MARKER }),
  "in JSON, letter by letter": each(MARKER, (letter) => `\\u${hexOf(letter, 4)}`),
  "in a script": each(MARKER, (letter) => `\\x${hexOf(letter, 2)}`),
  "in XML by numbers": each(MARKER, (letter) => `&#${codeOf(letter)};`),
  "in XML by hexadecimal numbers": each(MARKER, (letter) => `&#x${hexOf(letter, 1)};`),
};

test.each(Object.entries(DRESSED))("a value that got out is found: %s", (_how, text) => {
  expect(findMarker(`before ${text} behind`)).not.toBeNull();
  expect(findMarker(new Error("x", { cause: { deep: [text] } }))).not.toBeNull();
});

test("a digit or a letter outside ASCII is found in its escapes too", () => {
  expect(findMarker("born %31987-03-29", ["1987-03-29"])).not.toBeNull();
  expect(findMarker("Ine\u0300s", ["In\u00E8s"])).not.toBeNull();
  expect(findMarker("In&#232;s", ["In\u00E8s"])).not.toBeNull();
});

test("what is no value of anybody is none", () => {
  expect(findMarker({ code: "invalid", path: "profile.givenName", more: "100% &#0; \\u0000 %zz" }, ["1987-03-29"])).toBeNull();
});
