import { createHash } from "node:crypto";
import type { ConnectorV1, Identifier, MacUse } from "@volenti/core/adapter";
import { withWrite, type Mutant, type MutantParts } from "./mutant.ts";

/** Digests of one use are made without a key. */
function unkeyed(use: MacUse): Mutant["mutate"] {
  return ({ connector }) => ({
    ...connector,
    attach: (context) => {
      const mac: typeof context.keyring.mac = (question) =>
        question.use === use
          ? { keyId: "none", macs: question.messages.map((message) => new Uint8Array(createHash("sha256").update(message).digest())) }
          : context.keyring.mac(question);
      connector.attach({ ...context, keyring: { ...context.keyring, mac } });
    },
  });
}

/** Puts something of each identifier of an item into a table beside the people. */
function keepBeside(request: { parts: MutantParts; toText: (identifier: Identifier) => string }): ConnectorV1 {
  const { connector, system } = request.parts;
  return withWrite({
    connector,
    write: (batch, original) => {
      for (const identifier of batch.items.flatMap(({ subject }) => subject.identifiers)) system.records.catalogue.add(`match ${request.toText(identifier)}`);
      return original(batch);
    },
  });
}

export const SECRECY_MUTANTS: readonly Mutant[] = [
  { name: "finds people by a digest without a key", mutate: unkeyed("blindIndex"), caughtBy: ["secrecy/another-keyring-knows-nobody", "secrecy/no-plain-digest-of-an-identifier"] },
  { name: "remembers erasures by a digest without a key", mutate: unkeyed("suppression"), caughtBy: ["secrecy/another-keyring-knows-of-no-erasure"] },
  { name: "keeps the SHA-256 of an e-mail address for advertisers", mutate: (parts) => keepBeside({ parts, toText: ({ value }) => createHash("sha256").update(value).digest("hex") }), caughtBy: ["secrecy/no-plain-digest-of-an-identifier"] },
  { name: "keeps the SHA-1 of identifiers in base64", mutate: (parts) => keepBeside({ parts, toText: ({ value }) => createHash("sha1").update(value).digest("base64") }), caughtBy: ["secrecy/no-plain-digest-of-an-identifier"] },
  { name: "keeps the MD5 of identifiers, in the alphabet of URLs", mutate: (parts) => keepBeside({ parts, toText: ({ kind, value }) => createHash("md5").update(`${kind}:${value}`).digest("base64url") }), caughtBy: ["secrecy/no-plain-digest-of-an-identifier"] },
];
