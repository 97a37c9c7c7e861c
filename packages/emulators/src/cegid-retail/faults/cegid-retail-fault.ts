/** What goes wrong with a call. Unless it says so, the call is applied to nothing. */
export type CegidRetailFault =
  /** 401 with a page, whatever the credentials. */
  | { readonly kind: "unauthorized" }
  | { readonly kind: "forbidden" }
  /** 500 unless told, with a page or without a body. */
  | { readonly kind: "serverError"; readonly status?: 500 | 502 | 503; readonly body?: "html" | "none" }
  /**
   * 500, or 200 where `isInside`, with a fault: of the captured shape with this code in the deepest exception, or where
   * it is null with the worker's failure alone; or without any detail, as WCF's own.
   */
  | { readonly kind: "soapFault"; readonly code?: string | null; readonly text?: string; readonly isInside?: boolean; readonly isPlain?: boolean }
  /** 200 with the page on which people log in. */
  | { readonly kind: "loginPage" }
  | { readonly kind: "emptyBody" }
  /** The call waits so long, then goes its usual way. */
  | { readonly kind: "slow"; readonly delayInMs: number }
  /** No answer until it is released; then the call goes its usual way. Applied first where `isApplied`. */
  | { readonly kind: "stall"; readonly isApplied?: boolean }
  /** The connection breaks before anything is applied, or after all is. */
  | { readonly kind: "resetBeforeApply" }
  | { readonly kind: "resetAfterApply" }
  /** The call is applied, its answer with tags that do not match, or cut in the middle. */
  | { readonly kind: "malformedXml" }
  | { readonly kind: "truncated" }
  /** Applied, its answer behind a DOCTYPE whose entities grow without end. */
  | { readonly kind: "doctypeBomb" }
  /** Applied, its answer under other prefixes and with members that nobody has heard of. */
  | { readonly kind: "prefixedAnswer" }
  /** Applied; every list of the answer keeps its first element alone. */
  | { readonly kind: "singleElementArrays" }
  /** A search finds customers that were not asked for: before those that were, or instead of them. */
  | { readonly kind: "strangers"; readonly areAlone?: boolean }
  /** Applied as usual; something happens at the till just before, or just after. */
  | { readonly kind: "meanwhile"; readonly before?: () => void; readonly after?: () => void };

export interface CegidRetailFaultRequest {
  readonly fault: CegidRetailFault;
  /** How many calls it strikes; all until cleared, if absent. */
  readonly times?: number;
  /** Which calls it strikes: those to the operations, as `calls` names them; all, if absent. */
  readonly when?: { readonly operations: readonly string[] };
}

export interface CegidRetailFaultHandle {
  readonly struckCalls: number;
  /** Lets stalled calls go on. */
  release(): void;
  /** Strikes no further call, and releases. */
  clear(): void;
}

/** What can be made to go wrong. Faults strike in the order in which they were posted, one a call. */
export interface CegidRetailFaults {
  strike(request: CegidRetailFaultRequest): CegidRetailFaultHandle;
  /** Cookies given out so far meet 401; credentials are good. */
  expireSessions(): void;
  /** All back to normal. */
  clear(): void;
}
