import { ConnectorError, type Volenti } from "@volenti/core";
import type { ConsentHistoryFacetV1 } from "@volenti/core/adapter";
import { createChainChecker } from "./chain-checker.ts";
import { checkDecision } from "./check-decision.ts";
import { createHeadChecker } from "./head-checker.ts";
import { listPublicKeys } from "./list-public-keys.ts";
import type { DecisionFinding, DecisionFindingCode, DestinationReport, DestinationRequest } from "./verification-report.ts";

/** Verifies every decision that a destination keeps, as it streams by. Rejects where it could not be read to the end. */
export async function verifyDestination(request: {
  volenti: Volenti;
  destination: DestinationRequest;
}): Promise<DestinationReport> {
  const { volenti, destination } = request;
  const { crypto, controller } = volenti;
  const history = findHistory({ volenti, destinationId: destination.destinationId });
  const publicKeys = destination.publicKeys ?? (await listPublicKeys(volenti.keyring));
  const checkHead = createHeadChecker({ publicKeys, crypto });
  const chains = createChainChecker({ crypto });
  const tally = createTally(destination.onFinding);
  for await (const decision of history.listDecisions({})) {
    const { codes, isFollowed } = await checkDecision({ decision, controllerId: controller.id, crypto, checkHead });
    tally.add({ decisionId: decision.decisionId, codes: [...codes, ...(await chains.check(decision))], isFollowed });
  }
  return tally.report({ destinationId: destination.destinationId, subjects: chains.subjects() });
}

function findHistory(request: { volenti: Volenti; destinationId: string }): ConsentHistoryFacetV1 {
  const connector = request.volenti.destinations.get(request.destinationId);
  if (connector?.consentHistory !== undefined) return connector.consentHistory;
  throw new ConnectorError({
    code: connector === undefined ? "invalidInput" : "unsupported",
    connectorId: connector?.connectorId ?? "governance",
    operation: "verify",
    fieldNames: ["destinationId"],
  });
}

interface Tally {
  add(checked: { decisionId: string; codes: readonly DecisionFindingCode[]; isFollowed: boolean }): void;
  report(about: { destinationId: string; subjects: number }): DestinationReport;
}

function createTally(onFinding: ((finding: DecisionFinding) => void) | undefined): Tally {
  const listed: DecisionFinding[] = [];
  const counted: Partial<Record<DecisionFindingCode, number>> = {};
  let decisions = 0;
  let sound = 0;
  let followedRefusals = 0;
  return {
    add: ({ decisionId, codes, isFollowed }) => {
      decisions += 1;
      if (isFollowed) followedRefusals += 1;
      if (codes.length === 0) sound += 1;
      for (const code of codes) {
        counted[code] = (counted[code] ?? 0) + 1;
        if (onFinding === undefined) listed.push({ code, decisionId });
        else onFinding({ code, decisionId });
      }
    },
    report: ({ destinationId, subjects }) => ({
      destinationId,
      valid: sound === decisions,
      counts: { decisions, sound, subjects, followedRefusals, findings: counted },
      findings: listed,
    }),
  };
}
