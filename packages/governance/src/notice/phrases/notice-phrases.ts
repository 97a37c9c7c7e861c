import type { AttributeDescription, LegalBasis, NoticeItem } from "@volenti/core";
import type { RightsKind } from "@volenti/jurisdictions";

/** A right that a notice tells people of: a grievance is told of apart. */
export type ToldRight = Exclude<RightsKind, "complaint">;

/** What a notice says in one language. `{words}` in braces are filled in. Written by people, never translated by a machine at run time. */
export interface NoticePhrases {
  readonly title: string;
  readonly items: Readonly<Record<NoticeItem, string>>;
  readonly bases: Readonly<Record<LegalBasis, string>>;
  readonly rights: Readonly<Record<ToldRight, string>>;
  readonly categories: Readonly<Record<Exclude<AttributeDescription["category"], "brand">, string>>;
  /** By what destinations declare. */
  readonly transferMechanisms: Readonly<Record<string, string>>;
  /** {name} */
  readonly controller: string;
  /** {contact} */
  readonly contact: string;
  /** {name}, {contact} */
  readonly representative: string;
  /** {contact} */
  readonly dataProtectionOfficer: string;
  /** {label}, {basis} */
  readonly purpose: string;
  /** {label}, {text}: also for interests. */
  readonly labelled: string;
  readonly noRecipients: string;
  /** {place}, {mechanism} */
  readonly transfer: string;
  /** {contact} */
  readonly transferCopy: string;
  readonly noTransfers: string;
  /** {label}, {duration} */
  readonly retention: string;
  /** {label} */
  readonly untilWithdrawal: string;
  /** {label}, {duration} */
  readonly untilWithdrawalAtMost: string;
  /** {label}, {duration} */
  readonly proofRetention: string;
  readonly rightsIntroduction: string;
  /** {contact} */
  readonly rightsHow: string;
  /** {labels} */
  readonly objection: string;
  /** {contact} */
  readonly withdrawal: string;
  readonly complaint: string;
  /** {authority} */
  readonly complaintTo: string;
  /** {labels}, as the next two. */
  readonly neededForContract: string;
  readonly neededByLaw: string;
  readonly voluntary: string;
  readonly noAutomatedDecisions: string;
  /** {labels}, {contact} */
  readonly saleOptOut: string;
  readonly noSale: string;
  /** {url} */
  readonly more: string;
}
