/**
 * Why a request was not changed as it was asked.
 * - `unknownRequest`: nobody keeps a request of that id
 * - `ended`: it is fulfilled, denied, revoked or expired
 * - `paused`, `notPaused`: it is, or is not
 * - `unverified`: nobody knows yet whether the person is asking
 * - `reasonRequired`, `unknownReason`: a reason has to be given, or one of the Data Rights Protocol's
 * - `noExtension`, `alreadyExtended`, `deadlinePassed`: the law knows none, or one only, or only before the date
 * - `notDue`: it cannot expire before its date
 * - `personRequired`: name the person: the destinations hold no identifier to go on with
 * - `otherPerson`: the identifier names somebody else than the request, or nobody while that person is held
 * - `severalPeople`: several people match in some destination; nobody is picked, nothing was read or changed
 * - `countryRequired`: nobody knows where the person lives, and no law or route is guessed
 * - `noRoute`: the configuration leads people of that country nowhere: nothing was recorded
 * - `unknownPurpose`, `noNotice`: no such purpose, or no notice of the configuration informs about it
 * - `purposeRequired`: say which purpose, or list some under `rights.sensitivePurposes`
 * - `valuesRequired`: what is to be rectified is not said
 * - `changedMeanwhile`: somebody else changes the request at this time; run it again
 * - `notKept`: what was done is done, and could not be written down; run it again
 * - `invalidInput`: what is given is none; `fields` says where
 */
export type RightsProblemCode =
  | "unknownRequest"
  | "ended"
  | "paused"
  | "notPaused"
  | "unverified"
  | "reasonRequired"
  | "unknownReason"
  | "noExtension"
  | "alreadyExtended"
  | "deadlinePassed"
  | "notDue"
  | "personRequired"
  | "otherPerson"
  | "severalPeople"
  | "countryRequired"
  | "noRoute"
  | "unknownPurpose"
  | "noNotice"
  | "purposeRequired"
  | "valuesRequired"
  | "changedMeanwhile"
  | "notKept"
  | "invalidInput";

/** Why a request could not be handled, as a code and the path of a field. */
export interface RightsProblem {
  readonly code: RightsProblemCode;
  /** Where, with a code each; empty unless the code says otherwise. */
  readonly fields: readonly { readonly path: string; readonly code: string }[];
}

export function toProblem(code: RightsProblemCode, fields: RightsProblem["fields"] = []): RightsProblem {
  return { code, fields };
}
