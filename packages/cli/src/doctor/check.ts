import type { RegimeFinding } from "@volenti/governance";

/** One line of `volenti doctor`. */
export interface Check {
  readonly status: "ok" | "warning" | "error";
  /** `configuration`, `regimes`, `lock`, `keys`, `clock`, or a destination's id. */
  readonly subject: string;
  /** For programs. */
  readonly code: string;
  /** For people: what it means, and what to do. */
  readonly message: string;
  /** For an error: whether a person has to put something right, or something may come back by itself. */
  readonly kind?: "misconfigured" | "unreachable";
  /** For `regimes`: which law asks what of what, with the row's source; printed for programs. */
  readonly finding?: RegimeFinding;
}
