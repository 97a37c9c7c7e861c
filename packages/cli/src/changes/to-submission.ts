import { createHash } from "node:crypto";
import type { Volenti } from "@volenti/core";
import type { Catalogue, Identifier, JsonValue, SystemChangeV1 } from "@volenti/core/adapter";
import { ANY_CHANNEL } from "@volenti/core/adapter";
import { latestNotice } from "@volenti/governance";

/** A submission as `volenti collect` takes it. */
export type ChangeSubmission = Readonly<Record<string, JsonValue>>;

/** Why a change cannot be submitted. The person behind it is named by nothing but the record in the system. */
export type ChangeProblem = "noIdentifier" | "noCountry" | "noNotice" | "nothingTold";

/**
 * Makes a submission of what people changed in a destination: made by staff, at the destination as collection point,
 * counting from when it was changed there. Its id is derived from the change, so that a change that is listed again is
 * the same submission, and is recorded once.
 */
export function toSubmission(request: {
  volenti: Pick<Volenti, "catalogue" | "normaliseIdentifier">;
  destinationId: string;
  change: SystemChangeV1;
  /** Where the people live of whom the system does not know; absent: they are left out, for a guess would choose their law. */
  country: string | undefined;
}): { readonly submission: ChangeSubmission } | { readonly problem: ChangeProblem } {
  const { volenti, destinationId, change, country } = request;
  const identifiers = toIdentifiers({ volenti, identifiers: change.identifiers ?? [] });
  if (identifiers.length === 0) return { problem: "noIdentifier" };
  const livesIn = change.country ?? country;
  if (livesIn === undefined) return { problem: "noCountry" };
  const content = change.decision === undefined ? toProfile(change.attributes) : toDecisions({ decision: change.decision, catalogue: volenti.catalogue });
  if (typeof content === "string") return { problem: content };
  const { kind, ref } = change.by ?? { kind: "staff" };
  return {
    submission: {
      submissionId: toUuid(JSON.stringify(["volenti-change-1", destinationId, change.changeId ?? `${change.subjectRef}:${change.changedAt}:${change.kind}`])),
      collectionPoint: destinationId,
      occurredAt: new Date(change.changedAt).toISOString(),
      country: livesIn,
      subject: { identifiers: identifiers.map((identifier) => ({ ...identifier })) },
      ...content,
      actor: { kind, ...(ref === undefined ? {} : { ref }) },
      ...(change.test === true ? { test: true } : {}),
    },
  };
}

/** What a system holds may be no identifier: a telephone number without its country, say. */
function toIdentifiers(request: { volenti: Pick<Volenti, "normaliseIdentifier">; identifiers: readonly Identifier[] }): readonly Identifier[] {
  return request.identifiers.flatMap((identifier) => request.volenti.normaliseIdentifier(identifier) ?? []);
}

function toProfile(attributes: SystemChangeV1["attributes"]): Record<string, JsonValue> | ChangeProblem {
  const entries = Object.entries(attributes ?? {});
  if (entries.length === 0) return "nothingTold";
  const address: Record<string, JsonValue> = {};
  const profile: Record<string, JsonValue> = {};
  for (const [name, value] of entries) {
    if (name.startsWith("address.")) address[name.slice("address.".length)] = value;
    else profile[name] = value;
  }
  return { profile: { ...profile, ...(Object.keys(address).length === 0 ? {} : { address }) } };
}

function toDecisions(request: { decision: NonNullable<SystemChangeV1["decision"]>; catalogue: Catalogue }): Record<string, JsonValue> | ChangeProblem {
  const { decision, catalogue } = request;
  const { purpose, channel, status } = decision;
  const notice = latestNotice({ purpose, catalogue });
  if (notice === undefined) return "noNotice";
  return {
    decisions: [
      {
        purpose,
        ...(channel === ANY_CHANNEL ? {} : { channel }),
        status,
        notice: notice.id,
        noticeVersion: notice.version,
        locale: notice.locale,
        method: "staff",
      },
    ],
  };
}

/** UUID version 8 (RFC 9562 section 5.8) of a SHA-256, as decision ids are. */
function toUuid(text: string): string {
  const bytes = createHash("sha256").update(text).digest().subarray(0, 16);
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x80;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const digits = bytes.toString("hex");
  return [digits.slice(0, 8), digits.slice(8, 12), digits.slice(12, 16), digits.slice(16, 20), digits.slice(20)].join("-");
}
