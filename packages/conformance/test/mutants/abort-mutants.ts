import { ConnectorError } from "@volenti/core/adapter";
import { withLedger, withWrite, type Mutant } from "./mutant.ts";
import { withRejections } from "./with-rejections.ts";

export const ABORT_MUTANTS: readonly Mutant[] = [
  {
    name: "ignores the signal",
    mutate: ({ connector }) =>
      withLedger({
        connector: withWrite({ connector, write: ({ items, heads }, original) => original({ items, heads }) }),
        consult: ({ queries }, original) => original({ queries }),
      }),
    caughtBy: ["cancellation/aborted-before-the-consultation", "cancellation/aborted-before-the-write"],
  },
  {
    name: "looks at the signal once, at the start",
    mutate: ({ connector }) =>
      withLedger({
        connector: withWrite({
          connector,
          write: async ({ items, heads, signal }, original) => {
            signal?.throwIfAborted();
            return original({ items, heads });
          },
        }),
        consult: async ({ queries, signal }, original) => {
          signal?.throwIfAborted();
          return original({ queries });
        },
      }),
    caughtBy: ["cancellation/aborted-while-the-consultation-waits", "cancellation/aborted-while-the-write-waits"],
  },
  {
    name: "wraps an abort in an error of its own",
    mutate: ({ connector }) =>
      withRejections({
        connector,
        handle: ({ error }) => {
          throw ConnectorError.isInstance(error) ? error : new ConnectorError({ code: "timedOut", connectorId: "memory", operation: "intake.write", cause: error });
        },
      }),
    caughtBy: ["cancellation/aborted-before-the-consultation", "cancellation/aborted-before-the-write", "cancellation/aborted-while-the-consultation-waits"],
  },
  {
    name: "looks at the signal after it has applied",
    mutate: ({ connector }) =>
      withLedger({
        connector: withWrite({
          connector,
          write: async ({ items, heads, signal }, original) => {
            const outcomes = await original({ items, heads });
            signal?.throwIfAborted();
            return outcomes;
          },
        }),
        consult: async ({ queries, signal }, original) => {
          const answers = await original({ queries });
          signal?.throwIfAborted();
          return answers;
        },
      }),
    caughtBy: ["cancellation/aborted-before-the-consultation", "cancellation/aborted-before-the-write"],
  },
  {
    name: "takes any signal for an abort",
    mutate: ({ connector }) =>
      withWrite({
        connector,
        write: async (batch, original) => {
          if (batch.signal !== undefined) throw batch.signal.reason ?? new ConnectorError({ code: "timedOut", connectorId: "memory", operation: "intake.write" });
          return original(batch);
        },
      }),
    caughtBy: ["cancellation/aborted-while-the-write-waits", "cancellation/an-idle-signal-changes-nothing"],
  },
];
