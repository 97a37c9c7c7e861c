import { availableParallelism } from "node:os";
import { parseArgs } from "node:util";
import { CRM_KINDS, type CrmKind } from "./world/crm.ts";
import { LEDGER_IDS, type LedgerId } from "./world/ledger-id.ts";
import type { DrawnCrash } from "./scenario/scenario.ts";

export interface SimulateArguments {
  readonly seed: number;
  readonly runs: number;
  readonly threads: number;
  readonly isTraced: boolean;
  readonly isCrashingEverywhere: boolean;
  readonly omitted: ReadonlySet<number>;
  readonly crm: CrmKind | undefined;
  readonly store: LedgerId | null | undefined;
  readonly crashes: readonly (DrawnCrash | null)[] | undefined;
}

export const USAGE = `usage: npm run simulate -- [--seed N] [--runs M] [--threads T] [--crm KIND] [--store LEDGER] [--crash-everywhere] [--trace [--omit 1,2] [--crash 7-|7+]]
  --seed N             the first seed; seeds count on from it (default: 1)
  --runs M             how many seeds (default: 1000)
  --crm KIND           memory, salesforce or cegid-retail, in every run (default: what the seed draws)
  --store LEDGER       ru, eu or none: which ledger is a regional store on an embedded PostgreSQL, in every run (default: what the seed draws)
  --crash-everywhere   each seed once for every exchange with a system, the first writer dying before and after it
  --trace              prints what happened in the one run of --seed; --omit leaves submissions out, --crash says where it dies
`;

/** Null where they make no sense. */
export function readArguments(programArguments: readonly string[]): SimulateArguments | null {
  try {
    const options = {
      seed: { type: "string", default: "1" },
      runs: { type: "string", default: "1000" },
      threads: { type: "string", default: String(availableParallelism()) },
      trace: { type: "boolean", default: false },
      "crash-everywhere": { type: "boolean", default: false },
      omit: { type: "string", default: "" },
      crash: { type: "string" },
      crm: { type: "string" },
      store: { type: "string" },
    } as const;
    const { values } = parseArgs({ args: [...programArguments], options, strict: true });
    const [seed, runs, threads] = [values.seed, values.runs, values.threads].map(Number);
    const omitted = new Set(values.omit.split(",").filter((text) => text !== "").map(Number));
    const crash = values.crash === undefined ? undefined : readCrash(values.crash);
    if (![seed, runs, threads, ...omitted].every((value) => Number.isSafeInteger(value) && (value ?? -1) >= 0) || crash === null) return null;
    const crm = CRM_KINDS.find((kind) => kind === values.crm);
    const store = values.store === "none" ? null : LEDGER_IDS.find((id) => id === values.store);
    if ((values.crm !== undefined && crm === undefined) || (values.store !== undefined && store === undefined)) return null;
    return {
      seed: seed ?? 1,
      runs: runs ?? 1,
      threads: threads ?? 1,
      isTraced: values.trace,
      isCrashingEverywhere: values["crash-everywhere"],
      omitted,
      crm,
      store,
      crashes: crash === undefined ? undefined : [crash],
    };
  } catch {
    return null;
  }
}

function readCrash(text: string): DrawnCrash | null {
  const match = /^(\d+)([+-])$/.exec(text);
  return match === null ? null : { at: Number(match[1]), isSent: match[2] === "+" };
}
