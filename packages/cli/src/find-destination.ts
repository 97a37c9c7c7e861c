import type { Volenti } from "@volenti/core";
import type { ConnectorV1 } from "@volenti/core/adapter";
import { UsageError } from "./usage-error.ts";

/** The destination of the configuration with this id. Throws a `UsageError` that names those there are. */
export function findDestination(request: { volenti: Pick<Volenti, "destinations">; id: string }): ConnectorV1 {
  const { volenti, id } = request;
  const destination = volenti.destinations.get(id);
  if (destination === undefined) {
    throw new UsageError({
      code: "unknownDestination",
      sentence: `the configuration has no such destination; it has ${[...volenti.destinations.keys()].join(", ")}`,
    });
  }
  return destination;
}
