// A double opt-in: ask, send a link, and record the answer of whoever follows it. Only the digest of the link's token is kept.
import { randomUUID } from "node:crypto";
import { confirmRequest, createConfirmation, type Confirmation, type Volenti } from "@volenti/core";

/** What the brand keeps until the link is followed: by the decision's id, in its own session store. No token is in it. */
export interface OpenRequest {
  readonly decisionId: string;
  readonly email: string;
  readonly confirmation: Confirmation;
}

const DECISION = { purpose: "marketing.email", channel: "email", notice: "signup", noticeVersion: "3", locale: "fr-FR", method: "checkbox" };

/** Records that somebody was asked, and answers the token for the link of a mail that says nothing else. */
export async function askToConfirm(request: { volenti: Volenti; email: string; country: string }): Promise<{ token: string; open: OpenRequest }> {
  const { volenti, email, country } = request;
  const now = volenti.clock.now();
  const { token, confirmation } = await createConfirmation({ crypto: volenti.crypto, via: "email", now });
  const decisionId = randomUUID();
  await volenti.collect({ ...submissionOf({ email, country, now }), decisions: [{ ...DECISION, id: decisionId, status: "requested", confirmation }] });
  return { token, open: { decisionId, email, confirmation } };
}

/** Called when the link is followed. What a withdrawal in between ended stays ended: the grant counts from the request. */
export async function confirmByLink(request: { volenti: Volenti; token: string; open: OpenRequest; country: string }): Promise<"confirmed" | "askAgain" | "later"> {
  const { volenti, token, open, country } = request;
  const now = volenti.clock.now();
  const requested = { id: open.decisionId, confirmation: open.confirmation };
  const answer = await confirmRequest({ crypto: volenti.crypto, token, requested, expiresAfter: "P3D", now });
  if (answer.outcome !== "confirmed") return "askAgain";
  const { confirmation } = answer;
  const result = await volenti.collect({ ...submissionOf({ email: open.email, country, now }), decisions: [{ ...DECISION, status: "confirmed", confirmation }] });
  if (result.outcome === "undelivered") return "later";
  return result.decisions[0]?.status === "confirmed" ? "confirmed" : "askAgain";
}

function submissionOf(request: { email: string; country: string; now: number }): object {
  const { email, country, now } = request;
  return {
    submissionId: randomUUID(),
    collectionPoint: "website",
    occurredAt: new Date(now).toISOString(),
    country,
    subject: { identifiers: [{ kind: "email", value: email }] },
  };
}
