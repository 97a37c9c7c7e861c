import type { OAuthSetup } from "../oauth/oauth-setup.ts";
import type { Org } from "../store/org.ts";
import type { CallCounter } from "../rest/call-counter.ts";
import type { FaultBoard } from "./fault-board.ts";
import type { FaultHandle, FaultRequest } from "./fault.ts";

/** What can be made to go wrong. Faults of calls strike in the order in which they were posted. */
export interface SalesforceFaults {
  strike(request: FaultRequest): FaultHandle;
  /** The next so many chunks (at most 200 rows) of writes to the object meet UNABLE_TO_LOCK_ROW, every row of them. */
  lockRows(request: { objectName: string; times: number }): void;
  /** Refuses every row that has or names the value, such as an external id; as INSUFFICIENT_ACCESS_ON_CROSS_REFERENCE_ENTITY unless told. */
  refuseKey(request: { value: string; statusCode?: string; message?: string }): void;
  /** New rows meet STORAGE_LIMIT_EXCEEDED while it is full. */
  setStorageFull(isFull: boolean): void;
  /** Tokens given out so far meet 401; new ones are good. */
  expireSessions(): void;
  /** While refused, every token meets 401. */
  setSessionsRefused(areRefused: boolean): void;
  /** Calls beyond it meet 403 REQUEST_LIMIT_EXCEEDED. */
  setDailyLimit(calls: number): void;
  /** What the token endpoint says of where to call; null: where it was called itself. */
  setInstanceUrl(url: string | null): void;
  /** All back to normal, the daily limit excepted. */
  clear(): void;
}

export function createSalesforceFaults(request: { org: Org; oauth: OAuthSetup; board: FaultBoard; counter: CallCounter }): SalesforceFaults {
  const { org, oauth, board, counter } = request;
  const { disturbances } = org;
  return {
    strike: (fault) => board.strike(fault),
    lockRows: ({ objectName, times }) => void disturbances.locks.set(objectName, times),
    refuseKey({ value, statusCode = "INSUFFICIENT_ACCESS_ON_CROSS_REFERENCE_ENTITY", message = "insufficient access rights on cross-reference id" }) {
      disturbances.refusedKeys.set(value.toLowerCase(), { statusCode, message });
    },
    setStorageFull: (isFull) => void (disturbances.isStorageFull = isFull),
    expireSessions: () => oauth.sessions.expireAll(),
    setSessionsRefused: (areRefused) => void (oauth.sessions.areRefused = areRefused),
    setDailyLimit: (calls) => void (counter.limit = calls),
    setInstanceUrl: (url) => void (oauth.instanceUrl = url),
    clear() {
      board.clear();
      disturbances.locks.clear();
      disturbances.refusedKeys.clear();
      disturbances.isStorageFull = false;
      oauth.sessions.areRefused = false;
      oauth.instanceUrl = null;
    },
  };
}
