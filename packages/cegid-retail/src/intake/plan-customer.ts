import type { Catalogue, SubjectWriteV1 } from "@volenti/core/adapter";
import { computeOptIns, type OptInPlan } from "../mapping/compute-opt-ins.ts";
import { planLinkMarker, toCustomerId } from "../mapping/customer-id.ts";
import { toHeldOptInMembers, type OptInField } from "../mapping/opt-in-set.ts";
import { toPurposeStateWrites } from "../mapping/purpose-state.ts";
import { readLastWritten, toSlotWrites, type LastWritten } from "../mapping/slots.ts";
import { toRefWrites } from "../mapping/subject-ref.ts";
import { toTestMarkWrites } from "../mapping/test-mark.ts";
import { toProfileMembers, type ProfilePlan } from "../mapping/to-profile-members.ts";
import { mergeUserWrites, type UserWrite } from "../mapping/user-slot.ts";
import type { Settings } from "../settings.ts";
import type { CustomerInputData, CustomerQueryData } from "../soap/data-contract.ts";

export interface PlanRequest {
  readonly settings: Settings;
  readonly catalogue: Catalogue;
  /** Epoch milliseconds. */
  readonly now: number;
  readonly item: SubjectWriteV1;
  /** Null: the customer is yet to be created. */
  readonly stored: CustomerQueryData | null;
  /** Whether the record may be marked as the ref's. */
  readonly marks: boolean;
  /** Whether the link is left out: it lies in a record that was closed, or Y2 refused it. */
  readonly withoutLink?: boolean | undefined;
  /** Whether a closed record is opened again. */
  readonly reopens?: boolean | undefined;
  /** The opt-ins that somebody took back since we wrote: nothing of the item is newer. */
  readonly takenBack?: ReadonlySet<OptInField> | undefined;
  /** Whether the profile is left out: Y2 refused it. */
  readonly withoutProfile?: boolean | undefined;
}

/** What an item makes of one record. */
export interface CustomerPlan {
  readonly stored: CustomerQueryData | null;
  readonly last: LastWritten | null;
  readonly optIns: OptInPlan;
  readonly profile: ProfilePlan;
  /** Links, refs and marks of tests. */
  readonly own: { readonly barcode: string | null; readonly writes: readonly UserWrite[] };
  /** What to put into texts and dates, profile and marks included. */
  readonly writes: readonly UserWrite[];
  /** Members of the contract that the item wants so. */
  readonly parts: readonly CustomerInputData[];
  /** Whether anything differs from what is stored; of a new customer, whether there is anything to keep. */
  readonly isNeeded: boolean;
}

export function planCustomer(request: PlanRequest): CustomerPlan {
  const { settings, catalogue, now, item, stored, takenBack, reopens = false, withoutProfile = false } = request;
  const last = readLastWritten({ settings, stored });
  const profile = toProfileMembers({ settings, patch: withoutProfile ? {} : (item.profile ?? {}), stored });
  const email = profile.members.EmailData?.Email ?? stored?.EmailData?.Email ?? "";
  const optIns = computeOptIns({ settings, catalogue, stored, states: item.states, standing: item.standing, last, now, takenBack, hasEmail: email !== "" });
  const own = planMarks(request);
  const consentWrites = [
    ...(optIns.written === null ? [] : toSlotWrites({ settings, written: optIns.written })),
    ...toPurposeStateWrites({ settings, states: optIns.purposeStates }),
  ];
  const writes = [...consentWrites, ...profile.writes, ...own.writes];
  const hasProfile = Object.values(profile.outcomes).includes("applied");
  const isKept = stored === null ? optIns.written !== null || optIns.purposeStates.length > 0 : optIns.changed;
  const hasMarks = stored !== null && (own.barcode !== null || own.writes.length > 0);
  return {
    stored,
    last,
    optIns,
    profile,
    own,
    writes,
    parts: [
      toHeldOptInMembers({ set: optIns.target, stored, given: profile.members }),
      profile.members,
      mergeUserWrites({ stored: settings.absentValues === "keep" ? null : stored, writes }),
      ...(own.barcode === null ? [] : [{ Barcode: own.barcode }]),
      ...(reopens ? [{ Closed: false }] : []),
    ],
    isNeeded: isKept || hasProfile || hasMarks,
  };
}

/** The customer whom we name ourselves carries the link in the id; whoever else is ours carries it where there is room for it. */
function planMarks(request: PlanRequest): CustomerPlan["own"] {
  const { settings, item: { subject: { ref, test } }, stored, marks, withoutLink = false } = request;
  const testWrites = toTestMarkWrites({ settings, stored, isTest: test });
  const marker = toCustomerId(ref);
  if (!marks || marker === null) return { barcode: null, writes: testWrites };
  const isNamedByUs = stored === null && settings.customerIdStrategy === "deterministic";
  const link = planLinkMarker({ settings, stored: stored ?? (isNamedByUs ? { CustomerId: marker } : {}), marker });
  const refWrites = toRefWrites({ settings, stored, ref });
  if (link.kind !== "free" || withoutLink) return { barcode: null, writes: [...testWrites, ...refWrites] };
  return { barcode: link.barcode, writes: [...testWrites, ...refWrites, ...link.writes] };
}
