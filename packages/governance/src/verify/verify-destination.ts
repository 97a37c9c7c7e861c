import { ConnectorError, type Volenti } from "@volenti/core";
import type { ConnectorV1, ConsentHistoryFacetV1 } from "@volenti/core/adapter";
import { createChainChecker } from "./chain-checker.ts";
import { checkDecision } from "./check-decision.ts";
import { createHeadChecker } from "./head-checker.ts";
import { createLeafCounter } from "./leaf-counter.ts";
import { listPublicKeys } from "./list-public-keys.ts";
import { createPeopleChecker } from "./people-checker.ts";
import { addToHistory, createPersonHistory, type PersonHistory } from "./person-history.ts";
import { createTally } from "./tally.ts";
import type { DestinationReport, DestinationRequest } from "./verification-report.ts";

/**
 * Verifies every decision that a destination keeps as it streams by, and everybody's consent states and chain when
 * their last decision has. Rejects where it could not be read to the end.
 */
export async function verifyDestination(request: {
  volenti: Volenti;
  destination: DestinationRequest;
}): Promise<DestinationReport> {
  const { volenti, destination } = request;
  const { destinationId } = destination;
  const { crypto, controller } = volenti;
  const { connector, consentHistory } = findHistory({ volenti, destinationId });
  const publicKeys = destination.publicKeys ?? (await listPublicKeys(volenti.keyring));
  const checkHead = createHeadChecker({ publicKeys, crypto });
  const chains = createChainChecker({ crypto });
  const leaves = createLeafCounter();
  const tally = createTally(destination.onFinding);
  const people = createPeopleChecker({ connector, consentHistory, tally });
  let person: PersonHistory | null = null;
  try {
    for await (const decision of consentHistory.listDecisions({})) {
      const { decisionId, subjectRef, proof, chain } = decision;
      if (person !== null && person.subjectRef !== subjectRef) await people.add(person);
      if (person?.subjectRef !== subjectRef) person = createPersonHistory(subjectRef);
      const { faults, isFollowed, standing, isProved } = await checkDecision({ decision, controllerId: controller.id, crypto, checkHead });
      const chainFaults = (await chains.check(decision)).map((code) => ({ code }));
      tally.addDecision({ decisionId, faults: [...faults, ...chainFaults], isFollowed });
      if (standing !== null) addToHistory({ history: person, standing });
      if (chain !== undefined) person.last = chain;
      if (isProved) leaves.add(proof);
    }
    if (person !== null) await people.add(person);
    await people.finish();
  } finally {
    await people.close();
  }
  return tally.report({ destinationId, subjects: chains.subjects(), unaccountedLeaves: leaves.unaccounted() });
}

function findHistory(request: { volenti: Volenti; destinationId: string }): {
  connector: ConnectorV1;
  consentHistory: ConsentHistoryFacetV1;
} {
  const connector = request.volenti.destinations.get(request.destinationId);
  if (connector?.consentHistory !== undefined) return { connector, consentHistory: connector.consentHistory };
  throw new ConnectorError({
    code: connector === undefined ? "invalidInput" : "unsupported",
    connectorId: connector?.connectorId ?? "governance",
    operation: "verify",
    fieldNames: ["destinationId"],
  });
}
