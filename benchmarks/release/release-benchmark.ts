import { consentOf, createVolenti, type Recipient, type ReleaseFacts, type ReleasePolicy, type ReleaseRule } from "@volenti/core";
import { fileKeyring } from "@volenti/node";
import type { Benchmark, BenchmarkReport, BenchmarkSettings } from "../benchmark.ts";
import { createDiscardingConnector } from "../input/discarding-connector.ts";
import { shopConfiguration } from "../input/shop-configuration.ts";
import { withTemporaryFolder } from "../input/with-temporary-folder.ts";
import { measureCpu } from "../measure/measure-cpu.ts";
import { median } from "../measure/median.ts";
import { makeRules } from "./make-rules.ts";

const RULES = 100;
const LEAST_ANSWERS_PER_SECOND = 200_000;
const WARM_UP_ROUNDS = 3;

/** What one answer of the release policy costs: grounds, rules, masks chosen, reasons, and a trace of every rule. */
export const releaseBenchmark: Benchmark = {
  name: "release",
  run: (settings) => withTemporaryFolder((folder) => run({ folder, settings })),
};

interface Question {
  readonly purpose: string;
  readonly attribute: string;
  readonly recipient: Recipient;
  readonly facts: ReleaseFacts;
}

async function run(request: { folder: string; settings: BenchmarkSettings }): Promise<BenchmarkReport> {
  const { folder, settings } = request;
  const { answers, rounds } = settings.isQuick ? { answers: 100_000, rounds: 3 } : { answers: 1_000_000, rounds: 9 };
  const policy = openPolicy({ folder, rules: makeRules(RULES) });
  const questions = makeQuestions(policy);
  const rates: number[] = [];
  for (let round = 0; round < WARM_UP_ROUNDS + rounds; round += 1) {
    let traced = 0;
    const cpu = await measureCpu(() => {
      for (let index = 0; index < answers; index += 1) {
        const question = questions[index % questions.length];
        if (question !== undefined) traced += policy.answer(question).trace.length;
      }
    });
    if (traced !== answers * RULES) throw new Error("an answer had no whole trace");
    const rate = answers / (cpu / 1_000_000);
    if (round >= WARM_UP_ROUNDS) rates.push(rate);
    settings.tell(`round ${round + 1} of ${WARM_UP_ROUNDS + rounds}: ${Math.round(rate)} answers a second of CPU`);
  }
  return report(median(rates));
}

function openPolicy(request: { folder: string; rules: readonly ReleaseRule[] }): ReleasePolicy {
  const base = shopConfiguration({ destination: createDiscardingConnector(), keys: fileKeyring(request.folder) });
  const purposes = base.purposes.map((purpose) => ({ ...purpose, recipients: ["ad-partner", "analytics-partner"] }));
  return createVolenti({ ...base, purposes, release: { rules: request.rules } }).policy;
}

/** Two partners, a till and a destination; every purpose and attribute; people of all ages, places and answers. */
function makeQuestions(policy: ReleasePolicy): readonly Question[] {
  const [destination = ""] = policy.world.destinations.keys();
  const recipients: readonly Recipient[] = [
    { kind: "partner", id: "ad-partner" },
    { kind: "partner", id: "analytics-partner" },
    { kind: "till", id: "paris" },
    { kind: "destination", id: destination },
  ];
  const people = (["adult", "16-17", "unknown"] as const).flatMap((ageBand) =>
    [["FR", null], ["US", "US-CA"], ["DE", null], [null, null]].flatMap(([country = null, subdivision = null]) =>
      (["granted", "refused", "none"] as const).map((answer): ReleaseFacts => ({
        country,
        subdivision,
        ageBand,
        consents: new Map([...policy.world.purposes].map(([key, purpose]) => [key, consentOf({ purpose, answer })])),
        isRestricted: false,
        heldAttributes: [],
      })),
    ),
  );
  const attributes = [...policy.world.attributes.keys()];
  return people.flatMap((facts) =>
    recipients.flatMap((recipient) => [...policy.world.purposes.keys()].flatMap((purpose) => attributes.map((attribute) => ({ purpose, attribute, recipient, facts })))),
  );
}

function report(rate: number): BenchmarkReport {
  return {
    figures: [
      {
        name: "release.answers",
        what: `attribute answers a second of CPU, ${RULES} rules, traces on, one core`,
        value: rate,
        unit: "answers/s",
        beside: null,
        ratio: rate / LEAST_ANSWERS_PER_SECOND,
        target: `at least ${LEAST_ANSWERS_PER_SECOND.toLocaleString("en")}`,
        met: rate >= LEAST_ANSWERS_PER_SECOND,
      },
    ],
    breakdown: [{ what: "one answer", value: 1_000_000 / rate, unit: "µs" }],
  };
}
