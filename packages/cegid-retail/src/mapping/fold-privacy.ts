import type { CustomerInformationType } from "../soap/data-contract.ts";
import type { Settings } from "../settings.ts";
import { compareOptIns, mapOptIns, OPT_IN_FIELDS, type OptInField, type OptIns } from "./opt-in-set.ts";

/** An opt-in that became stricter than was decided, as the tenant wants those of its group to be equal, or staff came between. */
export interface Fold {
  readonly field: OptInField;
  readonly from: CustomerInformationType;
  readonly to: CustomerInformationType;
  /** The last two: somebody changed it while we wrote; see `listDrift`. */
  readonly reason: "privacyGlobal" | "privacyChannel" | "changedMeanwhile" | "refusedAgain";
}

const GROUPS: Readonly<Record<Settings["privacyGranularity"], readonly (readonly OptInField[])[]>> = {
  global: [OPT_IN_FIELDS],
  channel: [
    ["OptinEmail", "OptinAlternativeEmail"],
    ["OptinMobile", "OptinHomePhone", "OptinOfficePhone"],
  ],
  item: [],
};

/** The opt-ins that have to be equal to this one, itself included. */
export function groupOf(request: { granularity: Settings["privacyGranularity"]; field: OptInField }): readonly OptInField[] {
  return GROUPS[request.granularity].find((group) => group.includes(request.field)) ?? [request.field];
}

/**
 * Makes the opt-ins of each group equal to its most restrictive: DoNotUse, AskCustomer, BrandOnly, ForPartners. `voices`
 * says what an opt-in counts for where that is not its value; null: it has no say, and follows.
 */
export function foldPrivacy(request: {
  granularity: Settings["privacyGranularity"];
  optIns: OptIns;
  /** Only groups with one of these are looked at. */
  touched: ReadonlySet<OptInField>;
  voices?: ReadonlyMap<OptInField, CustomerInformationType | null> | undefined;
}): { readonly optIns: OptIns; readonly folds: readonly Fold[] } {
  const { granularity, optIns, touched, voices } = request;
  const agreed = new Map<OptInField, CustomerInformationType>();
  for (const group of GROUPS[granularity].filter((fields) => fields.some((field) => touched.has(field)))) {
    const said = group.map((field) => (voices?.has(field) === true ? (voices.get(field) ?? null) : optIns[field]));
    const [strictest] = said.filter((value) => value !== null).toSorted(compareOptIns);
    if (strictest !== undefined) for (const field of group) agreed.set(field, strictest);
  }
  const folded = mapOptIns((field) => agreed.get(field) ?? optIns[field]);
  const reason = granularity === "global" ? "privacyGlobal" : "privacyChannel";
  const folds = OPT_IN_FIELDS.filter((field) => folded[field] !== optIns[field]).map(
    (field): Fold => ({ field, from: optIns[field], to: folded[field], reason }),
  );
  return { optIns: folded, folds };
}
