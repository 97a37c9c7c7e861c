import type { RightsSettings } from "@volenti/core";
import type { PauseGround } from "@volenti/jurisdictions";
import { changeRequest } from "./change-request.ts";
import { dueOfRequest, type Due } from "./deadline/due-of-request.ts";
import type { RightsProblemCode } from "./rights-problem.ts";
import { DENIAL_REASONS, isEnded, type DenialReason, type RightsRequest } from "./rights-request.ts";

/**
 * What a privacy officer does about a request without touching anybody's data. `reason` is the officer's words, of `deny`
 * one of the Data Rights Protocol's. Words are kept with the request: no value that a person gave belongs there.
 */
export type RightsAction =
  | { readonly action: "verify"; readonly method: string }
  | { readonly action: "pause"; readonly ground: PauseGround; readonly reason: string | undefined }
  | { readonly action: "resume" }
  | { readonly action: "extend"; readonly reason: string | undefined }
  | { readonly action: "deny"; readonly reason: string | undefined; readonly note?: string | undefined }
  | { readonly action: "revoke"; readonly reason?: string | undefined }
  /** What was left to people is done. */
  | { readonly action: "fulfil"; readonly reason: string | undefined }
  /** The person never proved who asks, and the date has passed. */
  | { readonly action: "expire" };

export interface ActionRequest {
  readonly rightsRequest: RightsRequest;
  readonly actor: string;
  /** Epoch milliseconds. */
  readonly now: number;
  readonly settings: Pick<RightsSettings, "holidays" | "timeZone">;
}

/** The next revision, or why there is none. Pure. */
export function applyAction(request: ActionRequest & { action: RightsAction }): RightsRequest | RightsProblemCode {
  const { action, rightsRequest } = request;
  if (isEnded(rightsRequest)) return "ended";
  switch (action.action) {
    case "verify":
      return verify({ ...request, method: action.method });
    case "pause":
      return pause({ ...request, ...action });
    case "resume":
      return resume(request);
    case "extend":
      return extend({ ...request, reason: action.reason });
    case "deny":
      return deny({ ...request, ...action });
    case "revoke":
      return changeRequest({ ...request, changes: { state: "revoked", reason: null }, note: action.reason });
    case "fulfil":
      return fulfil({ ...request, reason: action.reason });
    case "expire":
      return expire(request);
  }
}

function verify(request: ActionRequest & { method: string }): RightsRequest | RightsProblemCode {
  const { rightsRequest, actor, now, method } = request;
  if (rightsRequest.state === "paused") return "paused";
  if (method.trim() === "") return "reasonRequired";
  const verification = { method, actor, at: new Date(now).toISOString() };
  return changeRequest({ ...request, changes: { state: "in_progress", reason: null, verification } });
}

function pause(request: ActionRequest & { ground: PauseGround; reason: string | undefined }): RightsRequest | RightsProblemCode {
  const { rightsRequest, now, ground, reason } = request;
  if (rightsRequest.state === "paused") return "paused";
  if (!isGiven(reason)) return "reasonRequired";
  const pauses = [...rightsRequest.pauses, { ground, from: new Date(now).toISOString(), until: null, reason }];
  return changeRequest({ ...request, changes: { state: "paused", reason: null, pauses }, note: reason });
}

function resume(request: ActionRequest): RightsRequest | RightsProblemCode {
  const { rightsRequest, now } = request;
  if (rightsRequest.state !== "paused") return "notPaused";
  const until = new Date(now).toISOString();
  const pauses = rightsRequest.pauses.map((interval) => (interval.until === null ? { ...interval, until } : interval));
  const due = dueOf({ ...request, rightsRequest: { ...rightsRequest, pauses } });
  const reason = rightsRequest.verification === null ? "need_user_verification" : null;
  return changeRequest({ ...request, changes: { state: "in_progress", reason, pauses, ...dated({ rightsRequest, due }) } });
}

function extend(request: ActionRequest & { reason: string | undefined }): RightsRequest | RightsProblemCode {
  const { rightsRequest, now, reason } = request;
  if (!isGiven(reason)) return "reasonRequired";
  if (rightsRequest.extension !== null) return "alreadyExtended";
  const dueAt = rightsRequest.dueAt;
  if (dueAt === null || dueOf(request).row?.extension === undefined) return "noExtension";
  if (now > Date.parse(dueAt)) return "deadlinePassed";
  const at = new Date(now).toISOString();
  const extended = { ...rightsRequest, extension: { at, reason, extendedTo: dueAt } };
  const due = dueOf({ ...request, rightsRequest: extended });
  return changeRequest({ ...request, changes: dated({ rightsRequest: extended, due }), note: reason });
}

function deny(request: ActionRequest & { reason: string | undefined; note?: string | undefined }): RightsRequest | RightsProblemCode {
  const { reason, note } = request;
  if (!isGiven(reason)) return "reasonRequired";
  if (!isDenialReason(reason)) return "unknownReason";
  return changeRequest({ ...request, changes: { state: "denied", reason }, note });
}

function fulfil(request: ActionRequest & { reason: string | undefined }): RightsRequest | RightsProblemCode {
  const { rightsRequest, reason } = request;
  if (rightsRequest.verification === null) return "unverified";
  if (rightsRequest.state === "paused") return "paused";
  if (!isGiven(reason)) return "reasonRequired";
  return changeRequest({ ...request, changes: { state: "fulfilled", reason: null }, note: reason });
}

function expire(request: ActionRequest): RightsRequest | RightsProblemCode {
  const { rightsRequest, now } = request;
  const { dueAt, verification, state } = rightsRequest;
  if (state === "paused") return "paused";
  if (verification !== null || dueAt === null || now <= Date.parse(dueAt)) return "notDue";
  return changeRequest({ ...request, changes: { state: "expired", reason: null } });
}

function dueOf({ rightsRequest, settings }: ActionRequest): Due {
  const { place, kind, receivedAt, pauses, extension } = rightsRequest;
  return dueOfRequest({ place, kind, receivedAt: Date.parse(receivedAt), pauses, isExtended: extension !== null, settings });
}

/** The new date, also as what the extension leads to. A law that names no number any more leaves the date as it was. */
function dated(request: { rightsRequest: RightsRequest; due: Due }): Pick<RightsRequest, "dueAt" | "extension"> {
  const { rightsRequest, due } = request;
  const dueAt = due.dueAt === null ? rightsRequest.dueAt : new Date(due.dueAt).toISOString();
  const { extension } = rightsRequest;
  return { dueAt, extension: extension === null || dueAt === null ? extension : { ...extension, extendedTo: dueAt } };
}

function isGiven(text: string | undefined): text is string {
  return text !== undefined && text.trim() !== "";
}

function isDenialReason(text: string): text is DenialReason {
  return (DENIAL_REASONS as readonly string[]).includes(text);
}
