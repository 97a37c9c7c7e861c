import { createHealthCheck } from "./check-health.ts";
import { bindFollowUps } from "./collect/bind-follow-ups.ts";
import type { Destination } from "./collect/collect-ports.ts";
import { createCollector } from "./collect/create-collector.ts";
import { createSubjectNaming } from "./collect/create-subject-naming.ts";
import { planRoute } from "./collect/plan-route.ts";
import { previewSubmission } from "./collect/preview-submission.ts";
import { resolveConfiguration, type ResolvedConfiguration } from "./configuration/resolve-configuration.ts";
import type { VolentiConfiguration } from "./configuration/volenti-configuration.ts";
import { ConnectorError } from "./error/connector-error.ts";
import { normaliseIdentifier } from "./model/normalise-identifier.ts";
import { describeAttributes } from "./model/standard-attributes.ts";
import { createRetryBudget } from "./retry/retry-budget.ts";
import { toBase32 } from "./support/bytes.ts";
import { systemClock, type Clock } from "./support/clock.ts";
import { createPriorityLane } from "./support/priority-lane.ts";
import { findGoverningRow, isInRegion } from "./residency/evaluate-residency.ts";
import type { Placement, Volenti } from "./volenti.ts";

/** Calls under way at once, a destination. A connector limits what goes on inside one call. */
const CALLS_PER_DESTINATION = 4;

/** What a test owns instead of the machine. */
export interface VolentiPorts {
  clock?: Clock | undefined;
  /** A number in [0, 1), for jitter. */
  random?: (() => number) | undefined;
}

/**
 * Wires a configuration to its destinations. Throws a `ConfigurationError` with every problem; does no I/O: the first
 * submission, or `health()`, does.
 */
export function createVolenti(configuration: VolentiConfiguration, ports: VolentiPorts = {}): Volenti {
  const resolved = resolveConfiguration(configuration);
  const clock = ports.clock ?? systemClock;
  const destinations = openDestinations({ resolved, clock });
  const random = ports.random ?? Math.random;
  const collector = createCollector({ resolved, destinations, clock, random });
  const close = async (): Promise<void> => {
    await collector.finish();
    await Promise.all([...destinations.values()].map(({ connector }) => connector.close()));
  };
  return {
    collect: collector.collect,
    collectMany: collector.collectMany,
    batchSize: collector.batchSize,
    preview: async (input) => previewSubmission({ input, line: 1, parse: collector.parse, configuration: resolved, now: clock.now() }),
    health: createHealthCheck({ destinations, clock }),
    close,
    [Symbol.asyncDispose]: close,
    ...describingMembers({ resolved, clock }),
    naming: createSubjectNaming({ configuration: resolved, destinations, clock, random }),
  };
}

type DescribingMembers = Pick<
  Volenti,
  "controller" | "catalogue" | "policy" | "releasePorts" | "attributes" | "keyring" | "crypto" | "anchors" | "clock" | "destinations" | "rights" | "view" | "startupNotes" | "normaliseIdentifier" | "findSubject"
  | "placementOf" | "erasureLog" | "regimes" | "information" | "routeOf"
>;

function describingMembers(request: { resolved: ResolvedConfiguration; clock: Clock }): DescribingMembers {
  const { resolved, clock } = request;
  return {
    controller: resolved.controller,
    view: resolved.view,
    catalogue: resolved.catalogue,
    attributes: describeAttributes(resolved.brandAttributes.keys()),
    policy: resolved.policy,
    releasePorts: resolved.releasePorts,
    keyring: resolved.keyring,
    crypto: resolved.crypto,
    anchors: resolved.anchors,
    clock,
    destinations: resolved.destinations,
    rights: resolved.rights,
    regimes: resolved.regimes,
    information: resolved.information,
    routeOf: (country) => planRoute({ country, rules: resolved.route }).steps,
    startupNotes: resolved.startupNotes,
    erasureLog: resolved.erasureLog,
    placementOf: (request) => placementOf({ ...request, resolved }),
    normaliseIdentifier: ({ kind, value }) => normaliseIdentifier({ kind, value, emailLocalPart: resolved.emailLocalPart }),
    findSubject: async ({ destinationId, identifier }) => {
      const connector = resolved.destinations.get(destinationId);
      if (connector === undefined) {
        throw new ConnectorError({ code: "invalidInput", connectorId: "volenti", operation: "findSubject", fieldNames: ["destinationId"] });
      }
      return connector.profiles.find({ identifier });
    },
  };
}

function placementOf(request: { country: string; destinationId: string; resolved: ResolvedConfiguration }): Placement {
  const { country, destinationId, resolved } = request;
  const reading = resolved.route.residency;
  const region = resolved.destinations.get(destinationId)?.region ?? "";
  if (!isInRegion({ reading, country, region })) return "abroad";
  return findGoverningRow({ reading, country })?.row.keepLocal === "yes" ? "mustKeepLocal" : "inRegion";
}

function openDestinations(request: { resolved: ResolvedConfiguration; clock: Clock }): ReadonlyMap<string, Destination> {
  const { resolved, clock } = request;
  const destinations = new Map<string, Destination>();
  const holder = toBase32(resolved.crypto.randomBytes(16));
  for (const [id, connector] of resolved.destinations) {
    connector.attach({
      destinationId: id,
      controllerId: resolved.controller.id,
      catalogue: resolved.catalogue,
      keyring: resolved.keyring,
      crypto: resolved.crypto,
      clock,
      followUps: bindFollowUps({ destinationId: id, rules: resolved.route, holder }),
    });
    const lane = createPriorityLane({ maxConcurrency: CALLS_PER_DESTINATION });
    destinations.set(id, { id, connector, lane, budget: createRetryBudget() });
  }
  return destinations;
}
