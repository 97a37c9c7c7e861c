import type { Access } from "../access/access.ts";
import type { Org } from "../store/org.ts";
import type { ToolingIds } from "../tooling/tooling-ids.ts";
import type { CursorStore } from "./cursor-store.ts";

/** One call of the data API, whether it came alone or inside a composite. */
export interface ApiCall {
  readonly method: string;
  /** 62 for v62.0. */
  readonly version: number;
  /** Decoded, behind the version: `["sobjects", "Contact"]`. */
  readonly segments: readonly string[];
  readonly query: URLSearchParams;
  readonly headers: Headers;
  /** Undefined: none was sent. */
  readonly body: unknown;
}

export interface ApiContext {
  readonly org: Org;
  readonly access: Access;
  readonly cursors: CursorStore;
  readonly toolingIds: ToolingIds;
  readonly limits: { readonly max: number; readonly used: number };
  /** Counts calls that a batch makes beyond the first. */
  readonly countMore: (calls: number) => void;
}
