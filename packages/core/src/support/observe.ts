/** Receives what happened: counts, durations and codes, never values. */
export type Observe = (event: ObservedEvent) => void;

/** What the `observe` port is told: counts, durations and codes. */
export type ObservedEvent =
  | { readonly name: "batchCollected"; readonly submissions: number; readonly rejected: number; readonly durationInMs: number }
  | { readonly name: "ledgerConsulted"; readonly destinationId: string; readonly queries: number; readonly durationInMs: number; readonly code?: string }
  | { readonly name: "batchWritten"; readonly destinationId: string; readonly items: number; readonly failed: number; readonly attempts: number; readonly durationInMs: number; readonly code?: string }
  | { readonly name: "callRetried"; readonly destinationId: string; readonly operation: string; readonly code: string; readonly delayInMs: number };
