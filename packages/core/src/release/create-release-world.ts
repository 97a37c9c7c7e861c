import type { ConnectorV1 } from "../connector/v1/connector-v1.ts";
import type { Catalogue } from "../model/catalogue.ts";
import { describeAttributes } from "../model/standard-attributes.ts";
import type { ResidencyReading } from "../residency/evaluate-residency.ts";
import type { ReleaseWorld } from "./release-world.ts";

/** What the rules of a configuration may speak of. */
export function createReleaseWorld(request: {
  catalogue: Catalogue;
  brandAttributes: readonly string[];
  destinations: ReadonlyMap<string, ConnectorV1>;
  residency: ResidencyReading;
}): ReleaseWorld {
  const { catalogue, brandAttributes, destinations, residency } = request;
  return {
    purposes: new Map(catalogue.purposes.filter(({ current }) => current).map((purpose) => [purpose.key, purpose])),
    attributes: describeAttributes(brandAttributes),
    destinations: new Map([...destinations].map(([id, connector]) => [id, connector])),
    residency,
    regions: residency?.rules.regions ?? {},
  };
}
