import type { AnonymizationSettings } from "./anonymization/answer-anonymization.ts";
import type { CallCounter } from "./call-counter.ts";
import type { CustomerDesk } from "./desk/customer-desk.ts";
import type { CegidRetailFaults } from "./faults/cegid-retail-fault.ts";
import type { FolderTables } from "./folder-tables.ts";
import type { Culture, PrivacyLevel } from "./folder.ts";
import type { UnprovenBehaviour } from "./unproven-behaviour.ts";

export interface CegidRetailEmulatorOptions {
  /** Epoch milliseconds; the machine's clock unless given. */
  readonly now?: () => number;
  /** How slow answers wait; on the machine's clock unless given. */
  readonly wait?: (milliseconds: number) => Promise<void>;
  /** The server's own zone, in which it keeps every date; `Europe/Paris` unless given. */
  readonly timeZone?: string;
  /** The language of faults: of the user, not of the caller. */
  readonly culture?: Culture;
  readonly version?: string;
  readonly folderId?: string;
  readonly username?: string;
  readonly password?: string;
  /** `/Y2` unless given. */
  readonly virtualDirectory?: string;
  /** How fine the company manages opt-ins; `item` unless given. */
  readonly privacyLevel?: PrivacyLevel;
  readonly tables?: Partial<FolderTables>;
  /** The longest texts by path of members; they add to the usual ones. */
  readonly lengths?: Readonly<Record<string, number>>;
  /** The user sees no customers of other stores; all, if absent. */
  readonly visibleStores?: readonly string[];
  /** Installed, allowed, and by POST unless told. */
  readonly anonymization?: Partial<AnonymizationSettings>;
  /** What no public source settles; strict unless told. */
  readonly behaviour?: Partial<UnprovenBehaviour>;
}

export interface CegidRetailEmulator {
  /** Answers a call, whatever its host. Throws `ConnectionResetError` where the connection breaks without an answer. */
  handle(request: Request): Promise<Response>;
  readonly credentials: {
    /** To be put behind the address of the server: `/Y2`. */
    readonly basePath: string;
    readonly folderId: string;
    readonly username: string;
    readonly password: string;
  };
  readonly customers: CustomerDesk;
  /** By the operation's name; `AnonymizeCustomer`, `AnonymizeCustomers`, `Wsdl`, `Page` and `UnknownOperation` beside those of the service. */
  readonly calls: Pick<CallCounter, "total" | "count" | "list" | "peak" | "reset">;
  readonly faults: CegidRetailFaults;
  /** The company's settings, as its administrator changes them between two calls. */
  readonly settings: {
    setPrivacyLevel(level: PrivacyLevel): void;
    /** Tables that are left out stay; customers who name a code that is gone stay too. */
    setTables(tables: Partial<FolderTables>): void;
  };
  /** Every customer as text, merged ones too, to look for what should not be there. */
  dump(): string;
}
