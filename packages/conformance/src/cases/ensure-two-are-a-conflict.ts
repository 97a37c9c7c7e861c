import type { Identifier } from "@volenti/core/adapter";
import { ensureConnectorError, rejectionOf } from "../assertions/ensure-connector-error.ts";
import type { SkipSubject } from "../conformance-case.ts";
import type { CaseContext } from "../run/case-context.ts";
import { makeIdentifier, recordPersonOf } from "./named-person.ts";

export function skipWhereLinked({ connector }: SkipSubject): string | undefined {
  return connector.ledger === undefined ? undefined : "facet ledger: links an identifier to one person only";
}

/** Of two people with one identifier, of each declared kind, the read tells nobody. */
export async function ensureTwoAreAConflict(request: {
  context: CaseContext;
  /** What is read, as it is said of a failure. */
  what: string;
  read: (identifier: Identifier) => Promise<unknown>;
}): Promise<void> {
  const { context, what, read } = request;
  const { connector, traits } = context;
  for (const kind of traits.subjectKeys) {
    const identifier = makeIdentifier(kind);
    await recordPersonOf({ context, identifier });
    await recordPersonOf({ context, identifier });
    await context.eventually(async () => {
      const error = await rejectionOf({ call: () => read(identifier), what: `${what} one of two by ${kind}` });
      ensureConnectorError({ error, connector, codes: ["conflict"], what: `${what} one of two by ${kind}` });
    });
  }
}
