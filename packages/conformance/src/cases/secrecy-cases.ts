import { canonicalise, type ConnectorV1, type Identifier, type LedgerAnswerV1 } from "@volenti/core/adapter";
import { ensureConnectorError } from "../assertions/ensure-connector-error.ts";
import { ensure, ensureEqual } from "../assertions/ensure.ts";
import { plainDigests } from "../assertions/plain-digests.ts";
import type { ConformanceCase } from "../conformance-case.ts";
import type { CaseContext } from "../run/case-context.ts";
import { otherSecrets } from "../world/other-secrets.ts";
import { consultOne } from "./consult.ts";

export const SECRECY_CASES: readonly ConformanceCase[] = [
  {
    id: "secrecy/another-keyring-knows-nobody",
    title: "a connector whose keyring has another secret knows nobody by an identifier: whoever has the store alone cannot ask it",
    facet: "ledger",
    run: async (context) => {
      const { connector, attachment, record } = context;
      const someone = await context.person();
      await record({ person: someone, decisions: [{ status: "given", at: context.at(0) }] });
      const keyring = otherSecrets({ keyring: attachment.keyring, uses: ["blindIndex"] });
      const other = await context.make();
      other.attach({ ...attachment, keyring });
      for (const identifier of someone.identifiers) {
        const answer = await askWithOtherKeys({ connector: other, identifier });
        if (answer === null) return;
        ensureEqual({ actual: [answer.known, answer.states], expected: [false, []], what: "what is known of the person without the key" });
      }
      const own = await consultOne({ connector, query: { identifiers: someone.identifiers } });
      ensureEqual({ actual: [own.ref, own.known], expected: [someone.ref, true], what: "who it is with the key" });
    },
  },
  {
    id: "secrecy/another-keyring-knows-of-no-erasure",
    title: "a connector whose keyring has another secret does not learn that an identifier was erased",
    facet: "ledger",
    skip: ({ connector }) => (connector.erasure === undefined ? "facet erasure: absent" : undefined),
    run: async (context) => {
      const { connector, attachment, record } = context;
      const someone = await context.person();
      await record({ person: someone, decisions: [{ status: "given", at: context.at(0) }] });
      await connector.erasure?.erase({ subjectRef: someone.ref, reason: "subjectRequest", requestedAt: attachment.clock.now() });
      const keyring = otherSecrets({ keyring: attachment.keyring, uses: ["suppression"] });
      const other = await context.make();
      other.attach({ ...attachment, keyring });
      for (const identifier of someone.identifiers) {
        const answer = await askWithOtherKeys({ connector: other, identifier });
        if (answer === null) return;
        ensureEqual({ actual: answer.suppressedSince, expected: null, what: "suppressedSince without the key" });
      }
    },
  },
  {
    id: "secrecy/no-plain-digest-of-an-identifier",
    title: "no digest without a key of an identifier lies in the store, neither SHA nor MD5: such a digest is a guess away from the value",
    run: async (context) => {
      const { probe, record, at } = context;
      const someone = await context.person();
      const change = { changedAt: at(0), submissionId: globalThis.crypto.randomUUID() };
      await record({ person: someone, decisions: [{ status: "given", at: at(0) }], profile: { familyName: { value: "Moreau", ...change } } });
      await ensureNoPlainDigest({ context, dump: await probe.dump(), identifiers: someone.identifiers });
    },
  },
];

/** Null where the store refuses the other keyring altogether, as it may. */
async function askWithOtherKeys(request: { connector: ConnectorV1; identifier: Identifier }): Promise<LedgerAnswerV1 | null> {
  const { connector, identifier } = request;
  try {
    return await consultOne({ connector, query: { identifiers: [identifier], test: true } });
  } catch (error) {
    ensureConnectorError({ error, connector, what: "the consultation under another keyring" });
    return null;
  }
}

async function ensureNoPlainDigest(request: { context: CaseContext; dump: string; identifiers: readonly Identifier[] }): Promise<void> {
  const { context, dump, identifiers } = request;
  const { controllerId } = context.attachment;
  const folded = dump.toLowerCase();
  for (const { kind, value } of identifiers) {
    const texts = new Set([value, value.toLowerCase(), `${kind}:${value}`, canonicalise([controllerId, kind, value])]);
    for (const digest of (await Promise.all([...texts].map(plainDigests))).flat()) {
      const isThere = folded.includes(digest.hexadecimal) || digest.base64.some((text) => dump.includes(text));
      ensure({ that: !isThere, otherwise: `the ${digest.algorithm} digest of an identifier, made without a key, lies in the store` });
    }
  }
}
