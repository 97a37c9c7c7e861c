import { ConnectorError } from "@volenti/core";
import type { Identifier } from "@volenti/core/adapter";
import type { LinkFindingReason } from "./linking-report.ts";
import type { LinkingRun, ReadCustomer } from "./linking-run.ts";

/** Who a customer is, as far as can be told without changing anything. */
export interface ResolvedCustomer extends ReadCustomer {
  readonly verdict: Verdict;
  /** The refs that its identifiers name, each once; none for a person who is new to the ledger. */
  readonly refs: readonly string[];
}

export type Verdict =
  | { readonly kind: "alreadyLinked" }
  | { readonly kind: "toBeLinked" }
  | { readonly kind: "severalPeople" }
  | { readonly kind: "finding"; readonly reason: LinkFindingReason };

/** Resolves customers, in order, by reading alone: a ledger is searched, and reserves nobody. */
export async function resolveCustomers(request: {
  run: LinkingRun;
  customers: readonly ReadCustomer[];
}): Promise<readonly ResolvedCustomer[]> {
  const { run, customers } = request;
  const digested = await digestedRefs({ run, customers });
  return Promise.all(
    customers.map(async (customer): Promise<ResolvedCustomer> => {
      const { namedBy } = customer;
      if (namedBy.kind === "digest") return judge({ run, customer, refs: digested.get(customer) ?? [], mayBeSeveral: false });
      if (namedBy.kind !== "ledger") return judge({ run, customer, refs: [], mayBeSeveral: false });
      const { refs, isAmbiguous } = await search({ run, ledgerId: namedBy.ledgerId, identifiers: customer.identifiers });
      return judge({ run, customer, refs, mayBeSeveral: isAmbiguous || refs.length > 1 });
    }),
  );
}

/** Without a ledger each identifier makes a ref, and the first one's is the person's. */
async function digestedRefs(request: {
  run: LinkingRun;
  customers: readonly ReadCustomer[];
}): Promise<ReadonlyMap<ReadCustomer, readonly string[]>> {
  const { naming } = request.run.volenti;
  const named = request.customers.filter(({ namedBy, identifiers }) => namedBy.kind === "digest" && identifiers.length > 0);
  const people = named.flatMap(({ identifiers }) => identifiers.map((identifier) => [identifier]));
  const refs = people.length === 0 ? [] : await naming.refsWithoutLedger(people);
  let offset = 0;
  return new Map(named.map((customer) => [customer, refs.slice(offset, (offset += customer.identifiers.length))]));
}

async function search(request: {
  run: LinkingRun;
  ledgerId: string;
  identifiers: readonly Identifier[];
}): Promise<{ refs: readonly string[]; isAmbiguous: boolean }> {
  const { run, ledgerId, identifiers } = request;
  const { naming } = run.volenti;
  const answers = await Promise.all(
    identifiers.map(async (identifier): Promise<{ ref: string | null; isAmbiguous: boolean }> => {
      try {
        const ref = await naming.call({
          destinationId: ledgerId,
          operation: "link",
          attempt: ({ profiles }) => profiles.find({ identifier }),
          signal: run.request.signal,
        });
        return { ref, isAmbiguous: false };
      } catch (error) {
        const code = ConnectorError.isInstance(error) ? error.code : null;
        if (code === "conflict") return { ref: null, isAmbiguous: true };
        // A kind that the ledger is never asked by names nobody there.
        if (code === "unsupported") return { ref: null, isAmbiguous: false };
        throw error;
      }
    }),
  );
  return {
    refs: [...new Set(answers.flatMap(({ ref }) => ref ?? []))],
    isAmbiguous: answers.some(({ isAmbiguous }) => isAmbiguous),
  };
}

function judge(request: {
  run: LinkingRun;
  customer: ReadCustomer;
  refs: readonly string[];
  mayBeSeveral: boolean;
}): ResolvedCustomer {
  const { customer, refs, mayBeSeveral } = request;
  const finding = (reason: LinkFindingReason): ResolvedCustomer => ({ ...customer, refs, verdict: { kind: "finding", reason } });
  const { namedBy, identifiers } = customer;
  const { subjectRef } = customer.customer;
  if (subjectRef !== null) {
    return isContradicted({ ...request, subjectRef }) ? finding("otherRef") : { ...customer, refs, verdict: { kind: "alreadyLinked" } };
  }
  if (identifiers.length === 0) return finding("noIdentifier");
  if (namedBy.kind === "notRouted") return finding("notRouted");
  if (namedBy.kind === "dependsOnCountry") return finding("countryUnknown");
  if (mayBeSeveral) return { ...customer, refs, verdict: { kind: "severalPeople" } };
  return { ...customer, refs, verdict: { kind: "toBeLinked" } };
}

/**
 * Whether a customer's identifiers say that it is somebody else than the ref that it carries. A ledger says it by naming
 * another; a digest only where it is one of the kind that always names first: another one may lie where we cannot see.
 */
function isContradicted(request: { run: LinkingRun; customer: ReadCustomer; refs: readonly string[]; subjectRef: string }): boolean {
  const { run, customer, refs, subjectRef } = request;
  const [first] = refs;
  if (first === undefined) return false;
  if (customer.namedBy.kind === "ledger") return first !== subjectRef;
  const isFirstKind = customer.identifiers[0]?.kind === run.volenti.naming.precedence[0];
  return isFirstKind && !refs.includes(subjectRef);
}
