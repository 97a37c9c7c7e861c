import type { CegidRetailFault, CegidRetailFaultHandle, CegidRetailFaultRequest } from "./cegid-retail-fault.ts";

/** A fault that strikes one call. */
export interface Struck {
  readonly fault: CegidRetailFault;
  /** Of stalls: settles when the call is released. */
  readonly released: Promise<void>;
}

export interface FaultBoard {
  strike(request: CegidRetailFaultRequest): CegidRetailFaultHandle;
  /** The first fault that concerns the call, counted as struck; null where none does. */
  take(operation: string): Struck | null;
  clear(): void;
}

interface Posted {
  readonly request: CegidRetailFaultRequest;
  readonly handle: CegidRetailFaultHandle;
  readonly released: Promise<void>;
  left: number;
  struckCalls: number;
}

export function createFaultBoard(): FaultBoard {
  const board = new Set<Posted>();
  return {
    strike(request) {
      const { promise, resolve } = Promise.withResolvers<void>();
      const handle: CegidRetailFaultHandle = {
        get struckCalls() {
          return posted.struckCalls;
        },
        release: () => resolve(),
        clear() {
          board.delete(posted);
          resolve();
        },
      };
      const posted: Posted = { request, handle, released: promise, left: request.times ?? Number.POSITIVE_INFINITY, struckCalls: 0 };
      board.add(posted);
      return handle;
    },
    take(operation) {
      for (const posted of board) {
        if (posted.left <= 0 || posted.request.when?.operations.includes(operation) === false) continue;
        posted.left -= 1;
        posted.struckCalls += 1;
        return { fault: posted.request.fault, released: posted.released };
      }
      return null;
    },
    clear() {
      for (const { handle } of board) handle.clear();
    },
  };
}
