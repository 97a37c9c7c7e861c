import { createCegidRetailEmulator } from "@volenti/emulators";
import { fileKeyring } from "@volenti/node";
import type { Benchmark, BenchmarkReport, BenchmarkSettings, Figure } from "../benchmark.ts";
import { withTemporaryFolder } from "../input/with-temporary-folder.ts";
import { median } from "../measure/median.ts";
import { createAdapterLibrary } from "./adapter-library.ts";
import { captureAnswers } from "./capture-answers.ts";
import { countConnections, countFound, countOwn } from "./count-calls.ts";
import type { EnvelopeLibrary, SampleCustomer } from "./envelope-library.ts";
import { createFastXmlLibrary } from "./fast-xml-library.ts";
import { makeCustomer } from "./make-customer.ts";
import { measureSteadyCpu } from "./measure-steady-cpu.ts";
import type { FolderSetup } from "./open-counting-folder.ts";
import { reportCalls, type RouteCounts } from "./report-calls.ts";
import { createSoapLibrary } from "./soap-library.ts";

const CUSTOMERS = 64;
const WARM_UP_ROUNDS = 2;
const WARM_UP_CALLS = 2000;
const LEAST_TO_SOAP = 5;

/** Calls a customer; then envelopes built and answers read by the adapter, beside the libraries that one would use instead. */
export const cegidRetailBenchmark: Benchmark = {
  name: "cegid-retail",
  run: (settings) =>
    withTemporaryFolder(async (folder) => {
      const reports = [await measureCalls(folder), await measureEnvelopes({ folder, settings })];
      return { figures: reports.flatMap(({ figures }) => figures), breakdown: reports.flatMap(({ breakdown }) => breakdown) };
    }),
};

async function measureCalls(folder: string): Promise<BenchmarkReport> {
  const keys = fileKeyring(folder);
  return reportCalls({
    withoutLedger: await countRoute({ keys }),
    withLedger: await countRoute({ keys, hasLedger: true }),
    serverNamed: await countFound({ keys, customerIdStrategy: "server" }),
    atOnce: await countConnections({ keys }),
  });
}

async function countRoute(setup: FolderSetup): Promise<RouteCounts> {
  return { own: await countOwn(setup), found: await countFound(setup) };
}

/** CPU time of one customer, in microseconds. */
interface Cost {
  readonly build: number;
  readonly parse: number;
}

async function measureEnvelopes(request: { folder: string; settings: BenchmarkSettings }): Promise<BenchmarkReport> {
  const { folder, settings } = request;
  const { rounds, calls } = settings.isQuick ? { rounds: 5, calls: 1000 } : { rounds: 15, calls: 4000 };
  const customers = Array.from({ length: CUSTOMERS }, (_unused, index) => makeCustomer(index));
  const emulator = createCegidRetailEmulator();
  const { folderId } = emulator.credentials;
  const { wsdl, answers } = await captureAnswers({ emulator, customers });
  const libraries = [createAdapterLibrary({ folderId }), await createSoapLibrary({ wsdl, folder, folderId }), createFastXmlLibrary({ folderId })];
  for (const library of libraries) checkLibrary({ library, customers, answers });
  const measured: Cost[][] = [];
  for (let round = 0; round < WARM_UP_ROUNDS + rounds; round += 1) {
    const costs: Cost[] = [];
    for (const library of libraries) costs.push(measure({ library, customers, answers, calls }));
    if (round >= WARM_UP_ROUNDS) measured.push(costs);
    settings.tell(`round ${round + 1} of ${WARM_UP_ROUNDS + rounds}: ${costs.map(({ build, parse }) => (build + parse).toFixed(0)).join(", ")} µs a customer`);
  }
  return report({ measured, names: libraries.map(({ name }) => name) });
}

/** Whoever does not do the work is not faster. */
function checkLibrary(request: { library: EnvelopeLibrary; customers: readonly SampleCustomer[]; answers: readonly Uint8Array[] }): void {
  const { library, customers, answers } = request;
  for (const [index, customer] of customers.entries()) {
    const { LastName, OptinEmail } = customer.modifiedData;
    const read = library.parse(answers[index] ?? new Uint8Array()) as Partial<SampleCustomer["modifiedData"]>;
    if (read.LastName !== LastName || read.OptinEmail !== OptinEmail) throw new Error(`${library.name} reads another customer`);
    if (!library.build(customer).includes(LastName)) throw new Error(`${library.name} writes another customer`);
  }
}

function measure(request: { library: EnvelopeLibrary; customers: readonly SampleCustomer[]; answers: readonly Uint8Array[]; calls: number }): Cost {
  const { library, customers, answers, calls } = request;
  const build = (index: number): unknown => library.build(customers[index % CUSTOMERS] ?? makeCustomer(0));
  const parse = (index: number): unknown => library.parse(answers[index % CUSTOMERS] ?? new Uint8Array());
  const steady = { calls, warmUpCalls: WARM_UP_CALLS };
  return { build: measureSteadyCpu({ call: build, ...steady }), parse: measureSteadyCpu({ call: parse, ...steady }) };
}

function report(request: { measured: readonly (readonly Cost[])[]; names: readonly string[] }): BenchmarkReport {
  const { measured, names } = request;
  const costOf = (costs: readonly Cost[], index: number): number => (costs[index]?.build ?? Number.NaN) + (costs[index]?.parse ?? Number.NaN);
  const rateOf = (index: number): number => median(measured.map((costs) => 1_000_000 / costOf(costs, index)));
  const ratioTo = (index: number): number => median(measured.map((costs) => costOf(costs, index) / costOf(costs, 0)));
  const figure = (index: number): Figure => ({
    name: `cegid-retail.envelopes${index === 1 ? "" : `-${names[index] ?? ""}`}`,
    what: "updates built and customers read, a second of CPU",
    value: rateOf(0),
    unit: "customers/s",
    beside: { what: names[index] ?? "", value: rateOf(index), unit: "customers/s" },
    peer: names[index] ?? "",
    ratio: ratioTo(index),
    target: index === 1 ? `at least ${LEAST_TO_SOAP} times` : null,
    met: index === 1 ? ratioTo(index) >= LEAST_TO_SOAP : null,
  });
  return {
    figures: [figure(1), figure(2)],
    breakdown: names.flatMap((name, index) => [
      { what: `build, ${name}`, value: median(measured.map((costs) => costs[index]?.build ?? Number.NaN)), unit: "µs/envelope" },
      { what: `read, ${name}`, value: median(measured.map((costs) => costs[index]?.parse ?? Number.NaN)), unit: "µs/answer" },
    ]),
  };
}
