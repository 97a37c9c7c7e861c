import type { DemoLine } from "./demo-lines.ts";

/** A customer of the demonstration, and the receipt of their latest decisions. */
export interface Customer {
  readonly email: string;
  readonly receipt: string;
}

/** The customer of a country who has decided most; throws where the input has none. */
export function pickCustomer(request: { lines: readonly DemoLine[]; country: string }): Customer {
  const customers = new Map<string, { decisions: Set<string>; receipt: string }>();
  for (const { submission, result } of request.lines) {
    if (submission?.country !== request.country || result.receipt === null) continue;
    const email = submission.subject.identifiers.find(({ kind }) => kind === "email")?.value;
    if (email === undefined) continue;
    const known = customers.get(email) ?? { decisions: new Set<string>(), receipt: result.receipt };
    for (const { id } of result.decisions) known.decisions.add(id);
    customers.set(email, { ...known, receipt: result.receipt });
  }
  const [first] = [...customers].toSorted(([, left], [, right]) => right.decisions.size - left.decisions.size);
  if (first === undefined) throw new Error("the demonstration's input has no customer of that country");
  const [email, { receipt }] = first;
  return { email, receipt };
}
