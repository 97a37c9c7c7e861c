import type { Fault, FaultHandle, FaultRequest } from "./fault.ts";

/** A fault that strikes one call. */
export interface Struck {
  readonly fault: Fault;
  /** Of stalls: settles when the call is released. */
  readonly released: Promise<void>;
}

export interface FaultBoard {
  strike(request: FaultRequest): FaultHandle;
  /** The first fault that concerns the call, counted as struck; null where none does. */
  take(call: { method: string; path: string; isApiCall: boolean }): Struck | null;
  clear(): void;
}

interface Posted {
  readonly request: FaultRequest;
  readonly handle: FaultHandle;
  readonly released: Promise<void>;
  left: number;
  struckCalls: number;
}

export function createFaultBoard(): FaultBoard {
  const board = new Set<Posted>();
  return {
    strike(request) {
      const { promise, resolve } = Promise.withResolvers<void>();
      const posted: Posted = {
        request,
        released: promise,
        left: request.times ?? Number.POSITIVE_INFINITY,
        struckCalls: 0,
        handle: {
          get struckCalls() {
            return posted.struckCalls;
          },
          release: () => resolve(),
          clear() {
            board.delete(posted);
            resolve();
          },
        },
      };
      board.add(posted);
      return posted.handle;
    },
    take(call) {
      for (const posted of board) {
        if (posted.left <= 0 || !concerns({ request: posted.request, call })) continue;
        posted.left -= 1;
        posted.struckCalls += 1;
        return { fault: posted.request.fault, released: posted.released };
      }
      return null;
    },
    clear() {
      for (const posted of board) posted.handle.clear();
    },
  };
}

function concerns(request: { request: FaultRequest; call: { method: string; path: string; isApiCall: boolean } }): boolean {
  const { request: { when }, call } = request;
  if (when === undefined) return call.isApiCall;
  if (when.method !== undefined && when.method.toUpperCase() !== call.method.toUpperCase()) return false;
  return when.pathIncludes === undefined || call.path.includes(when.pathIncludes);
}
