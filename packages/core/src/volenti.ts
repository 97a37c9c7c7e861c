import type { ConnectorV1 } from "./connector/v1/connector-v1.ts";
import type { Anchor } from "./evidence/anchor.ts";
import type { CryptoPort } from "./evidence/crypto-port.ts";
import type { Keyring } from "./evidence/keyring.ts";
import type { Catalogue } from "./model/catalogue.ts";
import type { AttributeDescription } from "./model/standard-attributes.ts";
import type { Identifier, IdentifierKind } from "./model/identifier.ts";
import type { SubmissionResult, WithheldAttribute, Problem } from "./model/submission-result.ts";
import type { RegimesConfiguration } from "./regime/regime-rules.ts";
import type { AttemptLimiter } from "./release/attempt-limiter.ts";
import type { PolicyDecisionPoint } from "./release/policy-decision-point.ts";
import type { ReleasePolicy } from "./release/release-policy.ts";
import type { SubjectNaming } from "./subject-naming.ts";
import type { Clock } from "./support/clock.ts";
import type { ControllerConfiguration, RightsConfiguration } from "./configuration/volenti-configuration.ts";
import type { InformationConfiguration } from "./configuration/information-configuration.ts";
import type { ViewSettings } from "./configuration/resolve-view.ts";
import type { ErasureLog } from "./configuration/erasure-log.ts";

/** Collects what customers gave, and writes it into the destinations of the configuration. Keeps nothing. */
export interface Volenti {
  /**
   * Delivers one submission: resolves when every destination answered or gave up. Never rejects for what the input
   * or a destination did; rejects with the signal's own reason when aborted before anything was sent. Under
   * `batchWindowInMs` it may share a batch with calls that come soon after it. It then rejects when aborted later, too:
   * what was sent goes on for the others, and nobody tells what became of it. Calling again is safe.
   */
  collect(submission: unknown, options?: { signal?: AbortSignal | undefined }): Promise<SubmissionResult>;
  /**
   * Delivers a stream in batches; yields one result per input, in input order. Pulls from the source only while fewer
   * than `concurrency` batches are under way and the consumer keeps up, so memory does not grow with the input.
   * A batch that the source does not fill is sent after `lingerInMs`. When the signal is aborted it stops pulling
   * and retrying, lets the calls under way finish, yields their results, and ends.
   */
  collectMany(
    submissions: AsyncIterable<unknown> | Iterable<unknown>,
    options?: CollectManyOptions,
  ): AsyncGenerator<SubmissionResult, void, undefined>;
  /** What would become of a submission of a person not yet known: route and withheld attributes. Contacts nobody, writes nothing. */
  preview(submission: unknown): Promise<SubmissionPreview>;
  /** Whether each destination can be reached: cheap, and cached for five seconds. Never rejects. */
  health(): Promise<readonly DestinationHealth[]>;
  /** Closes every destination. Batches under way are finished first, and calls that wait for others are sent. */
  close(): Promise<void>;
  [Symbol.asyncDispose](): Promise<void>;
  /** Submissions a batch of a stream holds where its caller names no size. */
  readonly batchSize: number;
  readonly controller: ControllerConfiguration;
  /** How a person is shown, for governance. */
  readonly view: ViewSettings;
  readonly catalogue: Catalogue;
  /** Every attribute that a profile may hold, by dotted name: the standard ones, then the brand's own. */
  readonly attributes: ReadonlyMap<string, AttributeDescription>;
  readonly keyring: Keyring;
  /** Who may be given what. */
  readonly policy: ReleasePolicy;
  /** What is asked beside the policy, and what counts failed scans; each null where the configuration names none. */
  readonly releasePorts: { readonly decisionPoint: PolicyDecisionPoint | null; readonly attemptLimiter: AttemptLimiter | null };
  readonly crypto: CryptoPort;
  /** Where checkpoints are published, in the order of the configuration. */
  readonly anchors: readonly Anchor[];
  readonly clock: Clock;
  /** By destination id, in the order of the configuration; attached. */
  readonly destinations: ReadonlyMap<string, ConnectorV1>;
  /** What laws ask of purposes and notices; null where the configuration does not say. */
  readonly regimes: RegimesConfiguration | null;
  /** What an information notice says beside the purposes. */
  readonly information: InformationConfiguration;
  /** Where data of people of a country goes, in order; empty where the country is not served. */
  routeOf(country: string): readonly RouteStep[];
  /** How requests of data subjects are handled, defaults filled in. */
  readonly rights: RightsSettings;
  /** What is worth saying at start-up: routes without a ledger, countries that a catch-all route does not serve. */
  readonly startupNotes: readonly StartupNote[];
  /** Normalises an identifier as submissions' identifiers are; null when it is not one. */
  normaliseIdentifier(request: { kind: IdentifierKind; value: string }): Identifier | null;
  /**
   * The ref under which a destination holds the person; null when it holds nobody of that identifier. Rejects when it
   * cannot tell, and with `conflict` when several match.
   */
  findSubject(request: { destinationId: string; identifier: Identifier }): Promise<string | null>;
  /** By the residency rules of the configuration; without rules only the country itself is its region. */
  placementOf(request: { country: string; destinationId: string }): Placement;
  /** Of the configuration; null where it names none. */
  readonly erasureLog: ErasureLog | null;
  /** How submissions name their people, for records that were in a system before us. */
  readonly naming: SubjectNaming;
}

