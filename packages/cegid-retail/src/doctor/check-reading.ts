import { ConnectorError, type ConnectionFindingV1 } from "@volenti/core/adapter";
import { NOBODY, searchIds } from "../link/search-ids.ts";
import type { CegidSession } from "../transport/cegid-session.ts";
import { readCustomer } from "../transport/read-customer.ts";
import { errorFinding, info, warning } from "./finding.ts";

/** What tells of a right that is missing, or of a rule, and not of a server that is down. */
const TELLING: ReadonlySet<string> = new Set(["forbidden", "rejectedByProvider", "unsupported", "invalidConfiguration"]);
/** Of the reserved domain example.com: nobody has it. */
const NO_ADDRESS = "volenti.nobody@example.com";

/** Reads a customer who cannot be there, and searches for one: harmless, and both have to be answered with nobody. */
export async function checkReading(request: { session: CegidSession; operation: string }): Promise<readonly ConnectionFindingV1[]> {
  const { session, operation } = request;
  const reading = await tell({
    what: "GetCustomerDetail",
    attempt: async () => ((await readCustomer({ session, operation, customerId: NOBODY })) === null ? [] : [warning("unexpectedCustomer", `A customer ${NOBODY} is there, whose id is ours to give: see customerIdStrategy.`)]),
  });
  const criteria = { EmailData: { Email: NO_ADDRESS } };
  const searching = await tell({
    what: "SearchCustomerIds",
    attempt: async () =>
      (await searchIds({ session, operation, criteria, atMost: 2 })).length === 0
        ? []
        : [warning("searchFindsStrangers", "A search for an address that nobody has finds customers: every customer found is compared before it is used, and the search is of little use here.")],
  });
  const findings = [...reading, ...searching];
  return findings.length > 0 ? findings : [info("mayRead", "The technical user may read and search; creating and changing is what `volenti doctor --contract-tests` proves.")];
}

async function tell(request: { what: string; attempt: () => Promise<readonly ConnectionFindingV1[]> }): Promise<readonly ConnectionFindingV1[]> {
  const { what, attempt } = request;
  try {
    return await attempt();
  } catch (error) {
    if (!ConnectorError.isInstance(error) || !TELLING.has(error.code)) throw error;
    const code = error.providerCode ?? (error.httpStatus === undefined ? error.code : String(error.httpStatus));
    return [errorFinding("readRefused", `${what} is refused (${code}): see the rights of the technical user, its stores, and Documentation > Exceptions of the server.`)];
  }
}
