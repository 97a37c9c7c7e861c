import type { LinkingFacetV1 } from "@volenti/core/adapter";
import type { SalesforceSession } from "../transport/salesforce-session.ts";
import { listCustomers } from "./list-customers.ts";
import { writeLinks } from "./write-links.ts";

/** Lists the contacts, or person accounts, who were in the org before us, and gives them their refs. */
export function createLinker(session: SalesforceSession): LinkingFacetV1 {
  return {
    listCustomers: ({ cursor, signal }) => listCustomers({ session, cursor, signal }),
    link: ({ links, signal }) => writeLinks({ session, links, signal }),
  };
}
