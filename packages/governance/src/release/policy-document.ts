import * as z from "zod";
import { ConfigurationError, resolveRelease, type PolicySource, type ReleasePolicy, type ReleaseWorld } from "@volenti/core";
import { parseShape } from "@volenti/core/adapter";

const DOCUMENT_SCHEMA = "volenti-policy-export-1";

/** A policy with all that its rules speak of: what is compared, and what may be kept beside a pull request. Holds no secret. */
export interface PolicyDocument {
  /** Names the form, so that a later one is refused and not misread. */
  readonly schema: typeof DOCUMENT_SCHEMA;
  /** SHA-256 of the policy's canonical form, hexadecimal: which rules answered. */
  readonly policyHash: string;
  /** Sorted by id. */
  readonly rules: PolicySource["rules"];
  /** By name: where each has its data. */
  readonly recipients: PolicySource["recipients"];
  /** What the rules know of each purpose, current versions. */
  readonly purposes: readonly WorldPurpose[];
  /** By dotted name: category and sensitivity. */
  readonly attributes: Readonly<Record<string, WorldAttribute>>;
  /** By their keys in the configuration. */
  readonly destinations: Readonly<Record<string, { readonly region: string }>>;
  /** Groups of countries by name, such as `EU`. */
  readonly regions: ReleaseWorld["regions"];
}

type WorldPurpose = ReleaseWorld["purposes"] extends ReadonlyMap<string, infer Purpose> ? Purpose : never;
type WorldAttribute = ReleaseWorld["attributes"] extends ReadonlyMap<string, infer Attribute> ? Attribute : never;

const texts = z.array(z.string());
/** What is read of a document here; its rules are checked as those of a configuration are. */
const documentSchema = z.looseObject({
  schema: z.literal(DOCUMENT_SCHEMA),
  purposes: z.array(z.looseObject({ key: z.string(), mechanism: z.enum(["optIn", "optOut", "noticeOnly"]), channels: texts, attributes: texts, recipients: texts })),
  attributes: z.record(z.string(), z.looseObject({ category: z.string(), sensitivity: z.string() })),
  destinations: z.record(z.string(), z.looseObject({ region: z.string() })),
  regions: z.record(z.string(), texts),
  recipients: z.looseObject({}),
});

/** The policy as a document that can be kept, compared and read back. */
export function toPolicyDocument({ hash, source, world }: ReleasePolicy): PolicyDocument {
  return {
    schema: DOCUMENT_SCHEMA,
    policyHash: hash,
    rules: source.rules,
    recipients: source.recipients,
    purposes: [...world.purposes.values()],
    attributes: Object.fromEntries(world.attributes),
    destinations: Object.fromEntries([...world.destinations].map(([id, { region }]) => [id, { region }])),
    regions: world.regions,
  };
}

/**
 * A policy out of its document, without the residency rules, which are no part of it: enough to compare. Throws a
 * `ConfigurationError`; also where the hash is not that of the rules.
 */
export function fromPolicyDocument(document: unknown): ReleasePolicy {
  if (!isDocument(document)) throw new ConfigurationError([{ path: "schema", code: "notAPolicyDocument" }]);
  const world: ReleaseWorld = {
    purposes: new Map(document.purposes.map((purpose) => [purpose.key, purpose])),
    attributes: new Map(Object.entries(document.attributes)),
    destinations: new Map(Object.entries(document.destinations)),
    residency: null,
    regions: document.regions,
  };
  const { policy, problems } = resolveRelease({ release: { rules: document.rules, recipients: document.recipients }, world });
  if (problems.length > 0) throw new ConfigurationError(problems);
  if (policy.hash !== document.policyHash) throw new ConfigurationError([{ path: "policyHash", code: "hashMismatch" }]);
  return policy;
}

function isDocument(value: unknown): value is PolicyDocument {
  return parseShape({ schema: documentSchema, value }).success;
}
