/** How the system can be made to fail, to rehearse what a real one does one day. */
export type MemoryFailure =
  | { readonly kind: "unavailable" | "dropBeforeApply" | "dropAfterApply" | "expiredSession" | "malformed" | "stalled" }
  /** `notBefore`: the epoch milliseconds that the refusal names. */
  | { readonly kind: "rateLimited"; readonly notBefore: number }
  | { readonly kind: "refuseSubject"; readonly subjectRef: string };

export type MemoryFailureCode =
  | "CONNECTION_REFUSED"
  | "CONNECTION_LOST"
  | "SESSION_EXPIRED"
  | "MALFORMED_ANSWER"
  | "RATE_LIMITED"
  | "ROW_REFUSED";

/** What the system throws. Its message quotes the call, as databases and CRMs do: nothing of it may reach a caller. */
export class MemorySystemError extends Error {
  readonly code: MemoryFailureCode;
  readonly notBefore: number | undefined;

  constructor(options: { code: MemoryFailureCode; about: unknown; notBefore?: number | undefined }) {
    super(`${options.code}: ${JSON.stringify(options.about)}`);
    this.name = "MemorySystemError";
    this.code = options.code;
    this.notBefore = options.notBefore;
  }
}
