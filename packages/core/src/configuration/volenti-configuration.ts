import type { ConnectorV1 } from "../connector/v1/connector-v1.ts";
import type { Anchor } from "../evidence/anchor.ts";
import type { CryptoPort } from "../evidence/crypto-port.ts";
import type { Keyring } from "../evidence/keyring.ts";
import type { Identifier, IdentifierKind } from "../model/identifier.ts";
import type { LegalBasis, PurposeDemand } from "../model/purpose.ts";
import type { Observe } from "../support/observe.ts";
import type { PurposeKind } from "../regime/purpose-kind.ts";
import type { RegimesConfiguration } from "../regime/regime-rules.ts";
import type { ReleaseConfiguration } from "../release/release-rule.ts";
import type { ResidencyOverride, ResidencyRules } from "../residency/residency-rules.ts";
import type { ErasureLog } from "./erasure-log.ts";
import type { InformationConfiguration } from "./information-configuration.ts";
import type { StandardSchema } from "./standard-schema.ts";

/** What a brand writes in `volenti.config.mts`. Required members have no default; everything else has one. */
export interface VolentiConfiguration {
  controller: ControllerConfiguration;
  /** Several versions of one key may stand; the last is current. */
  purposes: readonly PurposeConfiguration[];
  /** Earlier versions stay listed for as long as submissions may name them. */
  notices: readonly NoticeConfiguration[];
  /** The brand's own attributes, beside the standard ones. Synchronous Standard Schemas. */
  attributes?: Readonly<Record<string, StandardSchema>> | undefined;
  /** The key is the destination's id everywhere. */
  destinations: Readonly<Record<string, ConnectorV1>>;
  /** The first that matches a person's country wins; no match: rejected. */
  routes: readonly RouteConfiguration[];
  /** Vetoes routes; overrides go row by row, each with its reason. `none` says that no rule applies. */
  residency: { rules: ResidencyRules; overrides?: readonly ResidencyOverride[] | undefined } | "none";
  /**
   * What laws ask of purposes and notices (`regimeRules` of `@volenti/jurisdictions`): their demands join those of the
   * purposes. Absent: only the purposes' own demands hold, and `volenti doctor` says what the law would ask beside them.
   */
  regimes?: RegimesConfiguration | undefined;
  /** What an information notice says beside the purposes; read by `volenti notice`. */
  information?: InformationConfiguration | undefined;
  identity?: IdentityConfiguration | undefined;
  /** By the name that submissions give as `collectionPoint`: whose clock stamps there. One that is not listed has a server's. */
  collectionPoints?: Readonly<Record<string, CollectionPointConfiguration>> | undefined;
  retry?: RetryConfiguration | undefined;
  /**
   * How long a lone `collect()` waits for others to share a batch, and so the calls that a destination counts. Default 0:
   * not at all. At most 60 000; a full batch, and `close()`, wait no longer. Streams are not concerned.
   */
  batchWindowInMs?: number | undefined;
  /** Its keys are created by whoever makes the keyring; a key that a store or the lock names and the ring lacks is an error. */
  keys: Keyring;
  /** Where checkpoints over the ledgers are published, outside the stores. Default: nowhere. */
  anchors?: readonly Anchor[] | undefined;
  /** Defaults to the keyring's own, else WebCrypto. */
  crypto?: CryptoPort | undefined;
  /** Called with counts, durations and codes; never with values. Must not throw; what it throws is dropped. */
  observe?: Observe | undefined;
  /** How requests of data subjects are handled; read by `@volenti/governance`. */
  rights?: RightsConfiguration | undefined;
  /** How a person is shown, and to whom; read by `@volenti/governance`. */
  view?: ViewConfiguration | undefined;
  /** Who may be given what: holds for partners, tills and destinations. Without rules nothing is released to the first two. */
  release?: ReleaseConfiguration | undefined;
  /** Outlives every store: what is erased again after the restore of a backup (`fileErasureLog` of `@volenti/node`). */
  erasureLog?: ErasureLog | undefined;
}

/** The brand that answers for the data (GDPR article 4 (7)). */
export interface ControllerConfiguration {
  /** Part of every record and of every keyed digest: never change it. */
  id: string;
  /** As people are told it, in notices and exports. */
  name: string;
  /** ISO 3166-1 alpha-2. */
  country: string;
  /** Where people reach the controller about their data, such as an e-mail address. */
  contact: string;
  /** Absolute. */
  privacyPolicyUrl: string;
  /** Postal, on one line. */
  address?: string | undefined;
  /** Where the controller is established elsewhere (GDPR article 27); `none`: no law asks for one. */
  representative?: { name: string; contact: string } | "none" | undefined;
  /** `none`: no law asks for one. */
  dataProtectionOfficer?: { contact: string } | "none" | undefined;
  /** Whom people complain to, by name. */
  supervisoryAuthority?: string | undefined;
}

