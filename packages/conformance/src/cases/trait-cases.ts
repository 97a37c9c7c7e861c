import { CONSENT_STATUSES, endsPermission, IDENTIFIER_KINDS, isGrant } from "@volenti/core/adapter";
import { ensure, ensureEqual } from "../assertions/ensure.ts";
import type { ConformanceCase } from "../conformance-case.ts";

const STRENGTHS = {
  staleWriteGuard: ["atServer", "readThenWrite", "none"],
  profileStaleGuard: ["atServer", "readThenWrite", "none"],
  idempotency: ["byDecisionId", "byNaturalKey", "none"],
  atomicity: ["perSubject", "perRecord"],
  historyDepth: ["everyDecision", "latestOnly"],
  readAfterWrite: ["immediate", "eventual"],
  instantPrecision: ["millisecond", "second", "day"],
} as const;

/** What a trait that is absent says is in the contract. */
const OPTIONAL = {
  profileTies: ["bySubmission", "lastWrite", undefined],
  decisionTies: ["byId", "keepsFirstGrant", undefined],
  statusDetail: ["exact", "meaning", undefined],
} as const;

export const TRAIT_CASES: readonly ConformanceCase[] = [
  {
    id: "traits/are-of-the-contract",
    title: "version, names and every trait are of the contract",
    run: async ({ connector, traits }) => {
      ensureEqual({ actual: connector.specificationVersion, expected: "v1", what: "specificationVersion" });
      ensure({ that: /^[a-z][a-z0-9-]*$/.test(connector.connectorId), otherwise: "connectorId is not in kebab-case" });
      ensure({ that: /^[A-Z]{2}$/.test(connector.region), otherwise: "region is neither a country code nor EU" });
      for (const [name, allowed] of Object.entries(STRENGTHS)) {
        const value = traits[name as keyof typeof STRENGTHS];
        ensure({ that: (allowed as readonly string[]).includes(value), otherwise: `the trait ${name} is ${value}` });
      }
      for (const [name, allowed] of Object.entries(OPTIONAL)) {
        const value = traits[name as keyof typeof OPTIONAL];
        ensure({ that: (allowed as readonly unknown[]).includes(value), otherwise: `the trait ${name} is ${value}` });
      }
      const { preferredBatchSize = 1 } = traits;
      ensure({ that: Number.isSafeInteger(preferredBatchSize) && preferredBatchSize >= 1, otherwise: "preferredBatchSize is no whole number from 1" });
      ensure({ that: Number.isSafeInteger(traits.maxBatchSize) && traits.maxBatchSize >= 1, otherwise: "maxBatchSize is no whole number from 1" });
      ensureList({ name: "representableStatuses", values: traits.representableStatuses, allowed: CONSENT_STATUSES });
      ensureList({ name: "subjectKeys", values: traits.subjectKeys, allowed: IDENTIFIER_KINDS });
      ensure({ that: traits.representableStatuses.some(isGrant), otherwise: "no grant is representable" });
      ensure({ that: traits.representableStatuses.some(endsPermission), otherwise: "no refusal is representable" });
    },
  },
  {
    id: "traits/are-fixed",
    title: "every connector of one system declares the same, before and after its first call",
    run: async ({ connector, make, attachment }) => {
      const fresh = await make();
      const declared = JSON.stringify(fresh.traits);
      ensureEqual({ actual: declared, expected: JSON.stringify(connector.traits), what: "the traits of another connector" });
      fresh.attach(attachment);
      await fresh.checkConnection();
      ensureEqual({ actual: JSON.stringify(fresh.traits), expected: declared, what: "the traits after a call" });
    },
  },
];

function ensureList(request: { name: string; values: readonly string[]; allowed: readonly string[] }): void {
  const { name, values, allowed } = request;
  ensure({ that: values.every((value) => allowed.includes(value)), otherwise: `${name} holds a word that is not of the contract` });
  ensureEqual({ actual: new Set(values).size, expected: values.length, what: `the number of different ${name}` });
}
