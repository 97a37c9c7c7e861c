import type { AgeBand, JsonValue } from "@volenti/core/adapter";
import type { ReleaseEffect, ReleaseMask } from "@volenti/core";
import type { AccessLogging } from "../access/record-access.ts";
import type { PersonRequest } from "../support/person-request.ts";

/** What a recipient asks for, of whom and for which purpose. */
export interface ReleaseRequest extends PersonRequest {
  /** `ad-partner`, `crm`, `till:paris`; see the guide. */
  readonly recipient: string;
  /** Absent: for any purpose that permits it. */
  readonly purpose?: string | undefined;
  /** Where the person is, where the caller knows it better than the record: `FR`, `US-CA`. */
  readonly jurisdiction?: string | undefined;
  readonly ageBand?: AgeBand | undefined;
}

/** What a recipient may be given of one person now. */
export interface ReleaseReport {
  /** RFC 3339 UTC. */
  readonly readAt: string;
  /** `partner:NAME`, `destination:ID` or `till:STORE`. */
  readonly recipient: string;
  /** Key of the purpose that was asked for; null: every purpose. */
  readonly purpose: string | null;
  /** SHA-256 of the policy's canonical form, hexadecimal: which rules answered. */
  readonly policyHash: string;
  /** Whether anything at all is given. */
  readonly given: boolean;
  /** False where something could not be read: nothing is given then. */
  readonly complete: boolean;
  /** Whether anybody is known by the identifier; null for a till, which is never told. */
  readonly found: boolean | null;
  /** Whether several people match; null for a till. */
  readonly conflict: boolean | null;
  /** Destinations that hold somebody of that identifier who bears no ref of ours: nothing is given before they are linked. Null for a till. */
  readonly unlinked: readonly string[] | null;
  /**
   * Sorted by name: what is held of the person. For a till always all that the policy could give there, and every denial
   * looks the same, so that an unknown token, a malformed one and a refusal cannot be told apart.
   */
  readonly attributes: readonly ReleasedAttribute[];
  /** Null for a till. */
  readonly accessLog: AccessLogging | null;
}

/** What a recipient may see of one attribute, with reasons. */
export interface ReleasedAttribute {
  /** Dotted name. */
  readonly attribute: string;
  readonly effect: ReleaseEffect;
  /** Null unless the effect is `mask`. */
  readonly mask: ReleaseMask | null;
  /** Null where it is denied. */
  readonly value: JsonValue;
  /** The purposes for which it is given; empty where it is denied. */
  readonly purposes: readonly string[];
  /** Why, as codes. */
  readonly reasons: readonly string[];
  /** The rules that decided, sorted. */
  readonly ruleIds: readonly string[];
  /** SHA-256 of the policy's canonical form, hexadecimal: which rules answered. */
  readonly policyHash: string;
}
