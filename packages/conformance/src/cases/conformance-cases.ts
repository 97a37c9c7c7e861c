import type { ConformanceCase } from "../conformance-case.ts";
import { BATCH_CASES } from "./batch-cases.ts";
import { CANCELLATION_CASES } from "./cancellation-cases.ts";
import { CHECKPOINT_CASES } from "./checkpoint-cases.ts";
import { CONSENT_READ_CASES } from "./consent-read-cases.ts";
import { CONSENT_WRITE_CASES } from "./consent-write-cases.ts";
import { CUSTODY_HOLD_CASES } from "./custody-hold-cases.ts";
import { CUSTODY_MERGE_CASES } from "./custody-merge-cases.ts";
import { CUSTODY_RECORD_CASES } from "./custody-record-cases.ts";
import { ERASURE_CASES } from "./erasure-cases.ts";
import { ERASURE_TRACE_CASES } from "./erasure-trace-cases.ts";
import { ERROR_CASES } from "./error-cases.ts";
import { EXISTING_ONLY_CASES } from "./existing-only-cases.ts";
import { FIND_CASES } from "./find-cases.ts";
import { FOLLOW_UP_CASES } from "./follow-up-cases.ts";
import { HISTORY_CASES } from "./history-cases.ts";
import { LEDGER_IDENTITY_CASES } from "./ledger-identity-cases.ts";
import { LEDGER_MEMORY_CASES } from "./ledger-memory-cases.ts";
import { LEDGER_REFUSAL_CASES } from "./ledger-refusal-cases.ts";
import { LIFECYCLE_CASES } from "./lifecycle-cases.ts";
import { OVERVIEW_CASES } from "./overview-cases.ts";
import { POPULATION_CASES } from "./population-cases.ts";
import { PRECISION_CASES } from "./precision-cases.ts";
import { PROFILE_PATCH_CASES } from "./profile-patch-cases.ts";
import { PROVISIONING_CASES } from "./provisioning-cases.ts";
import { RACE_CASES } from "./race-cases.ts";
import { RECORD_ID_CASES } from "./record-id-cases.ts";
import { REDACTION_CASES } from "./redaction-cases.ts";
import { REPLAY_CASES } from "./replay-cases.ts";
import { REWRAPPING_CASES } from "./rewrapping-cases.ts";
import { SECRECY_CASES } from "./secrecy-cases.ts";
import { SELF_TEST_CASES } from "./self-test-cases.ts";
import { SEVERAL_PEOPLE_CASES } from "./several-people-cases.ts";
import { STALENESS_CASES } from "./staleness-cases.ts";
import { TRAIT_CASES } from "./trait-cases.ts";

/** Every case of the kit, in the order of the report. */
export const CONFORMANCE_CASES: readonly ConformanceCase[] = [
  ...TRAIT_CASES,
  ...LIFECYCLE_CASES,
  ...CONSENT_READ_CASES,
  ...SEVERAL_PEOPLE_CASES,
  ...CONSENT_WRITE_CASES,
  ...HISTORY_CASES,
  ...STALENESS_CASES,
  ...REPLAY_CASES,
  ...RACE_CASES,
  ...PRECISION_CASES,
  ...PROFILE_PATCH_CASES,
  ...FIND_CASES,
  ...LEDGER_IDENTITY_CASES,
  ...LEDGER_MEMORY_CASES,
  ...LEDGER_REFUSAL_CASES,
  ...RECORD_ID_CASES,
  ...EXISTING_ONLY_CASES,
  ...BATCH_CASES,
  ...ERASURE_CASES,
  ...ERASURE_TRACE_CASES,
  ...CUSTODY_HOLD_CASES,
  ...CUSTODY_MERGE_CASES,
  ...CUSTODY_RECORD_CASES,
  ...POPULATION_CASES,
  ...OVERVIEW_CASES,
  ...REWRAPPING_CASES,
  ...CHECKPOINT_CASES,
  ...FOLLOW_UP_CASES,
  ...PROVISIONING_CASES,
  ...SELF_TEST_CASES,
  ...ERROR_CASES,
  ...CANCELLATION_CASES,
  ...REDACTION_CASES,
  ...SECRECY_CASES,
];
