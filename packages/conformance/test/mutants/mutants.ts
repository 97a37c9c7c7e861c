import { ABORT_MUTANTS } from "./abort-mutants.ts";
import { CHECKPOINT_MUTANTS } from "./checkpoint-mutants.ts";
import { CONSENT_MUTANTS } from "./consent-mutants.ts";
import { CUSTODY_MUTANTS } from "./custody-mutants.ts";
import { DECISION_MUTANTS } from "./decision-mutants.ts";
import { ERASURE_MUTANTS } from "./erasure-mutants.ts";
import { EVIDENCE_MUTANTS } from "./evidence-mutants.ts";
import { EXISTING_ONLY_MUTANTS } from "./existing-only-mutants.ts";
import { FAILURE_MUTANTS } from "./failure-mutants.ts";
import { FOLLOW_UP_MUTANTS } from "./follow-up-mutants.ts";
import { HABIT_MUTANTS } from "./habit-mutants.ts";
import { IDENTITY_MUTANTS } from "./identity-mutants.ts";
import { LEAK_MUTANTS } from "./leak-mutants.ts";
import { LEDGER_MUTANTS } from "./ledger-mutants.ts";
import { LIFECYCLE_MUTANTS } from "./lifecycle-mutants.ts";
import { MEANING_MUTANTS } from "./meaning-mutants.ts";
import type { Mutant } from "./mutant.ts";
import { OVERVIEW_MUTANTS } from "./overview-mutants.ts";
import { PROFILE_MUTANTS } from "./profile-mutants.ts";
import { RECORD_ID_MUTANTS } from "./record-id-mutants.ts";
import { REPLAY_MUTANTS } from "./replay-mutants.ts";
import { REWRAPPING_MUTANTS } from "./rewrapping-mutants.ts";
import { SECRECY_MUTANTS } from "./secrecy-mutants.ts";
import { SELF_TEST_MUTANTS } from "./self-test-mutants.ts";
import { SEVERAL_PEOPLE_MUTANTS } from "./several-people-mutants.ts";
import { STANDING_MUTANTS } from "./standing-mutants.ts";
import { TIE_MUTANTS } from "./tie-mutants.ts";
import { TRACE_MUTANTS } from "./trace-mutants.ts";
import { WRITE_MUTANTS } from "./write-mutants.ts";

/** Every deliberately wrong adapter. */
export const MUTANTS: readonly Mutant[] = [
  ...STANDING_MUTANTS,
  ...CONSENT_MUTANTS,
  ...DECISION_MUTANTS,
  ...SEVERAL_PEOPLE_MUTANTS,
  ...REPLAY_MUTANTS,
  ...WRITE_MUTANTS,
  ...EXISTING_ONLY_MUTANTS,
  ...PROFILE_MUTANTS,
  ...TIE_MUTANTS,
  ...MEANING_MUTANTS,
  ...IDENTITY_MUTANTS,
  ...ERASURE_MUTANTS,
  ...CUSTODY_MUTANTS,
  ...OVERVIEW_MUTANTS,
  ...REWRAPPING_MUTANTS,
  ...CHECKPOINT_MUTANTS,
  ...FOLLOW_UP_MUTANTS,
  ...EVIDENCE_MUTANTS,
  ...FAILURE_MUTANTS,
  ...LEAK_MUTANTS,
  ...ABORT_MUTANTS,
  ...LIFECYCLE_MUTANTS,
  ...SELF_TEST_MUTANTS,
  ...LEDGER_MUTANTS,
  ...RECORD_ID_MUTANTS,
  ...SECRECY_MUTANTS,
  ...TRACE_MUTANTS,
  ...HABIT_MUTANTS,
];
