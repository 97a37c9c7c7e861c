import { fileKeyring } from "@volenti/node";
// The very schema of the pipeline: another one would measure something else.
import { profileSchema } from "../../packages/core/src/model/standard-attributes.ts";
import { submissionSchema } from "../../packages/core/src/model/submission-schema.ts";
import type { Benchmark, BenchmarkReport, BenchmarkSettings, Figure } from "../benchmark.ts";
import { createDiscardingConnector } from "../input/discarding-connector.ts";
import { makeSubmission } from "../input/make-submission.ts";
import { shopConfiguration } from "../input/shop-configuration.ts";
import { withTemporaryFolder } from "../input/with-temporary-folder.ts";
import { median } from "../measure/median.ts";
import { createSealer } from "./create-sealer.ts";
import { recordPipelineWork } from "./record-pipeline-work.ts";
import { runPipelineRound, type PipelineRound } from "./run-pipeline-round.ts";

const BATCH_SIZE = 200;
const WARM_UP_ROUNDS = 4;
const MOST_TO_PARTS = 2;
const MOST_OF_SIGNATURE = 0.02;

/** The pipeline alone, beside what it cannot do without: parsing, canonical texts, digests. */
export const pipelineBenchmark: Benchmark = {
  name: "pipeline",
  run: (settings) => withTemporaryFolder((folder) => run({ folder, settings })),
};

async function run(request: { folder: string; settings: BenchmarkSettings }): Promise<BenchmarkReport> {
  const { folder, settings } = request;
  const { submissions: count, rounds } = settings.isQuick ? { submissions: 2000, rounds: 5 } : { submissions: 4000, rounds: 25 };
  const keyring = fileKeyring(folder);
  const submissions = Array.from({ length: count }, (_, index) => makeSubmission(index));
  const texts = submissions.map((submission) => JSON.stringify(submission));
  const work = await recordPipelineWork({ submissions, batchSize: BATCH_SIZE, keyring });
  const seal = createSealer(shopConfiguration({ destination: createDiscardingConnector(), keys: keyring }));
  const schema = submissionSchema(profileSchema([]));
  const measured: PipelineRound[] = [];
  for (let round = 0; round < WARM_UP_ROUNDS + rounds; round += 1) {
    const parse = (submission: unknown): unknown => schema.parse(submission);
    const result = await runPipelineRound({ round, seal, keyring, texts, work, batchSize: BATCH_SIZE, parse });
    if (round >= WARM_UP_ROUNDS) measured.push(result);
    settings.tell(`round ${round + 1} of ${WARM_UP_ROUNDS + rounds}: ${result.pipeline.toFixed(1)} µs a submission`);
  }
  return report(measured);
}

function report(rounds: readonly PipelineRound[]): BenchmarkReport {
  const of = (pick: (round: PipelineRound) => number): number => median(rounds.map(pick));
  const parts = (round: PipelineRound): number => round.parse + round.canonicalise + round.hash;
  const pipeline = of((round) => round.pipeline);
  const toParts = of((round) => round.pipeline / parts(round));
  const signature = of((round) => round.signature / BATCH_SIZE);
  const ofSignature = of((round) => round.signature / BATCH_SIZE / round.pipeline);
  return {
    figures: [
      {
        name: "pipeline.cpu",
        what: "CPU of the pipeline, parse to seal, on one core",
        value: pipeline,
        unit: "µs/submission",
        beside: { what: "zod parse + canonical texts + digests", value: of(parts), unit: "µs/submission" },
        ratio: toParts,
        target: `at most ${MOST_TO_PARTS} times the sum`,
        met: toParts <= MOST_TO_PARTS,
      },
      besideZod(of),
      {
        name: "pipeline.signature",
        what: `one Ed25519 signature a ${BATCH_SIZE} submissions`,
        value: signature,
        unit: "µs/submission",
        beside: { what: "CPU of the pipeline", value: pipeline, unit: "µs/submission" },
        ratio: ofSignature,
        target: "under 2 %",
        met: ofSignature < MOST_OF_SIGNATURE,
      },
    ],
    breakdown: [
      { what: "zod parse", value: of((round) => round.parse), unit: "µs/submission" },
      { what: "canonical texts: content, ref, 3 id sources, 3 records", value: of((round) => round.canonicalise), unit: "µs/submission" },
      { what: "digests, text to text: 3 ids, 3 records, 3 leaves, 3 nodes, 2 HMACs", value: of((round) => round.hash), unit: "µs/submission" },
      { what: "everything else", value: of((round) => round.pipeline - parts(round)), unit: "µs/submission" },
      { what: "one signature", value: of((round) => round.signature), unit: "µs" },
    ],
  };
}

/** What a shop that only checks the shape would pay. */
function besideZod(of: (pick: (round: PipelineRound) => number) => number): Figure {
  return {
    name: "pipeline.zod",
    what: "CPU of the pipeline, parse to seal, which checks, routes, minimises and proves",
    value: of((round) => round.pipeline),
    unit: "µs/submission",
    beside: { what: "zod alone, the same schema, which checks the shape", value: of((round) => round.parse), unit: "µs/submission" },
    peer: "zod",
    ratio: of((round) => round.pipeline / round.parse),
    target: null,
    met: null,
  };
}
