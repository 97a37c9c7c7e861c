import { ConnectorError, type ConnectorV1, type Identifier, type LinkingFacetV1 } from "@volenti/core/adapter";
import { createMemoryConnector, type MemorySystem } from "@volenti/memory";

/** By system, whom its staff put there: the identifier that each has, by the system's own id. */
const CUSTOMERS = new WeakMap<MemorySystem, Map<string, Identifier>>();

export function customersOf(system: MemorySystem): Map<string, Identifier> {
  const customers = CUSTOMERS.get(system) ?? new Map<string, Identifier>();
  CUSTOMERS.set(system, customers);
  return customers;
}

/** Puts a customer there as staff does; of a kind that records do not hold nobody. */
export function addUnlinked(request: { system: MemorySystem; identifier: Identifier }): string | null {
  const { system, identifier } = request;
  if (identifier.kind !== "email" && identifier.kind !== "phone") return null;
  const customers = customersOf(system);
  const customerId = `C-${customers.size + 1}`;
  customers.set(customerId, identifier);
  return customerId;
}

/** An honest connector without a ledger to a system that had customers before us. */
export function createConnectorWithCustomers(system: MemorySystem): ConnectorV1 {
  const memory = createMemoryConnector({ region: "EU", ledger: false, system });
  const refuse = (request: { identifier: Identifier; operation: string; others: number }): void => {
    const { identifier, operation, others } = request;
    const matches = [...customersOf(system)].filter(([, { kind, value }]) => kind === identifier.kind && value === identifier.value).map(([id]) => id);
    if (matches.length === 0) return;
    throw new ConnectorError({ code: matches.length + others > 1 ? "conflict" : "unlinked", connectorId: "memory", operation, recordIds: matches });
  };
  return {
    ...memory,
    linking: LINKING,
    profiles: {
      ...memory.profiles,
      find: async (request) => {
        const found = await memory.profiles.find(request);
        refuse({ ...request, operation: "profiles.find", others: found === null ? 0 : 1 });
        return found;
      },
    },
    overview: {
      read: async ({ name }) => {
        const found = (await memory.overview?.read({ name })) ?? null;
        if ("identifier" in name) refuse({ ...name, operation: "overview.read", others: found === null ? 0 : 1 });
        return found;
      },
    },
  };
}

/** Present, so that the kit knows that people may be there who bear no ref; no case of it calls this. */
const LINKING: LinkingFacetV1 = {
  listCustomers: async function* () {},
  link: async () => [],
};
