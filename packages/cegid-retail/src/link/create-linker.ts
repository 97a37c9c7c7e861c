import type { LinkingFacetV1, ListedCustomerV1 } from "@volenti/core/adapter";
import { fromCountry } from "../mapping/coded-values.ts";
import { readSubjectRef } from "../mapping/subject-ref.ts";
import type { CegidSession } from "../transport/cegid-session.ts";
import { readIdentifiers } from "./read-identifiers.ts";
import { idsBehind, walkCustomers, type WalkedCustomer } from "./walk-customers.ts";
import { writeLink } from "./write-link.ts";

const LIST = "linking.listCustomers";

/**
 * Links the customers of the brand's own list (`customerList`); null where there is none, or no place for a link: Y2 has no
 * call that lists customers. People are then linked one by one, when they are first written.
 */
export function createLinker(session: CegidSession): LinkingFacetV1 | null {
  const { customerList, linkField } = session.settings;
  if (customerList === null || linkField === null) return null;
  return {
    async *listCustomers({ cursor, signal }) {
      session.context(LIST);
      const ids = idsBehind({ ids: customerList(), customerId: cursor, operation: LIST });
      for await (const walked of walkCustomers({ session, ids, operation: LIST, signal })) yield toListed({ session, walked });
    },
    link: async ({ links, signal }) => {
      session.context("linking.link");
      return Promise.all(links.map((link) => writeLink({ session, link, signal })));
    },
  };
}

/**
 * A link holds a part of the ref alone. Where no `refField` keeps the whole of it none is told: a customer who is linked
 * already is resolved like any other, and the link is then found to be there.
 */
function toListed(request: { session: CegidSession; walked: WalkedCustomer }): ListedCustomerV1 {
  const { session: { settings }, walked: { customerId, stored } } = request;
  return {
    customerId,
    subjectRef: readSubjectRef({ settings, stored }),
    values: readIdentifiers({ settings, stored }),
    country: fromCountry({ stored, profile: settings.profile }),
    cursor: customerId,
  };
}
