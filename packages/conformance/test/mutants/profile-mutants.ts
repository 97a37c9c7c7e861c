import type { AttributeChange, JsonValue, SubjectWriteV1 } from "@volenti/core/adapter";
import { withItems, withOutcomes, withRows, type Mutant, type MutantParts } from "./mutant.ts";

function mapValues(request: { item: SubjectWriteV1; change: (value: JsonValue) => JsonValue }): SubjectWriteV1 {
  const { item, change } = request;
  if (item.profile === undefined) return item;
  return { ...item, profile: Object.fromEntries(Object.entries(item.profile).map(([name, each]) => [name, { ...each, value: change(each.value) }])) };
}

function mapText(request: { parts: MutantParts; change: (text: string) => string }): ReturnType<Mutant["mutate"]> {
  const { parts, change } = request;
  return withItems({
    connector: parts.connector,
    change: (item) => mapValues({ item, change: (value) => (typeof value === "string" ? change(value) : value) }),
  });
}

export const PROFILE_MUTANTS: readonly Mutant[] = [
  {
    name: "an older patch overwrites a newer one",
    mutate: (parts) =>
      withRows({ parts, change: ({ after, item }) => ({ ...after, attributes: new Map([...after.attributes, ...Object.entries(item.profile ?? {})]) }) }),
    caughtBy: ["profile-patch/older-never-overwrites", "profile-patch/ties-go-to-the-greater-submission", "races/writers-of-one-attribute"],
  },
  {
    name: "says that an older attribute was applied",
    mutate: ({ connector }) =>
      withOutcomes({
        connector,
        change: (outcome) =>
          outcome.status === "written" && outcome.profile !== undefined
            ? { ...outcome, profile: Object.fromEntries(Object.entries(outcome.profile).map(([name, each]) => [name, each === "superseded" ? "applied" : each])) }
            : outcome,
      }),
    caughtBy: ["profile-patch/cleared-stays-cleared", "profile-patch/older-never-overwrites"],
  },
  {
    name: "guards the profile as a whole",
    mutate: (parts) =>
      withRows({
        parts,
        change: ({ before, after, item }) => {
          const latest = Math.max(0, ...[...(before?.attributes.values() ?? [])].map(({ changedAt }) => changedAt));
          const isOlder = Object.values(item.profile ?? {}).some(({ changedAt }) => changedAt < latest);
          return isOlder ? { ...after, attributes: before?.attributes ?? new Map() } : after;
        },
      }),
    caughtBy: ["profile-patch/older-never-overwrites"],
  },
  {
    name: "ties of two submissions go to the last to arrive",
    mutate: (parts) =>
      withRows({
        parts,
        change: ({ before, after, item }) => {
          const tied = Object.entries(item.profile ?? {}).filter(([name, { changedAt }]) => before?.attributes.get(name)?.changedAt === changedAt);
          return { ...after, attributes: new Map([...after.attributes, ...tied]) };
        },
      }),
    caughtBy: ["profile-patch/ties-go-to-the-greater-submission"],
  },
  {
    name: "null clears nothing",
    mutate: (parts) =>
      withRows({
        parts,
        change: ({ before, after }) => ({
          ...after,
          attributes: new Map([...after.attributes].map(([name, change]): [string, AttributeChange] => [name, change.value === null ? (before?.attributes.get(name) ?? change) : change])),
        }),
      }),
    caughtBy: ["profile-patch/cleared-stays-cleared", "profile-patch/null-clears"],
  },
  { name: "null is kept as text", mutate: ({ connector }) => withItems({ connector, change: (item) => mapValues({ item, change: (value) => (value === null ? "null" : value) }) }), caughtBy: ["profile-patch/cleared-stays-cleared", "profile-patch/null-clears"] },
  {
    name: "forgets when an attribute was cleared",
    mutate: (parts) => withRows({ parts, change: ({ after }) => ({ ...after, attributes: new Map([...after.attributes].filter(([, { value }]) => value !== null)) }) }),
    caughtBy: ["profile-patch/cleared-stays-cleared", "replay/the-same-item-again"],
  },
  {
    name: "replaces the profile by the patch",
    mutate: (parts) =>
      withRows({
        parts,
        change: ({ after, item }) =>
          item.profile === undefined ? after : { ...after, attributes: new Map([...after.attributes].filter(([name]) => item.profile?.[name] !== undefined)) },
      }),
    caughtBy: ["profile-patch/absent-is-untouched", "profile-patch/null-clears", "profile-patch/older-never-overwrites"],
  },
  {
    name: "replaces the address by the patch",
    mutate: (parts) =>
      withRows({
        parts,
        change: ({ after, item }) => {
          const hasAddress = Object.keys(item.profile ?? {}).some((name) => name.startsWith("address."));
          return hasAddress ? { ...after, attributes: new Map([...after.attributes].filter(([name]) => !name.startsWith("address.") || item.profile?.[name] !== undefined)) } : after;
        },
      }),
    caughtBy: ["profile-patch/absent-is-untouched"],
  },
  {
    name: "an item without profile clears the profile",
    mutate: (parts) => withRows({ parts, change: ({ after, item }) => (item.profile === undefined ? { ...after, attributes: new Map() } : after) }),
    caughtBy: ["profile-patch/profile-alone"],
  },
  { name: "cuts long values", mutate: (parts) => mapText({ parts, change: (text) => text.slice(0, 80) }), caughtBy: ["batch/a-hard-value-sinks-no-neighbour", "profile-patch/exact-or-refused"] },
  { name: "loses what is beyond the first plane", mutate: (parts) => mapText({ parts, change: (text) => text.replace(/[\u{10000}-\u{10ffff}]/gu, "?") }), caughtBy: ["profile-patch/exact-or-refused"] },
  { name: "normalises Unicode", mutate: (parts) => mapText({ parts, change: (text) => text.normalize("NFC") }), caughtBy: ["profile-patch/exact-or-refused"] },
  { name: "decomposes Unicode", mutate: (parts) => mapText({ parts, change: (text) => text.normalize("NFD") }), caughtBy: ["profile-patch/exact-or-refused"] },
  { name: "folds letter case", mutate: (parts) => mapText({ parts, change: (text) => text.toLowerCase() }), caughtBy: ["lifecycle/keeps-nothing-itself", "precision/profile-instants-come-back", "profile-patch/profile-alone"] },
  { name: "drops control characters", mutate: (parts) => mapText({ parts, change: (text) => text.replaceAll("\u0000", "") }), caughtBy: ["batch/a-hard-value-sinks-no-neighbour"] },
  { name: "mends lone surrogates", mutate: (parts) => mapText({ parts, change: (text) => text.toWellFormed() }), caughtBy: ["batch/a-hard-value-sinks-no-neighbour"] },
  { name: "trims", mutate: (parts) => mapText({ parts, change: (text) => text.trim() }), caughtBy: ["profile-patch/exact-or-refused"] },
  { name: "drops leading zeros", mutate: (parts) => mapText({ parts, change: (text) => text.replace(/^0+(?=\d)/, "") }), caughtBy: ["profile-patch/exact-or-refused"] },
  { name: "escapes for HTML", mutate: (parts) => mapText({ parts, change: (text) => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;") }), caughtBy: ["profile-patch/exact-or-refused"] },
  { name: "reads words as values", mutate: ({ connector }) => withItems({ connector, change: (item) => mapValues({ item, change: (value) => (value === "true" ? true : value) }) }), caughtBy: ["profile-patch/exact-or-refused"] },
  { name: "makes texts of all values", mutate: ({ connector }) => withItems({ connector, change: (item) => mapValues({ item, change: (value) => (value === null || typeof value === "string" ? value : JSON.stringify(value)) }) }), caughtBy: ["batch/a-hard-value-sinks-no-neighbour", "profile-patch/values-keep-their-type"] },
  { name: "an empty text is nothing", mutate: ({ connector }) => withItems({ connector, change: (item) => mapValues({ item, change: (value) => (value === "" ? null : value) }) }), caughtBy: ["profile-patch/values-keep-their-type"] },
  {
    name: "forgets when an attribute was changed",
    mutate: ({ connector }) => ({
      ...connector,
      profiles: {
        ...connector.profiles,
        get: async (request) => {
          const profile = await connector.profiles.get(request);
          return profile === null ? null : { ...profile, attributes: Object.fromEntries(Object.entries(profile.attributes).map(([name, { value, changedAt }]) => [name, { value, changedAt: changedAt - (changedAt % 1000) }])) };
        },
      },
    }),
    caughtBy: ["precision/profile-instants-come-back"],
  },
  {
    name: "a stranger's profile is empty, not null",
    mutate: ({ connector }) => ({
      ...connector,
      profiles: { ...connector.profiles, get: async (request) => (await connector.profiles.get(request)) ?? { subjectRef: request.subjectRef, attributes: {} } },
    }),
    caughtBy: ["existing-only/a-stranger-is-not-held", "existing-only/a-stranger-with-profile-is-not-held", "profile-patch/unknown-person-is-null"],
  },
  {
    name: "a stranger's state is a refusal, not null",
    mutate: ({ connector }) => ({
      ...connector,
      consent: {
        ...connector.consent,
        getState: async (request) =>
          (await connector.consent.getState(request)) ?? {
            purpose: request.purpose, channel: request.channel, decisionId: "", status: "refused", effectiveAt: 0,
            purposeVersion: "", validUntil: null, recipients: null, attributes: null,
          },
      },
    }),
    caughtBy: ["consent-read/keys-are-exact", "consent-read/unknown-person-is-null"],
  },
];
