import { isGrant, type ConsentState } from "@volenti/core/adapter";
import type { Fold } from "../mapping/fold-privacy.ts";
import { placeOf } from "../mapping/opt-in-keys.ts";
import { permits } from "../mapping/opt-in-set.ts";
import type { Settings } from "../settings.ts";

/** The folds that keep a grant from having an effect: the folder's privacy level has opt-ins equal, and another one is a no. */
export function listFolds(request: { settings: Settings; folds: readonly Fold[]; states: readonly ConsentState[] }): readonly Fold[] {
  const { settings: { consent }, folds, states } = request;
  const fields = new Set(
    states.filter(({ status }) => isGrant(status)).flatMap((state) => {
      const place = placeOf({ consent, key: state });
      return place.kind === "optIns" ? place.fields : [];
    }),
  );
  return folds.filter(({ field, from, to }) => fields.has(field) && permits(from) && !permits(to));
}
