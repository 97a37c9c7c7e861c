import { ConnectorError, type PublicKey, type Volenti } from "@volenti/core";
import type { ConnectorV1, ConsentHistoryFacetV1 } from "@volenti/core/adapter";
import { readAnchors, type AnchoredLog } from "../proof/read-anchors.ts";
import { createDecisionsChecker, type DecisionsChecker } from "./decisions-checker.ts";
import { inPages } from "../support/in-pages.ts";
import { createHeadChecker } from "./head-checker.ts";
import { createHeadsChecker, type HeadsChecker } from "./heads-checker.ts";
import { createLeafCounter, type LeafCounter } from "./leaf-counter.ts";
import { listPublicKeys } from "./list-public-keys.ts";
import { checkLog } from "./log-checker.ts";
import { createPeopleChecker, type PeopleChecker } from "./people-checker.ts";
import { addToHistory, createPersonHistory, type PersonHistory } from "./person-history.ts";
import { createTally, type Tally } from "./tally.ts";
import type { DestinationReport, DestinationRequest, LogCounts } from "./verification-report.ts";

/** Decisions that are checked together: many enough to share a digest call, few enough to be garbage before the engine looks. */
const DECISIONS_TOGETHER = 64;

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
  const { crypto, controller, anchors } = volenti;
  const { connector, consentHistory } = findHistory({ volenti, destinationId });
  const publicKeys = destination.publicKeys ?? (await listPublicKeys(volenti.keyring));
  const checkHead = createHeadChecker({ publicKeys, crypto });
  const anchored = await readAnchors({ anchors, controllerId: controller.id, log: destinationId, publicKeys, crypto });
  const checker = createDecisionsChecker({ controllerId: controller.id, crypto, checkHead, provedSizes: anchored.provedSizes });
  const tally = createTally(destination.onFinding);
  const heads = createHeadsChecker({ consentHistory, checkHead, tell: tally.addFindings });
  const leaves = createLeafCounter();
  const people = createPeopleChecker({ connector, consentHistory, tally });
  let unplaced: number;
  try {
    unplaced = await checkDecisions({ consentHistory, checker, people, heads, leaves, tally });
    await people.finish();
  } finally {
    await people.close();
  }
  await heads.finish();
  const log = await checkWhole({ connector, anchored, publicKeys, volenti, destinationId, tally, unplaced });
  return tally.report({ destinationId, subjects: checker.subjects(), unaccountedLeaves: leaves.unaccounted(), log });
}

/** Answers how many decisions have no place in the log. */
async function checkDecisions(request: {
  consentHistory: ConsentHistoryFacetV1;
  checker: DecisionsChecker;
  people: PeopleChecker;
  heads: HeadsChecker;
  leaves: LeafCounter;
  tally: Tally;
}): Promise<number> {
  const { consentHistory, checker, people, heads, leaves, tally } = request;
  let person: PersonHistory | null = null;
  let unplaced = 0;
  for await (const decisions of inPages({ items: consentHistory.listDecisions({}), size: DECISIONS_TOGETHER })) {
    for (const { decision, faults, isFollowed, standing, isProved } of await checker.check(decisions)) {
      const { decisionId, subjectRef, proof, chain, logIndex, columns } = decision;
      if (person !== null && person.subjectRef !== subjectRef) await people.add(person);
      if (person?.subjectRef !== subjectRef) person = createPersonHistory(subjectRef);
      heads.add({ root: proof.root, faults });
      tally.addDecision({ decisionId, faults, isFollowed });
      if (standing !== null) addToHistory({ history: person, standing });
      if (chain !== undefined) person.last = chain;
      if (isProved) leaves.add(proof);
      if (logIndex === null && columns?.test !== true) unplaced += 1;
    }
  }
  if (person !== null) await people.add(person);
  return unplaced;
}

async function checkWhole(request: {
  connector: ConnectorV1;
  anchored: AnchoredLog;
  publicKeys: readonly PublicKey[];
  volenti: Volenti;
  destinationId: string;
  tally: Tally;
  unplaced: number;
}): Promise<LogCounts | undefined> {
  const { connector, anchored, publicKeys, volenti, destinationId, tally } = request;
  const { checkpoints } = connector;
  if (checkpoints === undefined) return undefined;
  tally.addFindings(anchored.findings);
  const { crypto, controller } = volenti;
  const counts = await checkLog({ checkpoints, anchored, controllerId: controller.id, log: destinationId, publicKeys, crypto, tell: tally.addFindings });
  return { ...counts, uncovered: counts.uncovered + request.unplaced };
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
