import { createVolenti, type Keyring } from "@volenti/core";
import { canonicalise, fromUtf8, type CryptoPort, type DecisionRecord } from "@volenti/core/adapter";
import { nodeCrypto } from "@volenti/node";
import { deliverAll } from "../input/deliver-all.ts";
import { createDiscardingConnector } from "../input/discarding-connector.ts";
import { DECISIONS_A_SUBMISSION } from "../input/make-submission.ts";
import { shopConfiguration } from "../input/shop-configuration.ts";

type MacCall = Parameters<Keyring["mac"]>[0];

/** What the pipeline asks of its parts for some submissions. */
export interface PipelineWork {
  /** A submission: the sources of its decision ids, of its ref, and the records; its own content is the submission itself. */
  readonly canonicalised: readonly unknown[];
  /** The messages of each call, as they were grouped: ids and records as the texts they are, leaves and nodes as bytes. */
  readonly hashed: readonly (readonly (string | Uint8Array)[])[];
  readonly authenticated: readonly { readonly use: MacCall["use"]; readonly texts: readonly string[] }[];
  /** One message a batch. */
  readonly signed: readonly Uint8Array[];
}

const MACS_A_SUBMISSION = 2;

/**
 * Runs the pipeline once, and writes down what it canonicalises, hashes, authenticates and signs. Throws when that is
 * no longer what this benchmark says that it is: parts that grew with a wasteful pipeline would flatter it.
 */
export async function recordPipelineWork(request: {
  submissions: readonly Record<string, unknown>[];
  batchSize: number;
  keyring: Keyring;
}): Promise<PipelineWork> {
  const { submissions, batchSize, keyring } = request;
  const records: DecisionRecord[] = [];
  const hashed: (readonly Uint8Array[])[] = [];
  const authenticated: MacCall[] = [];
  const signed: Uint8Array[] = [];
  const destination = createDiscardingConnector({
    onWrite: (items) => void records.push(...items.flatMap(({ decisions }) => decisions.map(({ record }) => record))),
  });
  const keys = recordingKeyring({ keyring, hashed, authenticated, signed });
  const volenti = createVolenti(shopConfiguration({ destination, keys }));
  await deliverAll({ volenti, submissions, options: { batchSize, concurrency: 1 } });
  await volenti.close();
  const canonicalised = [...submissions.flatMap(idSourcesOf), ...refSourcesOf(authenticated), ...records];
  const recorded = { canonicalised, hashed, authenticated, signed };
  checkTexts({ submissions, work: recorded });
  checkCounts({ submissionCount: submissions.length, batchSize, work: recorded });
  return {
    canonicalised,
    hashed: hashed.map((messages) => messages.map(asText)),
    authenticated: authenticated.map(({ use, messages }) => ({ use, texts: messages.map(fromUtf8) })),
    signed,
  };
}

interface RecordedWork {
  readonly canonicalised: readonly unknown[];
  readonly hashed: readonly (readonly Uint8Array[])[];
  readonly authenticated: readonly MacCall[];
  readonly signed: readonly Uint8Array[];
}

/** Canonical texts begin with a brace or a bracket; leaves and nodes with the prefix of RFC 9162. */
function asText(message: Uint8Array): string | Uint8Array {
  return message[0] === 0x7b || message[0] === 0x5b ? fromUtf8(message) : message;
}

function recordingKeyring(request: {
  keyring: Keyring;
  hashed: (readonly Uint8Array[])[];
  authenticated: MacCall[];
  signed: Uint8Array[];
}): Keyring {
  const { keyring, hashed, authenticated, signed } = request;
  const crypto: CryptoPort = {
    ...nodeCrypto,
    sha256: (messages) => {
      hashed.push(messages);
      return nodeCrypto.sha256(messages);
    },
  };
  return {
    ...keyring,
    crypto,
    mac: (call) => {
      authenticated.push(call);
      return keyring.mac(call);
    },
    sign: (call) => {
      signed.push(call.data);
      return keyring.sign(call);
    },
  };
}

function idSourcesOf(submission: Record<string, unknown>): readonly unknown[] {
  const decisions = submission["decisions"] as readonly Record<string, unknown>[];
  return decisions.map(({ purpose, channel }) => [submission["submissionId"], purpose, channel, null]);
}

/** What names a person on a route without a ledger. */
function refTextsOf(authenticated: readonly MacCall[]): readonly string[] {
  return authenticated.flatMap(({ use, messages }) => (use === "subjectRef" ? messages.map(fromUtf8) : []));
}

function refSourcesOf(authenticated: readonly MacCall[]): readonly unknown[] {
  return refTextsOf(authenticated).map((text): unknown => JSON.parse(text));
}

function checkTexts(request: { submissions: readonly unknown[]; work: RecordedWork }): void {
  const { submissions, work } = request;
  const texts = new Set([...work.hashed.flat().map(fromLatin), ...refTextsOf(work.authenticated)]);
  const contents = new Set(work.authenticated.flatMap(({ messages }) => messages.map((message) => fromUtf8(message).split("\u0000")[1])));
  const isAsSaid =
    work.canonicalised.every((value) => texts.has(canonicalise(value))) && submissions.every((value) => contents.has(canonicalise(value)));
  if (!isAsSaid) throw new Error("the pipeline hashes other texts than the benchmark canonicalises");
}

/** Digests among the messages are not UTF-8; ids and records are ASCII. */
function fromLatin(message: Uint8Array): string {
  return Buffer.from(message).toString("latin1");
}

/** A decision: digest of its id and of its record, its leaf, and (but for one a batch) an inner node. */
function checkCounts(request: { submissionCount: number; batchSize: number; work: RecordedWork }): void {
  const { submissionCount, batchSize, work } = request;
  const batches = Math.ceil(submissionCount / batchSize);
  const digests = 4 * DECISIONS_A_SUBMISSION * submissionCount - batches;
  const macs = work.authenticated.reduce((sum, { messages }) => sum + messages.length, 0);
  const isAsSaid =
    work.hashed.flat().length === digests && macs === MACS_A_SUBMISSION * submissionCount && work.signed.length === batches;
  if (!isAsSaid) throw new Error("the pipeline hashes, authenticates or signs more or less often than the benchmark says");
}
