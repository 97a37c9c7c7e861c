/** What goes wrong with a call. */
export type Fault =
  /** 503. */
  | { readonly kind: "unavailable"; readonly body?: "json" | "html"; readonly retryAfterInSeconds?: number }
  /** 429 unless told 403. */
  | { readonly kind: "rateLimited"; readonly status?: 403 | 429; readonly retryAfterInSeconds?: number }
  /** 420: the edge knows no route to this host. */
  | { readonly kind: "edgeUnrouted" }
  /** 200 with a page, as a proxy or a maintenance window shows it; nothing is applied. */
  | { readonly kind: "htmlPage" }
  /** The call is applied, its answer cut in the middle. */
  | { readonly kind: "malformedJson" }
  | { readonly kind: "redirect"; readonly to: string }
  /** The connection breaks before anything is applied, or after all is. */
  | { readonly kind: "resetBeforeApply" }
  | { readonly kind: "resetAfterApply" }
  /** No answer until it is released; then the call goes its usual way. Applied first where `isApplied`. */
  | { readonly kind: "stall"; readonly isApplied?: boolean }
  /** 401 INVALID_SESSION_ID, whatever the token. */
  | { readonly kind: "sessionRefused" };

export interface CallPredicate {
  readonly method?: string;
  /** In the path with its query. */
  readonly pathIncludes?: string;
}

export interface FaultRequest {
  readonly fault: Fault;
  /** How many calls it strikes; all until cleared, if absent. */
  readonly times?: number;
  /** Which calls it strikes: those to the data and metadata APIs, if absent; else any that fit, the token endpoint too. */
  readonly when?: CallPredicate;
}

export interface FaultHandle {
  readonly struckCalls: number;
  /** Lets stalled calls go on. */
  release(): void;
  /** Strikes no further call, and releases. */
  clear(): void;
}
