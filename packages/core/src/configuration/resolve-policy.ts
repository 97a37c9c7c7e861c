import type { ConnectorV1 } from "../connector/v1/connector-v1.ts";
import type { ConfigurationProblem } from "../error/configuration-error.ts";
import type { Catalogue } from "../model/catalogue.ts";
import { createReleaseWorld } from "../release/create-release-world.ts";
import { noteUnplacedRecipients } from "../release/note-unplaced-recipients.ts";
import { resolveRelease } from "../release/resolve-release.ts";
import type { ResidencyReading } from "../residency/evaluate-residency.ts";
import type { StartupNote, Volenti } from "../volenti.ts";
import type { VolentiConfiguration } from "./volenti-configuration.ts";

/** The release policy of a configuration, and what it is worth saying of it. */
export function resolvePolicy(request: {
  configuration: Pick<VolentiConfiguration, "attributes" | "release">;
  catalogue: Catalogue;
  destinations: ReadonlyMap<string, ConnectorV1>;
  residency: ResidencyReading;
}): { resolved: Pick<Volenti, "policy" | "releasePorts">; problems: readonly ConfigurationProblem[]; notes: readonly StartupNote[] } {
  const { configuration, catalogue, destinations, residency } = request;
  const { release = { rules: [] }, attributes = {} } = configuration;
  const world = createReleaseWorld({ catalogue, brandAttributes: Object.keys(attributes), destinations, residency });
  const { policy, problems } = resolveRelease({ release, world });
  const { decisionPoint = null, attemptLimiter = null } = release ?? {};
  return { resolved: { policy, releasePorts: { decisionPoint, attemptLimiter } }, problems, notes: noteUnplacedRecipients(policy) };
}
