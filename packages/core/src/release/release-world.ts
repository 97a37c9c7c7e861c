import type { AttributeDescription } from "../model/standard-attributes.ts";
import type { Purpose } from "../model/purpose.ts";
import type { ResidencyReading } from "../residency/evaluate-residency.ts";
import type { Place } from "../residency/evaluate-residency.ts";

/** What rules may speak of: purposes, attributes and recipients of one configuration. */
export interface ReleaseWorld {
  /** The current version of each, by key. */
  readonly purposes: ReadonlyMap<string, Purpose>;
  /** Standard ones and the brand's, by dotted name. */
  readonly attributes: ReadonlyMap<string, AttributeDescription>;
  /** By id. */
  readonly destinations: ReadonlyMap<string, Place>;
  readonly residency: ResidencyReading;
  /** Regions that jurisdictions may name, with their members. */
  readonly regions: Readonly<Record<string, readonly string[]>>;
}

/** Whoever a purpose names as recipient. */
export function listPartners(world: Pick<ReleaseWorld, "purposes">): readonly string[] {
  return [...new Set([...world.purposes.values()].flatMap(({ recipients }) => recipients))].sort();
}
