import type { Notice } from "./notice.ts";
import type { Purpose } from "./purpose.ts";

/** A purpose of the configuration with the digest of its meaning. */
export interface CataloguedPurpose extends Purpose {
  /** SHA-256 of the RFC 8785 form of the purpose, hexadecimal. */
  readonly sha256: string;
  /** Whether this is the version that decisions name now: the last of its key in the configuration. */
  readonly current: boolean;
}

/** A notice of the configuration with the digest of its text. */
export interface CataloguedNotice extends Notice {
  /** SHA-256 of the RFC 8785 form of the notice, hexadecimal. */
  readonly sha256: string;
}

/** Every purpose and notice of the configuration, with digests. */
export interface Catalogue {
  /** Every version, in the order of the configuration: of one key, the last is current. */
  readonly purposes: readonly CataloguedPurpose[];
  /** Every version and locale, in the order of the configuration. */
  readonly notices: readonly CataloguedNotice[];
}
