import type { CheckpointsFacetV1, StoredCheckpointV1 } from "@volenti/core/adapter";
import type { StoreParts } from "../store-parts.ts";
import { readPages } from "../transport/read-pages.ts";
import { STATEMENTS } from "../transport/statements.ts";
import type { StoreCall } from "../transport/store-sessions.ts";

type LogRow = readonly [index: number, decisionId: string, hash: string, rowHash: string | null];
type CheckpointRow = readonly [size: number, root: string, jws: string, peaks: string];

/** The log over `volenti.log_entry`, and its checkpoints. Writes as the writer, reads as the auditor. */
export function createCheckpoints(request: { parts: () => StoreParts }): CheckpointsFacetV1 {
  return { ...createWrites(request), ...createReads(request) };
}

function createWrites(request: { parts: () => StoreParts }): Pick<CheckpointsFacetV1, "appendToLog" | "saveCheckpoint"> {
  const run = <Result>(call: Omit<StoreCall, "role">): Promise<Result> =>
    request.parts().sessions.run({ ...call, role: "writer" }) as Promise<Result>;
  return {
    // Asking again finds what is left, and answers the same size: a lost answer is no unknown outcome.
    appendToLog: ({ limit, signal }) =>
      run({ operation: "checkpoints.appendToLog", statement: STATEMENTS.appendToLog, parameters: [limit], effect: "read", signal }),
    saveCheckpoint: ({ checkpoint, previousSize }) =>
      run({
        operation: "checkpoints.saveCheckpoint",
        statement: STATEMENTS.saveCheckpoint,
        parameters: [previousSize, checkpoint.size, `\\x${checkpoint.root}`, checkpoint.jws, `\\x${checkpoint.peaks}`],
        effect: "write",
      }),
  };
}

function createReads(request: { parts: () => StoreParts }): Omit<CheckpointsFacetV1, "appendToLog" | "saveCheckpoint"> {
  const read = <Result>(call: Pick<StoreCall, "operation" | "statement" | "parameters">): Promise<Result> =>
    request.parts().sessions.run({ ...call, role: "auditor", effect: "read" }) as Promise<Result>;
  return {
    listLog: async function* ({ from, until }) {
      const operation = "checkpoints.listLog";
      const rows = readPages<LogRow>({
        operation,
        read: (last) => read({ operation, statement: STATEMENTS.listLog, parameters: [last?.[0] ?? from - 1, until ?? null] }),
      });
      for await (const [index, decisionId, hash, rowHash] of rows) yield { index, decisionId, hash, rowHash };
    },
    findInLog: ({ decisionId }) => read({ operation: "checkpoints.findInLog", statement: STATEMENTS.findInLog, parameters: [decisionId] }),
    findCheckpoint: async ({ atMost }) => {
      const operation = "checkpoints.findCheckpoint";
      const row: CheckpointRow | null = await read({ operation, statement: STATEMENTS.findCheckpoint, parameters: [atMost ?? null] });
      return row === null ? null : toCheckpoint(row);
    },
    listCheckpoints: async function* () {
      const operation = "checkpoints.listCheckpoints";
      const rows = readPages<CheckpointRow>({ operation, read: (last) => read({ operation, statement: STATEMENTS.listCheckpoints, parameters: [last?.[0] ?? -1] }) });
      for await (const row of rows) yield toCheckpoint(row);
    },
  };
}

function toCheckpoint([size, root, jws, peaks]: CheckpointRow): StoredCheckpointV1 {
  return { size, root, jws, peaks };
}
