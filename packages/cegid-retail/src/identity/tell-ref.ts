import { readSubjectRef } from "../mapping/subject-ref.ts";
import type { CustomerQueryData } from "../soap/data-contract.ts";
import { failCall, type CallTerms } from "./call-terms.ts";

/** The whole ref of a linked customer; `unsupported` where the record holds a part of it alone, as those do that were linked earlier. */
export function tellRef(request: { terms: CallTerms; stored: CustomerQueryData }): string {
  const { terms, stored } = request;
  const ref = readSubjectRef({ settings: terms.session.settings, stored });
  if (ref !== null) return ref;
  throw failCall({ terms, code: "unsupported", fieldNames: ["refField"] });
}
