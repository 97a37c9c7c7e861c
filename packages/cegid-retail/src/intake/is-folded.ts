import { isGrant, type ConsentState } from "@volenti/core/adapter";
import { placeOf } from "../mapping/opt-in-keys.ts";
import { permits } from "../mapping/opt-in-set.ts";
import type { Settings } from "../settings.ts";
import type { SettledCustomer } from "./settle-customer.ts";

/** Whether a grant has no effect, as the folder's privacy level has opt-ins equal and another one of its group is a no. */
export function isFolded(request: { settings: Settings; settled: SettledCustomer; states: readonly ConsentState[] }): boolean {
  const { settings: { consent }, settled: { folds }, states } = request;
  const fields = new Set(
    states.filter(({ status }) => isGrant(status)).flatMap((state) => {
      const place = placeOf({ consent, key: state });
      return place.kind === "optIns" ? place.fields : [];
    }),
  );
  return folds.some(({ field, from, to }) => fields.has(field) && permits(from) && !permits(to));
}
