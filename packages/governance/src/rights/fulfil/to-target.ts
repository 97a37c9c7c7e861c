import type { DestinationResult } from "@volenti/core";
import type { PersonInDestination } from "../../support/find-person.ts";
import type { RightsOutcome, RightsTarget } from "../rights-request.ts";

export function toTarget(target: Pick<RightsTarget, "system" | "state" | "outcome"> & Partial<RightsTarget>): RightsTarget {
  return { reason: null, law: null, until: null, attributes: [], ...target };
}

/** What a destination that does not hold the person, or cannot say, has to do with a request. */
export function targetOfAbsent(place: PersonInDestination): RightsTarget {
  const { id: system, person } = place;
  switch (person.status) {
    case "conflict":
    case "unlinked":
      return toTarget({ system, state: "needsHuman", outcome: person.status });
    case "unreachable":
      // A system that cannot be searched by such an identifier cannot be asked again tomorrow either.
      return person.code === "unsupported"
        ? toTarget({ system, state: "needsHuman", outcome: "unsupported", reason: person.code })
        : toTarget({ system, state: "waiting", outcome: "unreachable", reason: person.code });
    default:
      return toTarget({ system, state: "done", outcome: "notHeld" });
  }
}

/** What a delivery did in one destination; `outcome` is what it is called where it was done. */
export function targetOfDelivery(request: { result: DestinationResult; outcome: RightsOutcome }): RightsTarget {
  const { result, outcome } = request;
  const { id: system, code = null, rejectedAttributes = [] } = result;
  switch (result.outcome) {
    case "applied":
    case "unchanged":
    case "superseded":
      if (rejectedAttributes.length > 0) return refused({ system, code, attributes: rejectedAttributes });
      return toTarget({
        system,
        state: "done",
        outcome: result.outcome === "applied" ? outcome : "unchanged",
        // Somebody gave something newer in between, and that stands.
        reason: result.outcome === "superseded" ? "superseded" : null,
      });
    case "partlyApplied":
    case "rejected":
      return refused({ system, code, attributes: rejectedAttributes });
    default:
      return toTarget({ system, state: "waiting", outcome: "unreachable", reason: code ?? result.outcome });
  }
}

function refused(request: { system: string; code: string | null; attributes: readonly string[] }): RightsTarget {
  const { system, code, attributes } = request;
  return toTarget({ system, state: "needsHuman", outcome: "rejected", reason: code, attributes });
}

/** Keeps what an earlier run did where the later one found that it was done. */
export function mergeTargets(request: { before: readonly RightsTarget[]; after: readonly RightsTarget[] }): readonly RightsTarget[] {
  const { before, after } = request;
  const earlier = new Map(before.map((target) => [target.system, target]));
  const merged = after.map((target) => {
    const first = earlier.get(target.system);
    const isRepeated = target.state === "done" && (target.outcome === "unchanged" || target.outcome === "notHeld");
    return isRepeated && first?.state === "done" ? first : target;
  });
  const named = new Set(after.map(({ system }) => system));
  return [...before.filter(({ system }) => !named.has(system)), ...merged];
}
