import { TABLES_MIGRATION } from "./0001-tables.ts";
import { ACCESS_MIGRATION } from "./0002-access.ts";
import { VIEWS_MIGRATION } from "./0003-views.ts";
import { CATALOGUE_MIGRATION } from "./0004-catalogue.ts";
import { CONSULT_MIGRATION } from "./0005-consult.ts";
import { WRITE_MIGRATION } from "./0006-write.ts";
import { ERASURE_MIGRATION } from "./0007-erasure.ts";
import { CUSTODY_MIGRATION } from "./0008-custody.ts";
import { CONSULT_MERGED_MIGRATION } from "./0009-consult-merged.ts";
import { WRITE_MERGED_MIGRATION } from "./0010-write-merged.ts";
import { CHECKPOINTS_MIGRATION } from "./0011-checkpoints.ts";
import { OVERVIEW_MIGRATION } from "./0012-overview.ts";
import { FOLLOW_UPS_MIGRATION } from "./0013-follow-ups.ts";
import { HELD_ERASURE_MIGRATION } from "./0014-held-erasure.ts";
import { LIST_PEOPLE_MIGRATION } from "./0015-list-people.ts";
import { READER_POLICIES_MIGRATION } from "./0016-reader-policies.ts";
import { REWRAP_MIGRATION } from "./0017-rewrap.ts";
import { APPEND_LOG_MIGRATION } from "./0018-append-log.ts";
import { STATE_RANK_MIGRATION } from "./0019-state-rank.ts";
import { RECORD_IDS_MIGRATION } from "./0020-record-ids.ts";

/** One forward step of the schema. Never changed once it was released: a change is a new step. */
export interface Migration {
  readonly id: string;
  readonly title: string;
  readonly statement: string;
}

/** In the order of application. */
export const MIGRATIONS: readonly Migration[] = [
  { id: "0001-tables", title: "Tables", statement: TABLES_MIGRATION },
  { id: "0002-access", title: "Row-level security and rights of the roles", statement: ACCESS_MIGRATION },
  { id: "0003-views", title: "Views for auditors and reports", statement: VIEWS_MIGRATION },
  { id: "0004-catalogue", title: "Functions: catalogue of purposes, notices and keys", statement: CATALOGUE_MIGRATION },
  { id: "0005-consult", title: "Functions: who is who, and what stands", statement: CONSULT_MIGRATION },
  { id: "0006-write", title: "Functions: the write", statement: WRITE_MIGRATION },
  { id: "0007-erasure", title: "Functions: erasure", statement: ERASURE_MIGRATION },
  { id: "0008-custody", title: "Holds, restrictions, merges, requests and the access log", statement: CUSTODY_MIGRATION },
  { id: "0009-consult-merged", title: "Functions: who is who and what stands, with holds and merges", statement: CONSULT_MERGED_MIGRATION },
  { id: "0010-write-merged", title: "Functions: the write, with merges", statement: WRITE_MERGED_MIGRATION },
  { id: "0011-checkpoints", title: "Log of decisions, and signed checkpoints over it", statement: CHECKPOINTS_MIGRATION },
  { id: "0012-overview", title: "Functions: all of one person", statement: OVERVIEW_MIGRATION },
  { id: "0013-follow-ups", title: "Work for later, under leases", statement: FOLLOW_UPS_MIGRATION },
  { id: "0014-held-erasure", title: "Functions: erasure, with holds and work for later", statement: HELD_ERASURE_MIGRATION },
  { id: "0015-list-people", title: "Functions: everybody who is held, with merges", statement: LIST_PEOPLE_MIGRATION },
  { id: "0016-reader-policies", title: "What the reader may see, asked of one person", statement: READER_POLICIES_MIGRATION },
  { id: "0017-rewrap", title: "Functions: data keys wrapped anew", statement: REWRAP_MIGRATION },
  { id: "0018-append-log", title: "Functions: places of the log, slice of time by slice", statement: APPEND_LOG_MIGRATION },
  { id: "0019-state-rank", title: "The rank of what stands is that of its status", statement: STATE_RANK_MIGRATION },
  { id: "0020-record-ids", title: "Where other destinations hold a person", statement: RECORD_IDS_MIGRATION },
];
