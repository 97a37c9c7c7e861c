import type { FollowUpsV1 } from "../connector/v1/follow-ups-facet-v1.ts";
import type { RouteRules } from "./plan-route.ts";

/**
 * The follow-ups of a destination, in the ledger of the routes that lead there. Absent where these have none, or not all the
 * same one: a ref of one ledger has no business in another, which may lie abroad.
 */
export function bindFollowUps(request: { destinationId: string; rules: RouteRules; holder: string }): FollowUpsV1 | undefined {
  const { destinationId, rules, holder } = request;
  const leading = rules.routes.filter(({ to }) => to.includes(destinationId));
  const ledgers = new Set(leading.map(({ to }) => to.map((id) => rules.destinations.get(id)).find((place) => place?.ledger !== undefined)));
  const [ledger, ...others] = ledgers;
  const followUps = ledger?.followUps;
  if (followUps === undefined || others.length > 0 || ledger === rules.destinations.get(destinationId)) return undefined;
  return {
    plan: (plan) => followUps.plan({ ...plan, destinationId }),
    claim: (claim) => followUps.claim({ ...claim, destinationId, holder }),
    finish: (finish) => followUps.finish({ ...finish, destinationId, holder }),
  };
}
