import { ConnectorError, type ErasureOutcomeV1 } from "@volenti/core/adapter";
import { searchIds } from "../link/search-ids.ts";
import { isTestRecord, TEST_MARK } from "../mapping/test-mark.ts";
import { CONNECTOR_ID } from "../transport/connector-id.ts";
import { readCustomer } from "../transport/read-customer.ts";
import { eraseRecord, type ErasureTerms } from "./erase-record.ts";
import { addOutcomes } from "./add-outcomes.ts";

const AT_ONCE = 50;

/**
 * Erases every customer that bears the mark of a test. Searches have no pages, so that it is asked again until nobody new is
 * found: who was erased bears no mark any more. `unsupported` where no text is configured for the mark.
 */
export async function eraseTestPeople(terms: ErasureTerms): Promise<readonly ErasureOutcomeV1[]> {
  const { session, operation } = terms;
  const { settings } = session;
  const { testField } = settings;
  if (settings.error !== null) throw settings.error;
  if (testField?.kind !== "userDefinedText") {
    throw new ConnectorError({ code: "unsupported", connectorId: CONNECTOR_ID, operation, fieldNames: ["testField"] });
  }
  const criteria = { UserDefinedTexts: [{ Id: testField.id, Value: TEST_MARK }] };
  const seen = new Set<string>();
  const outcomes: ErasureOutcomeV1[] = [];
  for (;;) {
    const found = await searchIds({ ...terms, criteria, atMost: AT_ONCE, isUrgent: true });
    const fresh = found.filter((customerId) => !seen.has(customerId));
    if (fresh.length === 0) return addOutcomes(outcomes);
    for (const customerId of fresh) {
      seen.add(customerId);
      const stored = await readCustomer({ ...terms, customerId, isUrgent: true });
      if (stored !== null && isTestRecord({ settings, stored })) outcomes.push(...(await eraseRecord({ ...terms, customerId })));
    }
  }
}
