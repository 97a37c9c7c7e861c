import { ConnectorError, type ConnectorV1, type CustomerLinkV1, type LinkOutcomeV1, type ListedCustomerV1 } from "@volenti/core/adapter";

export interface Customer {
  id: string;
  ref?: string;
  email?: string;
  phone?: string;
  loyaltyId?: string;
  country?: string | null;
  /** Under which the system wants to be asked for it the next time. */
  recordId?: string;
}

/** A system that held customers before us, as small as can be: what a connector with `linking` stands before. */
export interface CustomerSystem {
  readonly customers: Customer[];
  /** Every call of `link`, in order. */
  readonly calls: (readonly CustomerLinkV1[])[];
  /** Ids of records that are locked the next time they are written. */
  readonly lockedOnce: Set<string>;
  /** Called before each customer is listed, and before each link call. */
  onList: (customer: Customer) => void;
  onLink: (links: readonly CustomerLinkV1[]) => void;
  refOf: (id: string) => string | undefined;
  /** The connector with this system's linking. */
  attachTo: (connector: ConnectorV1) => ConnectorV1;
}

export function createCustomerSystem(customers: Customer[]): CustomerSystem {
  const system: CustomerSystem = {
    customers,
    calls: [],
    lockedOnce: new Set(),
    onList: () => {},
    onLink: () => {},
    refOf: (id) => customers.find((customer) => customer.id === id)?.ref,
    attachTo: (connector) => ({
      ...connector,
      linking: {
        listCustomers: ({ cursor }) => list({ system, cursor }),
        link: async ({ links }) => {
          system.calls.push(links);
          system.onLink(links);
          return links.map((link) => linkOne({ system, link }));
        },
      },
    }),
  };
  return system;
}

async function* list(request: { system: CustomerSystem; cursor: string | null }): AsyncGenerator<ListedCustomerV1> {
  const { system, cursor } = request;
  for (const customer of system.customers.slice()) {
    if (cursor !== null && customer.id <= cursor) continue;
    system.onList(customer);
    yield {
      customerId: customer.id,
      subjectRef: customer.ref ?? null,
      values: (["email", "phone", "loyaltyId"] as const).flatMap((kind) => {
        const value = customer[kind];
        return value === undefined ? [] : [{ kind, value }];
      }),
      country: customer.country === undefined ? "FR" : customer.country,
      cursor: customer.id,
    };
  }
}

function linkOne(request: { system: CustomerSystem; link: CustomerLinkV1 }): LinkOutcomeV1 {
  const { customerId, subjectRef } = request.link;
  const { customers, lockedOnce } = request.system;
  if (lockedOnce.delete(customerId)) return { customerId, status: "failed", error: failure("unavailable") };
  const customer = customers.find(({ id }) => id === customerId);
  if (customer === undefined) return { customerId, status: "failed", error: failure("rejectedByProvider") };
  const { recordId } = customer;
  if (customer.ref === subjectRef) return { customerId, status: "unchanged", recordId };
  if (customer.ref !== undefined || customers.some(({ ref }) => ref === subjectRef)) return { customerId, status: "conflict" };
  customer.ref = subjectRef;
  return { customerId, status: "linked", recordId };
}

export function failure(code: "unavailable" | "rejectedByProvider" | "unauthenticated"): ConnectorError {
  return new ConnectorError({ code, connectorId: "customers", operation: "linking" });
}