/** {@link RightsConfiguration} with its defaults. */
export interface RightsSettings {
  /** Absent: nobody is verified by a function, and whoever runs the command answers for it. */
  readonly verifyIdentity?: RightsConfiguration["verifyIdentity"];
  /** ISO 8601 dates by country; empty where none were configured. */
  readonly holidays: Readonly<Record<string, readonly string[]>>;
  /** IANA name, in which deadlines end; `UTC` unless configured. */
  readonly timeZone: string;
  /** Keys of purposes that count as sensitive data; empty unless configured. */
  readonly sensitivePurposes: readonly string[];
}

/** How a stream is collected. */
export interface CollectManyOptions {
  /** Batches under way at once. Default 2. */
  concurrency?: number | undefined;
  /** Submissions a batch. Default `volenti.batchSize`: the greatest `preferredBatchSize` of the destinations, at least 200, at most 1,000. */
  batchSize?: number | undefined;
  /** How long an unfilled batch waits for the next submission. Default 50. */
  lingerInMs?: number | undefined;
  signal?: AbortSignal | undefined;
  /**
   * `import`: the stream is an earlier list, whose dates prove nothing. Nothing of it reaches anybody who was ever erased,
   * but refusals. Only the caller can say so; no submission says it of itself. Default `submission`.
   */
  origin?: CollectOrigin | undefined;
}

/** Where a stream comes from: an import never lifts a suppression. */
export type CollectOrigin = "submission" | "import";

/** Where a destination lies as seen from a person's country; `mustKeepLocal` where a residency rule wants their record kept there. */
export type Placement = "abroad" | "inRegion" | "mustKeepLocal";

/** What would become of a submission of a person not yet known; nobody was asked. */
export interface SubmissionPreview {
  /** Position in the input, from 1. */
  readonly line: number;
  /** Null where the input has none that is valid. */
  readonly submissionId: string | null;
  /** No destination was asked, so that `wouldDeliver` is about rules alone. */
  readonly outcome: "wouldDeliver" | "rejected";
  /** In the order of writing; empty where it would be rejected for want of a route. */
  readonly route: readonly RouteStep[];
  /** What the route names and the person's country vetoes. */
  readonly excluded: readonly RouteExclusion[];
  /** As for a person of whom nothing stands but what the submission itself decides. */
  readonly withheld: readonly WithheldAttribute[];
  /** Why it would be rejected; empty otherwise. */
  readonly problems: readonly Problem[];
}

/** A destination of a route, in its order, and what it may receive. */
export interface RouteStep {
  /** The destination's key in the configuration. */
  readonly destinationId: string;
  /** `first`: must acknowledge before any other sees a byte. */
  readonly turn: "first" | "then";
  /** Why it may hold the person's data, as codes with the deciding row: `inRegion`, `copyYes:US`, `override:RU`. */
  readonly reasons: readonly string[];
}

/** A destination that a route leaves out for a person, and why. */
export interface RouteExclusion {
  /** The destination's key in the configuration. */
  readonly destinationId: string;
  /** Codes with the deciding row, as those of a step. */
  readonly reasons: readonly string[];
}

/** Whether a destination was reached when it was last checked. */
export interface DestinationHealth {
  /** The destination's key in the configuration. */
  readonly id: string;
  /** Whether `checkConnection` was answered; one that answered may still lack what writing needs. */
  readonly status: "reachable" | "unreachable";
  /** Epoch milliseconds of the check. */
  readonly checkedAt: number;
  /** Why it was not reached, or the first finding of severity `error`; absent where there is neither. */
  readonly code?: string;
}

/** What a configuration loses, said once at the start. */
export interface StartupNote {
  /** In the configuration: `routes[1]`. */
  readonly path: string;
  /** A code of words. */
  readonly code: string;
  /** One sentence for an operator. */
  readonly message: string;
}