/** What people are asked for; a changed meaning is a new version. */
export interface PurposeConfiguration {
  /** Dotted, such as `marketing.email`; the same through all versions. */
  key: string;
  /** Compared as text; no order is read into it. */
  version: string;
  /** What people read, by locale. */
  label: Readonly<Record<string, string>>;
  basis: LegalBasis;
  /** `optIn` permits with a standing grant only; the others until the person refuses. `consent` as the basis asks for `optIn`. */
  mechanism: "optIn" | "optOut" | "noticeOnly";
  /** Absent: the purpose has none, and its state is kept under `*`. */
  channels?: readonly string[] | undefined;
  /** Dotted patterns of what the purpose needs: `email`, `address.*`, `*`. What no permitted purpose needs is not sent. */
  attributes: readonly string[];
  /** Who is given the attributes beside the controller, by name. Absent: nobody. */
  recipients?: readonly string[] | undefined;
  /** ISO 8601 duration that data may be kept, from the person's latest relation to the purpose. Absent: no end by time. */
  retention?: string | undefined;
  /** The same by country or `EU`; the country's own entry comes first. */
  retentionIn?: Readonly<Record<string, string>> | undefined;
  /** ISO 8601 duration that a grant holds from its `occurredAt`. Absent: until it is refused. */
  validity?: string | undefined;
  /** Earlier versions whose grants stay good. Absent: a grant of an earlier version is `unknown`. */
  covers?: readonly string[] | undefined;
  /** By country, `EU` or another region of the residency rules, or `*`; the strictest of all that apply holds. */
  demands?: Readonly<Record<string, PurposeDemand>> | undefined;
  /** What the purpose is for, as laws tell purposes apart. No part of its digest: it may be told at any time. */
  kind?: PurposeKind | undefined;
}

/** What people are shown when they decide; a changed text is a new version. */
export interface NoticeConfiguration {
  /** The same through all versions and locales. */
  id: string;
  /** Compared as text; no order is read into it. */
  version: string;
  /** BCP 47; matched exactly, there is no fallback. */
  locale: string;
  /** What it informs about: `key@version`, or `key` for the first version of the key that the configuration lists. */
  purposes: readonly string[];
  /** Whether it is apart from any other matter, as some laws ask. Default false. */
  standalone?: boolean | undefined;
  /** The short text beside the box. */
  firstLayer: string;
  /** Either the text, or (where the configuration is loaded from a file) the file that holds it. */
  text?: string | undefined;
  /** From the folder of the configuration; UTF-8. */
  file?: string | undefined;
  /** Of the privacy policy that it points to, absolute. */
  policyUrl: string;
}

/** Where submissions of some countries go. The first that matches counts; without one a submission is rejected. */
export interface RouteConfiguration {
  /** ISO 3166-1 alpha-2 codes, or regions of the residency rules such as `EU`; absent: every country. */
  countries?: readonly string[] | undefined;
  /** Keys of destinations, in the order in which they are written; what must be local comes first whatever the order says. */
  to: readonly string[];
  /** Says that it is enough to keep what stands, where no destination of the route keeps every decision. */
  history?: "latestOnly" | undefined;
}

/** How people are named and told apart. */
export interface IdentityConfiguration {
  /** The first identifier of a submission in this order that is known names the person. Kinds left out come last. */
  precedence?: readonly IdentifierKind[] | undefined;
  /** Whether `Ines@example.com` and `ines@example.com` are two mailboxes. Default `insensitive`: they are one. */
  emailLocalPart?: "insensitive" | "exact" | undefined;
}

/** How the values of several destinations are merged for a view. */
export interface ViewConfiguration {
  /**
   * By pattern of attributes (`email`, `address.*`, `*`): the destinations whose value is shown, the first of them that has
   * one. The narrowest pattern that fits counts. Where none of them has a value, and without a pattern, the value that
   * changed last is shown. Values that differ are a conflict all the same.
   */
  precedence?: Readonly<Record<string, readonly string[]>> | undefined;
  /** Whether whoever looks at a person has to say why. Default false. */
  reasonRequired?: boolean | undefined;
}

/** A place where submissions are made: a form, a till, a queue. */
export interface CollectionPointConfiguration {
  /** `device`: its `occurredAt` is a device's clock, so that `receivedAt` is required. Default `server`. */
  clock: "device" | "server";
}

/** How long and how often a call that failed is made again; core alone does it. */
export interface RetryConfiguration {
  /** Calls a batch and destination, the first included. Default 5. */
  maxAttempts?: number | undefined;
  /** Full jitter below it, doubled each time. Default 200. */
  baseDelayInMs?: number | undefined;
  /** Default 20 000. */
  maxDelayInMs?: number | undefined;
  /** From the first call to the last, waiting included. Default 60 000. */
  totalBudgetInMs?: number | undefined;
}

/** How requests of data subjects are handled. */
export interface RightsConfiguration {
  /**
   * Asks the brand's own means whether whoever asks is the person. Without it the operator vouches, and is recorded as
   * having done so. What it throws, and any answer but `verified: true`, is no verification.
   */
  verifyIdentity?: ((request: IdentityQuestion) => Promise<{ verified: boolean; method: string }>) | undefined;
  /** Days on which nobody works, `YYYY-MM-DD`, by country (ISO 3166-1 alpha-2). Default: weekends alone. */
  holidays?: Readonly<Record<string, readonly string[]>> | undefined;
  /** IANA name of the zone in which days of a period are counted, such as `Europe/Paris`. Default `UTC`. */
  timeZone?: string | undefined;
  /** Keys of the purposes that use sensitive data: what a person means who asks to limit it. Default none. */
  sensitivePurposes?: readonly string[] | undefined;
}

/** Who is asking for what, as `verifyIdentity` is told. */
export interface IdentityQuestion {
  /** UUID. */
  readonly requestId: string;
  /** `access`, `erase`, … */
  readonly kind: string;
  /** How the request arrived; `store`: given to staff, `protocol`: by the Data Rights Protocol or the like. */
  readonly via: "self" | "agent" | "store" | "protocol";
  /** RFC 3339 UTC. */
  readonly receivedAt: string;
  /** How the person was named, in its one form. Not to be kept. */
  readonly identifier: Identifier;
}

/** Types a configuration; returns it as it is. */
export function defineConfig(configuration: VolentiConfiguration): VolentiConfiguration {
  return configuration;
}
