export { createGovernance } from "./create-governance.ts";
export type { Governance } from "./create-governance.ts";
export type * from "./show/unified-view.ts";
export type * from "./verify/verification-report.ts";
export type * from "./erase/erasure-report.ts";
export type * from "./link/linking-report.ts";
export type { ErasureRequest } from "./erase/erase-person.ts";
export type { PersonRequest } from "./support/person-request.ts";
