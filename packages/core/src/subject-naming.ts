import type { ConnectorV1 } from "./connector/v1/connector-v1.ts";
import type { LedgerAnswerV1 } from "./connector/v1/ledger-facet-v1.ts";
import type { Identifier, IdentifierKind } from "./model/identifier.ts";

/**
 * How submissions name their people, for whoever has to name a person without one: records that were in a system before
 * us. The same rules, so that a submission of that person is given the same ref.
 */
export interface SubjectNaming {
  /** The kinds of identifiers, those of the configuration first: an earlier one names a person before a later one does. */
  readonly precedence: readonly IdentifierKind[];
  /**
   * The values that a submission might bring as identifiers, each once, in their one form and in the configured
   * precedence: the first that is known names the person. What is none of its kind, or holds a payment card number, is
   * left out.
   */
  arrange(candidates: readonly { readonly kind: IdentifierKind; readonly value: string }[]): readonly Identifier[];
  /**
   * The country that a text names: an ISO 3166-1 alpha-2 code in any case, or a name in English or in the language of
   * the controller's country. Null for what is neither: no country is guessed.
   */
  readCountry(text: string): string | null;
  /**
   * Who names people of a country on the route that leads to a destination. Without a country: whoever names all of
   * those whom any route leads there.
   */
  namedBy(request: { destinationId: string; country: string | null }): NamedBy;
  /** The refs of people whom no ledger names, one a person, in order: a keyed digest of the first of their identifiers. */
  refsWithoutLedger(people: readonly (readonly Identifier[])[]): Promise<readonly string[]>;
  /**
   * Asks a ledger who people are, one answer each, in order; those whom it does not know are reserved and linked, as for
   * a submission. A person one of whose identifiers was erased is neither: the answer says since when. Retried as
   * deliveries are. Rejects with the ledger's own error.
   */
  consult(request: {
    ledgerId: string;
    people: readonly { readonly identifiers: readonly Identifier[]; readonly country: string | null }[];
    signal?: AbortSignal | undefined;
  }): Promise<readonly LedgerAnswerV1[]>;
  /**
   * Makes a call to a destination as deliveries make theirs: in its queue, behind refusals, retried by its error's
   * advice within its budgets. The attempt must be one that may be made again when nobody knows what became of it.
   */
  call<Result>(request: {
    destinationId: string;
    /** For errors: `link`. */
    operation: string;
    attempt: (connector: ConnectorV1) => Promise<Result>;
    signal?: AbortSignal | undefined;
  }): Promise<Result>;
}

/**
 * - `ledger`: the destination with that id
 * - `digest`: nobody is asked, see {@link SubjectNaming.refsWithoutLedger}
 * - `notRouted`: no route leads people of that country there
 * - `dependsOnCountry`: several of the above, and the country is not known
 */
export type NamedBy =
  | { readonly kind: "ledger"; readonly ledgerId: string }
  | { readonly kind: "digest" }
  | { readonly kind: "notRouted" }
  | { readonly kind: "dependsOnCountry" };
