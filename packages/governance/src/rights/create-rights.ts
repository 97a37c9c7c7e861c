import type { Volenti } from "@volenti/core";
import { applyAction, type RightsAction } from "./apply-action.ts";
import { changeKept, loadRequest, type WhichRequest } from "./keep/kept-request.ts";
import { listCustodians, listFromLedgers } from "./keep/ledger-keeper.ts";
import { sealRightsRequest, unsealRightsRequest, type SealProblem } from "./keep/sealed-request.ts";
import { openRequest, type OpeningRequest } from "./open-request.ts";
import { toAnswer, type RightsAnswer } from "./rights-answer.ts";
import { toProblem } from "./rights-problem.ts";
import type { RightsRequest } from "./rights-request.ts";
import { runRequest, type RunningRequest } from "./run-request.ts";

/**
 * What people ask for by law, over every destination. A request is kept by a ledger where the configuration has one with
 * `custody`; else it is the caller's, who seals it (`keptIn` null). Answers are typed; only what keeps requests rejects,
 * with a `ConnectorError`, when it cannot be reached: what was done is then found by the next run.
 */
export interface Rights {
  /** Opens a request with its date. Reads refs of the person alone. Rejects with `invalidInput` for a malformed identifier. */
  open(request: OpeningRequest): Promise<RightsAnswer>;
  /** Goes on with the person's open request of the same kind, or opens one, and answers it: one call for a whole request. */
  ask(request: OpeningRequest & Pick<RunningRequest, "profile" | "erasureLog">): Promise<RightsAnswer>;
  /** Answers a request that was opened. Safe to run again. Rejects also where `handOver` does. */
  run(request: RunningRequest & WhichRequest): Promise<RightsAnswer>;
  /** Verifies, pauses, extends, denies, …: touches nobody's data. */
  change(request: RightsAction & { actor: string } & WhichRequest): Promise<RightsAnswer>;
  /** Null where no ledger keeps it. */
  get(request: { requestId: string }): Promise<RightsAnswer | null>;
  /** Of all ledgers, by due date, those without one last; `isEverything`: ended ones too. Null where no ledger keeps requests. */
  list(request?: { isEverything?: boolean | undefined }): Promise<readonly RightsRequest[] | null>;
  /** A request as text for the caller to keep. */
  seal(request: { rightsRequest: RightsRequest }): Promise<string>;
  /** The request of a sealed text, or why it is not believed. */
  unseal(request: { text: string }): Promise<RightsRequest | SealProblem>;
}

export function createRights(volenti: Volenti): Rights {
  return {
    open: async (opening) => {
      const kept = await openRequest({ volenti, opening, isContinued: false });
      if ("code" in kept) return toAnswer({ problem: kept });
      return toAnswer({ request: kept.rightsRequest, keptIn: kept.custodian?.id ?? null });
    },
    ask: async ({ profile, erasureLog, ...opening }) => {
      const kept = await openRequest({ volenti, opening, isContinued: true, erasureLog });
      if ("code" in kept) return toAnswer({ problem: kept });
      return runRequest({ volenti, kept, actor: opening.actor, identifier: opening.identifier, profile, erasureLog });
    },
    run: async (request) => {
      const kept = await loadRequest({ volenti, which: request });
      return kept === null ? toAnswer({ problem: toProblem("unknownRequest") }) : runRequest({ volenti, kept, ...request });
    },
    change: (request) => changeByAction({ volenti, request }),
    get: async (request) => {
      const kept = await loadRequest({ volenti, which: request });
      return kept === null ? null : toAnswer({ request: kept.rightsRequest, keptIn: kept.custodian?.id ?? null });
    },
    list: async ({ isEverything = false } = {}) => {
      const custodians = listCustodians(volenti);
      return custodians.length === 0 ? null : listFromLedgers({ custodians, isEverything });
    },
    seal: ({ rightsRequest }) => sealRightsRequest({ volenti, rightsRequest }),
    unseal: ({ text }) => unsealRightsRequest({ volenti, text }),
  };
}

async function changeByAction(parts: {
  volenti: Volenti;
  request: RightsAction & { actor: string } & WhichRequest;
}): Promise<RightsAnswer> {
  const { volenti, request } = parts;
  const loaded = await loadRequest({ volenti, which: request });
  if (loaded === null) return toAnswer({ problem: toProblem("unknownRequest") });
  const { actor } = request;
  const now = volenti.clock.now();
  const change = (rightsRequest: RightsRequest) => applyAction({ rightsRequest, action: request, actor, now, settings: volenti.rights });
  const { kept, problem } = await changeKept({ volenti, kept: loaded, change });
  return toAnswer({ request: kept.rightsRequest, keptIn: kept.custodian?.id ?? null, problem });
}
