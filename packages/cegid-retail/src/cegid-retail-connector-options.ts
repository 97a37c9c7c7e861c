import type { IdentifierKind } from "@volenti/core/adapter";
import type { OptInField } from "./mapping/opt-in-set.ts";

/**
 * How a Cegid Retail Y2 connector is made. Required are the eight members without a question mark: ask Cegid for the
 * first four, and the back office for the rest.
 */
export interface CegidRetailConnectorOptions {
  /** Where the services lie, with the virtual directory: `https://12345678-retail-ondemand.example/Y2`. */
  readonly baseUrl: string;
  /** The folder (`12345678_001_PROD`), which is also the domain of the technical user. */
  readonly folderId: string;
  /** The technical user: `USER`, or with its domain where that is not the folder: `DOMAIN\USER`. */
  readonly username: string;
  /** Of the technical user; sent as Basic authentication, printed nowhere. */
  readonly password: string;
  /** IANA name of the zone of the server's clock (`Europe/Paris`): Y2 writes times without offset. */
  readonly timeZone: string;
  /**
   * The company setting "privacy level", under which opt-ins have to be equal: all of them, those of a channel, none. There
   * is no safe default: a finer one is refused by Y2, a coarser one refuses more than the customer did.
   */
  readonly privacyGranularity: "global" | "channel" | "item";
  /** The store that new customers belong to; it decides which users see them. */
  readonly usualStoreId: string;
  /** Where the folder's data lies: ISO 3166-1 alpha-2, or `EU`. */
  readonly region: string;
  /** The mechanism under which data of people outside the region may be copied there. */
  readonly transferMechanism?: string | undefined;
  /**
   * Which opt-ins a purpose decides: one, several, by channel (`*`: every other channel), or null: deliberately not kept in
   * Y2. Default for purposes that are not named: email → OptinEmail, sms and phone → OptinMobile, post → OptinPostal, any
   * other channel → none. Where several purposes decide one opt-in a yes needs all of them, and one no refuses.
   */
  readonly optIns?: Readonly<Record<string, OptInRule | Readonly<Record<string, OptInRule>>>> | undefined;
  /** The purpose whose own grant makes `ForPartners` of an opt-in that is granted. Decides no opt-in itself. Default: none. */
  readonly partnerPurpose?: string | undefined;
  /** The purpose that decides `SendReceiptByMail`, and no opt-in. Default: none, the flag stays as it is stored. */
  readonly receiptPurpose?: string | undefined;
  /** Whether `EmailingAccepted` follows `OptinEmail`. Default true. */
  readonly writeEmailingAccepted?: boolean | undefined;
  /** Whether `DirectMail` follows `OptinPostal`. Default true. */
  readonly writeDirectMail?: boolean | undefined;
  /**
   * The date and the text in which we keep when the newest decision counts from, and its id; a number names a user field.
   * Default: none. Without them an older yes is told from a newer no by the record's last change alone, and what changed at
   * the till cannot be told from what we wrote.
   */
  readonly slots?: { readonly effectiveAt: DateSlotOption; readonly decisionId: TextSlotOption } | undefined;
  /**
   * Texts that hold the state of one consent each, by purpose and channel (`{ news: { email: 12 } }`; `*` for a purpose
   * without channels). With one, decisions of that consent are ordered exactly, and a purpose that shares an opt-in is known
   * from Y2. Default: none.
   */
  readonly purposeFields?: Readonly<Record<string, Readonly<Record<string, TextSlotOption>>>> | undefined;
  /** Where customers who were there before carry our link; only ever written where it is empty. Default `Barcode`; null: nowhere. */
  readonly linkField?: "Barcode" | TextSlotOption | null | undefined;
  /**
   * A text that holds the whole ref, where ids and links hold a part of it. With one, people are found by their identifiers
   * (`subjectKeys`), and two refs that begin alike are told apart. Default: none.
   */
  readonly refField?: TextSlotOption | undefined;
  /**
   * The user-defined text that marks test people: written when one is created, emptied when they are written for real.
   * Default: none, test people are not marked, and `volenti erase --test` cannot find them. No user field: a search cannot
   * ask for one.
   */
  readonly testField?: { readonly userDefinedText: 1 | 2 | 3 } | undefined;
  /**
   * The ids of the folder's customers, from a file exchange of the brand's own (RFE) say: Y2 has no call that lists them.
   * Called for each pass; every pass in one order. Without it neither `volenti link` nor `volenti changes` is offered.
   */
  readonly customerList?: (() => AsyncIterable<string>) | undefined;
  /** Who names new customers: we, by the ref (default; a creation can be repeated without doubling), or the store's counter. */
  readonly customerIdStrategy?: "deterministic" | "server" | undefined;
  /**
   * By which customers who were there before are known, after the link, in order: identifier kinds and members of a search
   * (`Barcode`, `FiscalId`; `CustomerReference` is shown by no record and refused). Default: email by `EmailData.Email`, phone by
   * `PhoneData.CellularPhoneNumber`. Loyalty ids have no default: which member holds them is the tenant's choice.
   */
  readonly matchKeys?: readonly { readonly kind: IdentifierKind; readonly field: string }[] | undefined;
  /** Attributes beside the standard ones, or elsewhere: a text member of the contract by its path, a user-defined value; null: not stored. */
  readonly fieldMap?: Readonly<Record<string, ProfileTargetOption | null>> | undefined;
  /** `gender` → `Sex` (`{ female: "F", male: "M" }`). Default: none, genders are not stored. */
  readonly sexMap?: Readonly<Record<string, string>> | undefined;
  /** `gender` → `TitleId`, beside the sex. Default: none. */
  readonly titleMap?: Readonly<Record<string, string>> | undefined;
  /** `locale` → `LanguageId`, by the whole locale or its language (`{ fr: "FRA" }`). Default: none, locales are not stored. */
  readonly languageMap?: Readonly<Record<string, string>> | undefined;
  /** How countries are written. Default `ISO2`, which needs no map; the others need one. */
  readonly countryIdType?: "ISO2" | "ISO3" | "ISO3Numeric" | "Internal" | undefined;
  /**
   * ISO 3166-1 alpha-2 → the code of `countryIdType`; under `ISO2`, the tenant's own code, for a folder that answers with
   * that one. Default: none; a country that comes back in a code we cannot read is left out of profiles.
   */
  readonly countryMap?: Readonly<Record<string, string>> | undefined;
  /** What stands for a family name that may not be stored: Y2 demands one. Default `-`. */
  readonly placeholderLastName?: string | undefined;
  /** The service. Only `wcf` (CustomerWcfService, default) is there; anything else is refused. */
  readonly api?: "wcf" | undefined;
  /**
   * The anonymisation service, where the tenant has it: its verb as the tenant's swagger says, and its path below the
   * folder's address, by default `api/customers-anonymization/V1`. Default: none.
   */
  readonly anonymisation?: { readonly method: "POST" | "PUT" | "PATCH" | "DELETE"; readonly path?: string | undefined } | undefined;
  /**
   * What the tenant's server does to opt-ins, flags and user-defined values that an update leaves out; the contract tests
   * tell (`absentValuesKept` and `textsMerged`). Under `reset`, the default, each write sends all of them as they were read, and puts back what a
   * cashier changed in the moment between. Under `keep` it sends what it changes, and a cashier's no to anything else stays.
   * Never say `keep` of a server that was not asked: opt-ins would be lost.
   */
  readonly absentValues?: "reset" | "keep" | undefined;
  /**
   * Whether the tenant's server refuses an update that bears another `LastModificationDate` than the record has by then: the
   * contract tests tell (`modificationDateChecked`). Updates then bear it, and one that a cashier came before is computed anew:
   * nothing that staff changes is ever written over. Default false: no update bears it.
   */
  readonly checksModificationDate?: boolean | undefined;
  /**
   * Whether a process begins with the link when it looks for a customer whom no ledger remembers: of a brand without a ledger
   * that linked its customers. Those then cost four calls from the first one on, and a customer whom we named one call more
   * where others were linked before. Who is found is the same either way. Default false: our own id first.
   */
  readonly asksLinkFirst?: boolean | undefined;
  /**
   * After so long a refusal that was written is looked at once more, and written again where a yes took its place: Y2 does
   * not compare while it writes, so that a slower writer may put back what it read before. A yes that counts from later than
   * the refusal stays, which takes `slots` to tell. Done by this process, as long as it lives and the connector is open;
   * where the route has a ledger that keeps it, else by the next `volenti collect` or `volenti reassert`. At most a day. Default
   * a minute where there are `slots`, else 0: never. A yes that a cashier gives within that time is a no again, too.
   */
  readonly reassertRefusalsAfterInMs?: number | undefined;
  /**
   * A record that was read longer ago than this when its update's turn comes is read once more first: what a cashier changed
   * meanwhile is else written over, as an update sends all opt-ins. 0: always, which is one call more a change and leaves the
   * least time between. Default 250.
   */
  readonly readAgainAfterInMs?: number | undefined;
  /** How long one call may take. Default 30 000. */
  readonly timeoutInMs?: number | undefined;
  /** Calls under way at once, and connections. Default 4. */
  readonly maxConcurrency?: number | undefined;
  /** PEM texts: a private authority beside the usual ones, and a client certificate with its key. */
  readonly tls?: { readonly ca?: string | undefined; readonly cert?: string | undefined; readonly key?: string | undefined } | undefined;
  /** `http://user:password@proxy.example:8080`. The environment is not read. */
  readonly proxy?: string | undefined;
  /** Lets plain HTTP through, to loopback and to the hosts listed in `privateHosts`. Default false. */
  readonly allowInsecureHttp?: boolean | undefined;
  /** Hosts of an installation of the brand's own that plain HTTP may go to. Default: none. */
  readonly privateHosts?: readonly string[] | undefined;
}

export type OptInRule = OptInField | readonly OptInField[] | null;

/** A number names a user field. */
export type DateSlotOption = number | { readonly userField: number } | { readonly userDefinedDate: 1 | 2 | 3 };
export type TextSlotOption = number | { readonly userField: number } | { readonly userDefinedText: 1 | 2 | 3 };

export type ProfileTargetOption =
  | string
  | { readonly userField: number; readonly kind: "text" | "boolean" | "number" | "date" | "listElement" }
  | { readonly userDefinedText: 1 | 2 | 3 }
  | { readonly userDefinedDate: 1 | 2 | 3 }
  | { readonly userDefinedBoolean: 1 | 2 | 3 }
  | { readonly userDefinedValue: 1 | 2 | 3 }
  | { readonly userDefinedTable: number };
