import type { AttributeOutcomeV1, JsonValue, ProfilePatch, WriteOutcomeV1 } from "@volenti/core/adapter";
import { ensure, ensureEqual } from "../assertions/ensure.ts";
import type { ConformanceCase, SkipSubject } from "../conformance-case.ts";
import { ascendingIds } from "../world/random.ts";

function hasNoProfileGuard({ traits }: SkipSubject): string | undefined {
  return traits.profileStaleGuard === "none" ? "trait profileStaleGuard: none" : undefined;
}

function patch(request: { at: number; values: Readonly<Record<string, JsonValue>>; submissionId?: string | undefined }): ProfilePatch {
  const submissionId = request.submissionId ?? globalThis.crypto.randomUUID();
  return Object.fromEntries(
    Object.entries(request.values).map(([name, value]) => [name, { value, changedAt: request.at, submissionId }]),
  );
}

/** Values that stores are known to change: quotes, marks, normal forms, scripts, characters beyond the first plane, space, length. */
const HARD_VALUES: readonly string[] = [
  "O’Brien-D'Arcy \"Q\" & <b>",
  "Ame\u0301lie",
  "Amélie",
  "𠮷野家 𝒜 👩‍👩‍👧",
  "Ж",
  "مُحَمَّد",
  " two  spaces ",
  "tab\tand\nline",
  "null",
  "0033612",
  "1e5",
  "true",
  "2026-01-01",
  "%s %d {0} ${x} \\ /",
  "'; DROP TABLE x; --",
  "İıSSßſ",
  "ab".repeat(100),
  "x".repeat(256),
];

