// Writes demo.ndjson and demo-expectations.json. The same on every run: `node test-fixtures/submissions/make-demo-submissions.ts`.
import { toBadEntries } from "./generator/bad-entries.ts";
import type { DemoCountry } from "./generator/demo-country.ts";
import { toPeople, type DemoPerson } from "./generator/demo-person.ts";
import {
  tellClockAhead,
  tellDoNotSell,
  tellDoubleOptIn,
  tellLateOptIn,
  tellTwoIdentifiers,
  tellWithheldBirthdate,
} from "./generator/demo-stories.ts";
import type { DemoEntry, DemoExpectation } from "./generator/demo-submission.ts";
import { EUROPEAN_COUNTRIES } from "./generator/european-countries.ts";
import { toProfileOnly, toRefusalsOnly, toSignUp, toWithdrawal } from "./generator/ordinary-entries.ts";
import { OTHER_COUNTRIES } from "./generator/other-countries.ts";
import { toConflictingReplay, toReplay } from "./generator/repeated-entries.ts";
import { createSeededRandom } from "./generator/seeded-random.ts";
import { writeGeneratedFiles } from "./generator/write-generated-files.ts";

const random = createSeededRandom(20_261_101);
const countries: readonly DemoCountry[] = [...EUROPEAN_COUNTRIES, ...OTHER_COUNTRIES];
const expectations: DemoExpectation[] = [];

const personOf = (request: { code: string; position: number }): DemoPerson => {
  const country = countries.find(({ code }) => code === request.code);
  const person = country === undefined ? undefined : toPeople(country)[request.position];
  if (person === undefined) throw new RangeError(`nobody at position ${request.position} in ${request.code}`);
  return person;
};

const stories = [
  { tell: tellTwoIdentifiers, person: personOf({ code: "FR", position: 0 }) },
  { tell: tellLateOptIn, person: personOf({ code: "IT", position: 0 }) },
  { tell: tellDoNotSell, person: personOf({ code: "US", position: 2 }) },
  { tell: tellWithheldBirthdate, person: personOf({ code: "RU", position: 0 }) },
  { tell: tellDoubleOptIn, person: personOf({ code: "DE", position: 0 }) },
  { tell: tellClockAhead, person: personOf({ code: "JP", position: 0 }) },
];
/** In a story the person's lines are all told; only the Californian also signs up like anybody else. */
const storied = new Set(stories.filter(({ tell }) => tell !== tellDoNotSell).map(({ person }) => person.email));

function toCountryEntries(country: DemoCountry): readonly DemoEntry[] {
  const people = toPeople(country);
  return people.flatMap((person, position) => {
    if (storied.has(person.email)) return [];
    if (position === people.length - 1) return [toRefusalsOnly({ person, random })];
    // Those who withdraw said yes before.
    const withdraws = position === 3 || position === 7;
    const signUp = toSignUp({ person, random, ...(withdraws ? { email: "given" as const } : {}) });
    if (withdraws) {
      expectations.push({
        identifier: { kind: "email", value: person.email },
        purpose: "marketing.email",
        channel: "email",
        state: "refused",
        because: "withdrawn after it was given",
      });
      return [signUp, toWithdrawal({ person, random })];
    }
    return position === 5 || position === 9 ? [signUp, toProfileOnly({ person, random })] : [signUp];
  });
}

function toEntries(): readonly DemoEntry[] {
  const told = stories.map(({ tell, person }) => tell({ person, random }));
  for (const story of told) expectations.unshift(...story.expectations);
  const ordinary = countries.flatMap(toCountryEntries);
  const [first, second] = ordinary.filter(({ country, kinds }) => country === "GB" && kinds.includes("signUp"));
  if (first === undefined || second === undefined) throw new RangeError("nothing to repeat");
  return [
    ...told.flatMap(({ entries }) => entries),
    ...ordinary,
    toReplay({ of: first, arrivesAt: "2026-11-18T09:00:00.000Z" }),
    toConflictingReplay({ of: second, arrivesAt: "2026-11-19T09:00:00.000Z" }),
    ...toBadEntries({ people: countries.map((country) => personOf({ code: country.code, position: 1 })), random }),
  ].toSorted((left, right) => left.arrivesAt - right.arrivesAt);
}

function toExpectationsText(entries: readonly DemoEntry[]): string {
  const linesOfKind: Record<string, number[]> = {};
  const validLinesOfCountry: Record<string, number> = {};
  for (const [index, { kinds, country, problem }] of entries.entries()) {
    for (const kind of kinds) (linesOfKind[kind] ??= []).push(index + 1);
    if (country !== undefined && problem === undefined) {
      validLinesOfCountry[country] = (validLinesOfCountry[country] ?? 0) + 1;
    }
  }
  const badLines = entries.flatMap(({ problem }, index) => (problem === undefined ? [] : [{ line: index + 1, ...problem }]));
  const counts = Object.fromEntries(Object.entries(linesOfKind).map(([kind, lines]) => [kind, lines.length]));
  const summary = {
    file: "demo.ndjson",
    lines: entries.length,
    valid: entries.length - badLines.length,
    bad: badLines.length,
    counts,
    validLinesOfCountry,
    badLines,
    linesOfKind,
    deviceCollectionPoints: countries.map(({ till }) => till),
    standing: expectations,
  };
  return `${JSON.stringify(summary, null, 2).replace(/\[[\d,\s]+\]/g, (list) => list.replace(/\s+/g, " "))}\n`;
}

const entries = toEntries();
await writeGeneratedFiles([
  { url: new URL("demo.ndjson", import.meta.url), text: entries.map(({ text }) => `${text}\n`).join("") },
  { url: new URL("demo-expectations.json", import.meta.url), text: toExpectationsText(entries) },
]);
