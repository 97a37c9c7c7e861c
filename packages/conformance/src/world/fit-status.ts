import { endsPermission, isGrant, type ConsentStatus } from "@volenti/core/adapter";

/** The status itself where the connector can represent it, else one of its kind that it can; a neutral one stays. */
export function fitStatus(request: { status: ConsentStatus; representable: readonly ConsentStatus[] }): ConsentStatus {
  const { status, representable } = request;
  if (representable.includes(status)) return status;
  const isOfKind = isGrant(status) ? isGrant : endsPermission(status) ? endsPermission : undefined;
  return (isOfKind === undefined ? undefined : representable.find(isOfKind)) ?? status;
}
