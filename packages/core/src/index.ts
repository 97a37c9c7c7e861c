export { defineConfig } from "./configuration/volenti-configuration.ts";
export type * from "./configuration/volenti-configuration.ts";
export type { StandardSchema } from "./configuration/standard-schema.ts";
export type * from "./volenti.ts";
export type * from "./model/submission-result.ts";
export type * from "./residency/residency-rules.ts";
