import type { JsonValue } from "@volenti/core/adapter";

/** A record as a write sends it: fields by API name, parents as nested objects under their relationship's name. */
export type OrgRow = { [field: string]: JsonValue };
