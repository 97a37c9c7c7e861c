import type { Keyring } from "@volenti/core";
import { canonicalise, toHexadecimal, toUtf8 } from "@volenti/core/adapter";
import { nodeCrypto } from "@volenti/node";
import { measureCpu } from "../measure/measure-cpu.ts";
import type { createSealer } from "./create-sealer.ts";
import type { PipelineWork } from "./record-pipeline-work.ts";

/** CPU microseconds a submission, but for the signature: one a batch. */
export interface PipelineRound {
  readonly pipeline: number;
  readonly parse: number;
  readonly canonicalise: number;
  readonly hash: number;
  readonly signature: number;
}

const SIGNATURES_A_ROUND = 200;

/**
 * One round: the pipeline, and each of its parts on the same submissions, in an order that turns with the round, so
 * that what disturbs the machine hits all of them.
 */
export async function runPipelineRound(request: {
  round: number;
  seal: ReturnType<typeof createSealer>;
  keyring: Keyring;
  /** NDJSON lines: every round reads them anew, as a gateway or a file would. */
  texts: readonly string[];
  work: PipelineWork;
  batchSize: number;
  parse: (submission: unknown) => unknown;
}): Promise<PipelineRound> {
  const { round, seal, keyring, texts, work, batchSize, parse } = request;
  const submissions = texts.map((text): unknown => JSON.parse(text));
  const steps: Record<keyof PipelineRound, () => Promise<void> | void> = {
    pipeline: () => seal({ submissions, batchSize }),
    parse: () => submissions.forEach((submission) => void parse(submission)),
    canonicalise: () => {
      for (const submission of submissions) canonicalise(submission);
      for (const value of work.canonicalised) canonicalise(value);
    },
    hash: async () => {
      // As the pipeline needs it: from text to digest, and the digest as text.
      for (const messages of work.hashed) nodeCrypto.sha256(messages.map(toBytes)).map(toHexadecimal);
      for (const { use, texts: contents } of work.authenticated) {
        const { macs } = await keyring.mac({ use, messages: contents.map(toUtf8) });
        macs.map(toHexadecimal);
      }
    },
    signature: () => sign({ keyring, work }),
  };
  const names = Object.keys(steps) as (keyof PipelineRound)[];
  const turned = [...names.slice(round % names.length), ...names.slice(0, round % names.length)];
  const measured = new Map<keyof PipelineRound, number>();
  for (const name of turned) measured.set(name, await measureCpu(steps[name]));
  const each = (name: keyof PipelineRound): number => (measured.get(name) ?? 0) / (name === "signature" ? SIGNATURES_A_ROUND : texts.length);
  return {
    pipeline: each("pipeline"),
    parse: each("parse"),
    canonicalise: each("canonicalise"),
    hash: each("hash"),
    signature: each("signature"),
  };
}

async function sign(request: { keyring: Keyring; work: PipelineWork }): Promise<void> {
  const { keyring, work } = request;
  for (let count = 0; count < SIGNATURES_A_ROUND; count += 1) {
    const data = work.signed[count % work.signed.length];
    if (data === undefined) throw new Error("the pipeline signed nothing");
    await keyring.sign({ data });
  }
}

function toBytes(message: string | Uint8Array): Uint8Array {
  return typeof message === "string" ? toUtf8(message) : message;
}
