import type { ConnectorError, IdentifierKind } from "@volenti/core/adapter";
import type { OptInField } from "./mapping/opt-in-set.ts";
import type { ProfileTarget } from "./mapping/profile-target.ts";
import type { UserSlot } from "./mapping/user-slot.ts";

/** The options with their defaults, checked once when the connector is made. */
export interface Settings {
  /** With the virtual directory, without a slash at the end: `https://host/Y2`. */
  readonly baseUrl: string;
  /** The Y2 folder: `DatabaseId` of every call, and the domain of the technical user. */
  readonly folderId: string;
  /** As HTTP Basic sends it: `FOLDER\USER`. */
  readonly username: string;
  readonly password: string;
  /** IANA name of the zone in which the tenant's server writes times. */
  readonly timeZone: string;
  readonly privacyGranularity: "global" | "channel" | "item";
  readonly usualStoreId: string;
  readonly consent: ConsentSettings;
  /** Null: nothing of ours orders writes beyond the record's own LastDateUpdate. */
  readonly slots: { readonly effectiveAt: UserSlot; readonly decisionId: UserSlot } | null;
  /** Where the link marker of {@link toCustomerId} lies in customers whose id is not ours; null: nowhere. */
  readonly linkField: "Barcode" | UserSlot | null;
  /** The text that holds the whole ref; null: a record tells a part of it alone. */
  readonly refField: UserSlot | null;
  /** The text that marks test people; null: they are not marked. */
  readonly testField: UserSlot | null;
  /** Ids of customers, a new list a call; null: the brand offers none, and Y2 has none. */
  readonly customerList: (() => AsyncIterable<string>) | null;
  readonly customerIdStrategy: "deterministic" | "server";
  /** Paths of CustomerSearchData, in the order of their trial. The link comes before all of them. */
  readonly matchKeys: readonly { readonly kind: IdentifierKind; readonly field: string }[];
  readonly profile: ProfileSettings;
  /** Null: not offered by the tenant; an erasure closes and blanks the record, and says that this is not all. */
  readonly anonymisation: { readonly method: "POST" | "PUT" | "PATCH" | "DELETE"; readonly path: string } | null;
  /** What an update does to opt-ins, flags and user-defined values that it leaves out. */
  readonly absentValues: "reset" | "keep";
  /** Whether the server refuses an update that bears another LastModificationDate than stands. */
  readonly checksModificationDate: boolean;
  readonly asksLinkFirst: boolean;
  /** 0: never. */
  readonly reassertRefusalsAfterInMs: number;
  /** 0: always. */
  readonly readAgainAfterInMs: number;
  readonly timeoutInMs: number;
  readonly maxConcurrency: number;
  readonly tls: { readonly ca?: string | undefined; readonly cert?: string | undefined; readonly key?: string | undefined } | null;
  readonly proxy: string | null;
  readonly allowInsecureHttp: boolean;
  readonly privateHosts: readonly string[];
  /** A wrong setting is told by the first call, as a connector's making does no more than assign; null where all is well. */
  readonly error: ConnectorError | null;
}

export interface ConsentSettings {
  /** By purpose, then by channel, `*` for every channel that is not named; an empty list: deliberately not kept in Y2. */
  readonly optIns: ReadonlyMap<string, ReadonlyMap<string, readonly OptInField[]>>;
  readonly partnerPurpose: string | null;
  readonly receiptPurpose: string | null;
  readonly writeEmailingAccepted: boolean;
  readonly writeDirectMail: boolean;
  /** By consent key (`consentKey`): the text that holds the state of this very key. */
  readonly purposeFields: ReadonlyMap<string, UserSlot>;
}

export interface ProfileSettings {
  /** By dotted attribute name; what is missing is not stored. */
  readonly targets: ReadonlyMap<string, ProfileTarget>;
  readonly placeholderLastName: string;
  /** By value of `gender`: codes of the tenant. A gender that the map lacks is not stored. */
  readonly sexes: ReadonlyMap<string, string>;
  readonly titles: ReadonlyMap<string, string>;
  /** By locale as it is given, else by its language. */
  readonly languages: ReadonlyMap<string, string>;
  readonly countryIdType: "ISO2" | "ISO3" | "ISO3Numeric" | "Internal";
  /** By ISO 3166-1 alpha-2: the code that `countryIdType` asks for, and the tenant's own where it answers in those. */
  readonly countries: ReadonlyMap<string, string>;
}
