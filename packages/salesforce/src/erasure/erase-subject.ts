import type { ErasureFacetV1 } from "@volenti/core/adapter";
import type { SalesforceSession } from "../transport/salesforce-session.ts";
import { erasePeople } from "./erase-people.ts";
import { eraseTestPeople } from "./erase-test-people.ts";
import { createTally } from "./tally.ts";

/**
 * Erases people: `delete`, `anonymise` or `mark`, as the brand's settings say. Decision rows stay in each of them: they
 * name a ref that nothing leads to any more. Its calls may use the reserve of the day. Safe to run again at any point.
 */
export function createEraser(session: SalesforceSession): ErasureFacetV1 {
  return {
    erase: async ({ subjectRef }) => {
      const operation = "erasure.erase";
      session.context(operation);
      const tally = createTally();
      await erasePeople({ session, operation, isUrgent: true, tally, refs: [subjectRef], mode: session.settings.erasure, withDecisions: false });
      return tally.outcomes();
    },
    eraseTest: async () => {
      const operation = "erasure.eraseTest";
      session.context(operation);
      const tally = createTally();
      await eraseTestPeople({ session, operation, isUrgent: true, tally });
      return tally.outcomes();
    },
  };
}
