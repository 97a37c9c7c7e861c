import { ConnectorError, type ErasureFacetV1 } from "@volenti/core/adapter";
import { listBearers } from "../link/list-bearers.ts";
import type { CegidSession } from "../transport/cegid-session.ts";
import { CONNECTOR_ID } from "../transport/connector-id.ts";
import { addOutcomes } from "./add-outcomes.ts";
import { eraseRecord } from "./erase-record.ts";
import { eraseTestPeople } from "./erase-test-people.ts";

/**
 * Erases people by the tenant's anonymisation service, or closes and blanks their record where there is none, and says so.
 * People are found by their ref alone: one whose record bears no link is not found here. Goes ahead of other calls.
 */
export function createEraser(session: CegidSession): ErasureFacetV1 {
  return {
    erase: async ({ subjectRef }) => {
      const operation = "erasure.erase";
      session.context(operation);
      const bearers = await listBearers({ terms: { session, operation, isUrgent: true }, ref: subjectRef });
      const customerIds = bearers.flatMap(({ CustomerId }) => CustomerId ?? []);
      // Two records of one link are two people, or one twice: somebody has to look.
      if (customerIds.length > 1) throw new ConnectorError({ code: "conflict", connectorId: CONNECTOR_ID, operation });
      const [customerId] = customerIds;
      return addOutcomes(customerId === undefined ? [] : await eraseRecord({ session, operation, customerId }));
    },
    eraseTest: async () => {
      const operation = "erasure.eraseTest";
      session.context(operation);
      return eraseTestPeople({ session, operation });
    },
  };
}
