import { ConnectorError } from "@volenti/core/adapter";
import type { PersonProgress } from "./person-progress.ts";
import type { CallTerms } from "./send-composite.ts";

/**
 * Lets those fail for whom something was still to be done when it broke: their items come again, and find their rows
 * there. Whoever had all of theirs is told so. Rethrows the signal's own reason, and what is no failure of a call.
 */
export function failPeople(request: { terms: CallTerms; people: Iterable<PersonProgress>; error: unknown }): void {
  const { terms, people, error } = request;
  terms.signal?.throwIfAborted();
  if (!ConnectorError.isInstance(error)) throw error;
  for (const person of people) person.failure ??= error;
}
