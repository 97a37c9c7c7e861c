import type { ConnectorContextV1 } from "@volenti/core/adapter";
import type { CatalogueRegistration } from "./catalogue/catalogue-registration.ts";
import type { KeyDirectory } from "./ledger/key-directory.ts";
import type { SubjectCache } from "./ledger/subject-cache.ts";
import type { StoreSessions } from "./transport/store-sessions.ts";

/** What an attached store is made of; every facet is a function over it. */
export interface StoreParts {
  readonly context: ConnectorContextV1;
  readonly sessions: StoreSessions;
  readonly keys: KeyDirectory;
  readonly registration: CatalogueRegistration;
  readonly subjects: SubjectCache;
}
