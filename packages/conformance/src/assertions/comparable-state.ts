import { isEnding, isGrant, type ConnectorTraitsV1, type ConsentState, type ConsentStatus } from "@volenti/core/adapter";

type StatusDetail = Pick<ConnectorTraitsV1, "statusDetail">;

/** The status as far as the connector says that it comes back: itself, or the one that stands for all of its meaning. */
export function comparableStatus<Status extends ConsentStatus>(request: { status: Status; traits: StatusDetail }): Status | "given" | "refused" | "invalidated" {
  const { status, traits } = request;
  if (traits.statusDetail !== "meaning") return status;
  if (isGrant(status)) return "given";
  return isEnding(status) ? "invalidated" : "refused";
}

/** A state as far as the connector says that it comes back. */
export function comparableState(request: { state: ConsentState; traits: StatusDetail }): ConsentState {
  const { state, traits } = request;
  if (traits.statusDetail !== "meaning") return state;
  return { ...state, status: comparableStatus({ status: state.status, traits }), purposeVersion: "", validUntil: null, recipients: null, attributes: null };
}