export const PROFILE_PATCH_CASES: readonly ConformanceCase[] = [
  {
    id: "profile-patch/unknown-person-is-null",
    title: "a person of whom the system holds nothing has a null profile",
    run: async ({ connector, stranger }) => {
      const profile = await connector.profiles.get({ subjectRef: stranger().ref });
      ensureEqual({ actual: profile, expected: null, what: "the profile of a stranger" });
    },
  },
  {
    id: "profile-patch/absent-is-untouched",
    title: "a patch changes the attributes that it names and no other, those of an address included",
    run: async ({ connector, record, person, at, probe, eventually }) => {
      const someone = await person();
      await record({
        person: someone,
        profile: patch({ at: at(0), values: { givenName: "Ines", familyName: "Moreau", "address.locality": "Paris", "address.postalCode": "75001" } }),
      });
      const { outcome } = await record({ person: someone, profile: patch({ at: at(1), values: { familyName: "Durand", "address.locality": "Lyon" } }) });
      ensureEqual({ actual: outcome.profile, expected: { familyName: "applied", "address.locality": "applied" }, what: "the outcomes" });
      const expected = { givenName: "Ines", familyName: "Durand", "address.locality": "Lyon", "address.postalCode": "75001" };
      await eventually(async () => {
        ensureEqual({ actual: await probe.readAttributes({ subjectRef: someone.ref }), expected, what: "the attributes in the store" });
        const profile = await connector.profiles.get({ subjectRef: someone.ref });
        const values = Object.fromEntries(Object.entries(profile?.attributes ?? {}).map(([name, { value }]) => [name, value]));
        ensureEqual({ actual: values, expected, what: "the attributes that are read" });
      });
    },
  },
  {
    id: "profile-patch/null-clears",
    title: "null clears an attribute: it is gone from the store and from what is read, and is no text",
    run: async ({ connector, record, person, at, probe, eventually }) => {
      const someone = await person();
      await record({ person: someone, profile: patch({ at: at(0), values: { givenName: "Ines", familyName: "Moreau" } }) });
      const { outcome } = await record({ person: someone, profile: patch({ at: at(1), values: { familyName: null } }) });
      ensureEqual({ actual: outcome.profile, expected: { familyName: "applied" }, what: "the outcome" });
      await eventually(async () => {
        const stored = await probe.readAttributes({ subjectRef: someone.ref });
        ensure({ that: (stored["familyName"] ?? null) === null, otherwise: "the cleared attribute is still in the store" });
        ensureEqual({ actual: stored["givenName"], expected: "Ines", what: "the other attribute" });
        const profile = await connector.profiles.get({ subjectRef: someone.ref });
        ensureEqual({ actual: Object.keys(profile?.attributes ?? {}), expected: ["givenName"], what: "the attributes that are read" });
      });
    },
  },
  {
    id: "profile-patch/older-never-overwrites",
    title: "an older change of an attribute is superseded, beside newer ones of the same patch that are applied",
    skip: hasNoProfileGuard,
    run: async ({ record, person, at, probe, eventually }) => {
      const someone = await person();
      await record({ person: someone, profile: patch({ at: at(5), values: { givenName: "Ines" } }) });
      await record({ person: someone, profile: patch({ at: at(2), values: { familyName: "Moreau" } }) });
      const { outcome } = await record({ person: someone, profile: patch({ at: at(3), values: { givenName: "Irma", familyName: "Durand" } }) });
      ensureEqual({ actual: outcome.profile, expected: { givenName: "superseded", familyName: "applied" }, what: "the outcomes" });
      await eventually(async () => {
        const stored = await probe.readAttributes({ subjectRef: someone.ref });
        ensureEqual({ actual: stored, expected: { givenName: "Ines", familyName: "Durand" }, what: "the attributes in the store" });
      });
    },
  },
  {
    id: "profile-patch/cleared-stays-cleared",
    title: "an older value does not come back after a clearing, a newer one does",
    skip: hasNoProfileGuard,
    run: async ({ connector, record, person, at, eventually }) => {
      const someone = await person();
      await record({ person: someone, profile: patch({ at: at(0), values: { givenName: "Ines" } }) });
      await record({ person: someone, profile: patch({ at: at(4), values: { givenName: null } }) });
      const late = await record({ person: someone, profile: patch({ at: at(3), values: { givenName: "Irma" } }) });
      ensureEqual({ actual: late.outcome.profile, expected: { givenName: "superseded" }, what: "the outcome of the older value" });
      await eventually(async () => {
        const profile = await connector.profiles.get({ subjectRef: someone.ref });
        ensureEqual({ actual: profile?.attributes["givenName"], expected: undefined, what: "the cleared attribute" });
      });
      await record({ person: someone, profile: patch({ at: at(5), values: { givenName: "Iris" } }) });
      await eventually(async () => {
        const profile = await connector.profiles.get({ subjectRef: someone.ref });
        ensureEqual({ actual: profile?.attributes["givenName"]?.value, expected: "Iris", what: "the value after the clearing" });
      });
    },
  },
  {
    id: "profile-patch/ties-go-to-the-greater-submission",
    title: "of two changes of one instant the greater submission id stands, whichever comes first, or what the trait profileTies says",
    skip: (subject) => hasNoProfileGuard(subject) ?? (subject.traits.idempotency === "byDecisionId" ? undefined : `trait idempotency: ${subject.traits.idempotency}`),
    run: async ({ record, person, at, probe, eventually, traits }) => {
      const ids = ascendingIds(2);
      for (const order of [[0, 1], [1, 0]]) {
        const someone = await person();
        for (const index of order) {
          await record({ person: someone, profile: patch({ at: at(0), values: { givenName: `Name ${index}` }, submissionId: ids[index] }) });
        }
        const expected = traits.profileTies === "lastWrite" ? order.at(-1) : 1;
        await eventually(async () => {
          const stored = await probe.readAttributes({ subjectRef: someone.ref });
          ensureEqual({ actual: stored["givenName"], expected: `Name ${expected}`, what: "the attribute that stands" });
        });
      }
    },
  },
  {
    id: "profile-patch/exact-or-refused",
    title: "a value is stored to the letter or refused, never changed: not cut, folded, trimmed, normalised or converted",
    run: async ({ connector, record, send, toItem, person, at, probe, eventually }) => {
      const plain = await person();
      const { outcome } = await record({ person: plain, profile: patch({ at: at(0), values: { givenName: "Ines" } }) });
      ensureEqual({ actual: outcome.profile, expected: { givenName: "applied" }, what: "the outcome of a plain name" });
      for (const value of HARD_VALUES) {
        const someone = await person();
        const [hard] = await send({ items: [toItem({ person: someone, profile: patch({ at: at(0), values: { givenName: value } }) })] });
        const isRefused = wasRefused({ outcome: hard, attribute: "givenName" });
        await eventually(async () => {
          const stored = await probe.readAttributes({ subjectRef: someone.ref });
          const profile = await connector.profiles.get({ subjectRef: someone.ref });
          const expected = isRefused ? undefined : value;
          ensureEqual({ actual: stored["givenName"] ?? undefined, expected, what: "the value in the store" });
          ensureEqual({ actual: profile?.attributes["givenName"]?.value, expected, what: "the value that is read" });
        });
      }
    },
  },
  {
    id: "profile-patch/values-keep-their-type",
    title: "numbers, booleans, lists and objects come back as such, or are refused",
    run: async ({ connector, send, toItem, person, at, eventually }) => {
      const values: readonly JsonValue[] = [0, -1.5, 9_007_199_254_740_991, 0.1 + 0.2, 1e21, 5e-324, 1.7976931348623157e308, true, false, "", [], ["b", "a", null], { b: { a: [1] }, a: "é" }];
      for (const value of values) {
        const someone = await person();
        const [outcome] = await send({ items: [toItem({ person: someone, profile: patch({ at: at(0), values: { brandValue: value } }) })] });
        const isRefused = wasRefused({ outcome, attribute: "brandValue" });
        await eventually(async () => {
          const profile = await connector.profiles.get({ subjectRef: someone.ref });
          const actual = profile?.attributes["brandValue"]?.value;
          ensureEqual({ actual, expected: isRefused ? undefined : value, what: "the value" });
        });
      }
    },
  },
  {
    id: "profile-patch/many-attributes",
    title: "of sixty attributes in one patch each is stored or refused, as its outcome says",
    run: async ({ connector, record, person, at, probe, eventually }) => {
      const someone = await person();
      const brand = Array.from({ length: 57 }, (_, index) => [`brandValue${index}`, `value ${index}`] as const);
      const values: Readonly<Record<string, JsonValue>> = { givenName: "Ines", ...Object.fromEntries(brand), familyName: "Moreau", locale: "fr-FR" };
      const { outcome } = await record({ person: someone, profile: patch({ at: at(0), values }) });
      ensureEqual({ actual: Object.keys(outcome.profile ?? {}).toSorted(), expected: Object.keys(values).toSorted(), what: "the attributes that are answered" });
      const expected = Object.fromEntries(Object.entries(values).filter(([name]) => !isRefusal(outcome.profile?.[name])));
      await eventually(async () => {
        ensureEqual({ actual: await probe.readAttributes({ subjectRef: someone.ref }), expected, what: "the attributes in the store" });
        const profile = await connector.profiles.get({ subjectRef: someone.ref });
        const read = Object.fromEntries(Object.entries(profile?.attributes ?? {}).map(([name, { value }]) => [name, value]));
        ensureEqual({ actual: read, expected, what: "the attributes that are read" });
      });
    },
  },
  {
    id: "profile-patch/profile-alone",
    title: "an item with a profile and no decision is written, and one with decisions alone leaves the profile as it is",
    run: async ({ connector, record, person, at, eventually }) => {
      const someone = await person();
      const { outcome } = await record({ person: someone, profile: patch({ at: at(0), values: { familyName: "Moreau" } }) });
      ensureEqual({ actual: outcome.decisions, expected: [], what: "the outcomes of no decisions" });
      await record({ person: someone, decisions: [{ status: "given", at: at(1) }] });
      await eventually(async () => {
        const profile = await connector.profiles.get({ subjectRef: someone.ref });
        ensureEqual({ actual: profile?.attributes["familyName"]?.value, expected: "Moreau", what: "the family name" });
        ensureEqual({ actual: (await connector.consent.listStates({ subjectRef: someone.ref })).length, expected: 1, what: "the number of states" });
      });
    },
  },
];

function wasRefused(request: { outcome: WriteOutcomeV1 | undefined; attribute: string }): boolean {
  const { outcome, attribute } = request;
  if (outcome?.status === "failed") return true;
  return outcome?.status === "written" && isRefusal(outcome.profile?.[attribute]);
}

function isRefusal(outcome: AttributeOutcomeV1 | undefined): boolean {
  return outcome === "rejected" || outcome === "notKept";
}
