import type { CustomerStore } from "./customers/customer-store.ts";
import type { FolderTables } from "./folder-tables.ts";
import type { ServerClock } from "./server-clock.ts";
import type { UnprovenBehaviour } from "./unproven-behaviour.ts";

export type PrivacyLevel = "global" | "channel" | "item";
export type Culture = "en-US" | "fr-FR";

/** A Y2 database with its settings. */
export interface Folder {
  readonly folderId: string;
  readonly username: string;
  readonly password: string;
  /** `/Y2`, without a slash at the end. */
  readonly virtualDirectory: string;
  readonly clock: ServerClock;
  readonly culture: Culture;
  readonly version: string;
  tables: FolderTables;
  privacyLevel: PrivacyLevel;
  readonly behaviour: UnprovenBehaviour;
  /** The longest text by path of members, such as `AddressData.City`. */
  readonly lengths: Readonly<Record<string, number>>;
  /** The user sees no customers of other stores; null: all. */
  readonly visibleStores: readonly string[] | null;
  readonly customers: CustomerStore;
}
