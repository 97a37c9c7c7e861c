import { isNewerThanFlags, type OptInPast } from "./judge-opt-in.ts";
import type { KnownState, KnownStates } from "./known-states.ts";
import { listReceiptKeys, type ConsentKey } from "./opt-in-keys.ts";
import type { OptInRequest } from "./opt-in-request.ts";
import { permits, type OptInField, type OptIns, type OptInSet } from "./opt-in-set.ts";

type Flags = Omit<OptInSet, "optIns">;

interface FlagSource {
  readonly request: OptInRequest;
  readonly past: OptInPast;
  readonly known: KnownStates;
  readonly fieldKeys: ReadonlyMap<OptInField, readonly ConsentKey[]>;
  /** As they are to be written. */
  readonly optIns: OptIns;
  readonly before: OptInSet;
}

/** The flags beside the opt-ins. A flag of e-mail is never raised on a record without an address. */
export function judgeFlags(source: FlagSource): { readonly values: Flags; readonly isReceiptStale: boolean } {
  const { request, before } = source;
  const { consent } = request.settings;
  const hasEmail = request.hasEmail ?? (request.stored?.EmailData?.Email ?? "") !== "";
  const losesEmail = request.hasEmail === false;
  const emailing = consent.writeEmailingAccepted ? follow({ source, field: "OptinEmail", stored: before.emailingAccepted }) : before.emailingAccepted;
  const receipt = judgeReceipt(source);
  return {
    values: {
      emailingAccepted: emailing && (hasEmail || (before.emailingAccepted && !losesEmail)),
      sendReceiptByMail: receipt.value && (hasEmail || (before.sendReceiptByMail && !losesEmail)),
      directMail: consent.writeDirectMail ? follow({ source, field: "OptinPostal", stored: before.directMail }) : before.directMail,
    },
    isReceiptStale: receipt.isStale,
  };
}

/** A flag that says the same as an opt-in, once a purpose decides that opt-in, and never permits beside a no; what the till took away of it comes back with a newer yes alone. */
function follow(request: { source: FlagSource; field: OptInField; stored: boolean }): boolean {
  const { source: { past, known, fieldKeys, optIns, before }, field, stored } = request;
  const keys = (fieldKeys.get(field) ?? []).map(known.of);
  const isChanged = optIns[field] !== before.optIns[field];
  if (!isChanged && !keys.some((key) => key?.arrived === true)) return stored;
  if (!permits(optIns[field])) return optIns[field] !== "DoNotUse" && !isChanged && !isLowered(keys) && stored;
  if (keys.length === 0) return stored;
  return stored || !permits(before.optIns[field]) || keys.every((key) => key?.answer === "granted" && isNewerThanFlags({ past, key }));
}

function isLowered(keys: readonly (KnownState | null)[]): boolean {
  return keys.some((key) => key?.arrived === true && key.answer !== "granted");
}

/** Receipts by e-mail: a service, no marketing. The flag cannot tell a no from a question that was never asked. */
function judgeReceipt(source: FlagSource): { readonly value: boolean; readonly isStale: boolean } {
  const { request: { settings, catalogue }, past, known, before: { sendReceiptByMail: stored } } = source;
  const keys = listReceiptKeys({ consent: settings.consent, catalogue }).map(known.of);
  if (!keys.some((key) => key?.arrived === true)) return { value: stored, isStale: false };
  if (keys.some((key) => key !== null && key.answer !== "granted")) return { value: false, isStale: false };
  if (stored || keys.includes(null)) return { value: stored, isStale: false };
  const isNewer = keys.every((key) => key !== null && isNewerThanFlags({ past, key }));
  return { value: isNewer, isStale: !isNewer };
}
