import { describe, expect, it, onTestFinished } from "vitest";
import { ConnectorError, type ConnectorErrorCode, type ConnectorV1, type WriteBatchV1, type WriteOutcomeV1 } from "@volenti/core/adapter";
import type { ObservedEvent, SubmissionResult } from "@volenti/core";
import { residencyRules } from "@volenti/jurisdictions";
import { createMemoryConnector } from "@volenti/memory";
import { createBrand } from "./support/create-brand.ts";
import { freshUuid, makeDecision, makeSubmission } from "./support/make-submission.ts";

const failure = (code: ConnectorErrorCode, retry?: ConnectorError["retry"]): ConnectorError =>
  new ConnectorError({ code, connectorId: "fake", operation: "write", retry });

/** Puts something between core and the connector's one write. */
function intercept(write: (batch: WriteBatchV1, inner: ConnectorV1) => Promise<readonly WriteOutcomeV1[]>): (connector: ConnectorV1) => ConnectorV1 {
  return (connector) => ({ ...connector, intake: { write: (batch) => write(batch, connector) } });
}

function person(name: string): { subject: object } {
  return { subject: { identifiers: [{ kind: "email", value: `${name}@example.com` }] } };
}

describe("a person who must be recorded locally", () => {
  const russian = (): object => makeSubmission({ country: "RU", profile: { givenName: "Жанна" }, decisions: [makeDecision({ locale: "ru-RU", status: "refused" })] });
  const copying = { configuration: { routes: [{ countries: ["RU"], to: ["eu", "ru"] }, { to: ["eu"] }] } };

  it("is written there first, and nowhere else while the local store does not acknowledge", async () => {
    const residency = { rules: residencyRules, overrides: [{ country: "RU", reason: "regulator notified on 2026-01-10", copyTo: { EU: "withMechanism" as const } }] };
    const seen: string[] = [];
    const spy = (id: string) => intercept((batch, inner) => {
      seen.push(id);
      return inner.intake.write(batch);
    });
    const { volenti, systems } = createBrand({
      destinations: {
        eu: { region: "EU", transferMechanism: "standardContractualClauses", wrap: spy("eu") },
        ru: { region: "RU", wrap: spy("ru") },
      },
      configuration: { ...copying.configuration, residency },
    });
    systems["ru"]!.fail({ kind: "dropBeforeApply" });
    const failed = await volenti.collect(russian());
    expect(failed).toMatchObject({ outcome: "undelivered", receipt: null });
    expect(failed.destinations.map(({ id, outcome }) => [id, outcome])).toEqual([["ru", expect.stringMatching(/unavailable|unknown/)], ["eu", "notAttempted"]]);
    expect(seen).not.toContain("eu");
    expect(systems["eu"]!.records.people.size + systems["eu"]!.records.links.size).toBe(0);
    systems["ru"]!.fail(null);
    const delivered = await volenti.collect(russian());
    expect(delivered.destinations).toEqual([
      { id: "ru", outcome: "applied" },
      { id: "eu", outcome: "applied", reasons: ["override:RU:regulator notified on 2026-01-10"] },
    ]);
    expect(seen.slice(-2)).toEqual(["ru", "eu"]);
  });

  it("is not looked up in a ledger abroad, even where copies may go there", async () => {
    const residency = { rules: residencyRules, overrides: [{ country: "RU", reason: "regulator notified on 2026-01-10", copyTo: { EU: "yes" as const } }] };
    const { volenti, systems } = createBrand({
      destinations: { eu: { region: "EU" }, ru: { region: "RU", ledger: false } },
      configuration: { ...copying.configuration, residency },
    });
    systems["ru"]!.fail({ kind: "unavailable" });
    const failed = await volenti.collect(russian());
    expect(failed.destinations.map(({ id, outcome }) => [id, outcome])).toEqual([["ru", "unavailable"], ["eu", "notAttempted"]]);
    expect(systems["eu"]!.records.links.size).toBe(0);
    systems["ru"]!.fail(null);
    expect((await volenti.collect(russian())).outcome).toBe("delivered");
  });

  it("may not be routed to a destination that may not hold the data: the configuration is refused", () => {
    expect(() => createBrand(copying)).toThrow(/routes\[0\]\.countries\[0\] residencyForbidsDestination/);
  });

  it("is not served by a catch-all route, which is said at start-up", async () => {
    const { volenti, systems } = createBrand({ configuration: { routes: [{ to: ["eu"] }] } });
    expect(await volenti.collect(russian())).toMatchObject({ outcome: "rejected", problems: [{ path: "country", code: "noRoute" }] });
    expect(systems["eu"]!.records.links.size).toBe(0);
    expect(volenti.startupNotes.find(({ code }) => code === "countriesNotServed")?.message).toContain("RU");
  });
});

describe("a look-up that fails", () => {
  it("says nothing of the person: nobody is written, and what stood is there when it works again", async () => {
    const { volenti, systems, isDown, written } = createBrandWithLedger();
    await volenti.collect(makeSubmission({ ...person("ines"), decisions: [makeDecision({ status: "refused" })] }));
    const [first] = systems["eu"]!.records.people.keys();
    written.length = 0;
    isDown.now = true;
    const failed = await volenti.collect(makeSubmission({ ...person("ines"), decisions: [makeDecision({ status: "given" })] }));
    expect(failed).toMatchObject({ outcome: "undelivered", receipt: null });
    expect(failed.destinations).toMatchObject([{ id: "eu", outcome: "unavailable" }, { id: "crm", outcome: "notAttempted" }]);
    expect(written).toEqual([]);
    isDown.now = false;
    expect((await volenti.collect(makeSubmission({ ...person("ines"), decisions: [makeDecision({ status: "given" })] }))).outcome).toBe("delivered");
    expect([...systems["eu"]!.records.people.keys()]).toEqual([first]);
  });
});

/** A ledger whose look-ups fail on demand, and a CRM beside it; `written`: who was written to either. */
function createBrandWithLedger() {
  const isDown = { now: false };
  const written: string[] = [];
  const spy = (connector: ConnectorV1): ConnectorV1 => intercept((batch, inner) => {
    written.push(...batch.items.map(({ subject }) => subject.ref));
    return inner.intake.write(batch);
  })(connector);
  const breakLookUps = (connector: ConnectorV1): ConnectorV1 => ({
    ...spy(connector),
    ledger: { consult: async (queries) => (isDown.now ? Promise.reject(failure("unavailable")) : (connector.ledger?.consult(queries) ?? [])) },
  });
  const brand = createBrand({
    destinations: { eu: { region: "EU", wrap: breakLookUps }, crm: { region: "EU", ledger: false, wrap: spy } },
    configuration: { routes: [{ to: ["eu", "crm"] }] },
  });
  return { ...brand, isDown, written };
}

describe("a destination that fails", () => {
  async function collectWith(errors: readonly (ConnectorError | "drop")[], changes: object = {}): Promise<{ result: SubmissionResult; calls: number; waits: readonly number[]; events: ObservedEvent[] }> {
    let calls = 0;
    const events: ObservedEvent[] = [];
    const { volenti, clock } = createBrand({
      destinations: {
        eu: {
          region: "EU",
          transferMechanism: "scc",
          wrap: (connector) => ({
            ...intercept(async (batch, inner) => {
              const error = errors[calls];
              calls += 1;
              if (error === undefined) return inner.intake.write(batch);
              if (error !== "drop") throw error;
              await inner.intake.write(batch);
              throw failure("outcomeUnknown");
            })(connector),
            ...changes,
          }),
        },
        ru: { region: "RU" },
      },
      configuration: { observe: (event) => events.push(event) },
    });
    const result = await volenti.collect(makeSubmission({ decisions: [makeDecision()] }));
    return { result, calls, waits: clock.waits, events };
  }

  it("is asked again when nothing was applied, and no sooner than it says", async () => {
    const now = Date.parse("2026-11-22T00:00:00.000Z");
    const { result, calls, waits } = await collectWith([failure("unavailable"), failure("rateLimited", { kind: "afterDelay", notBefore: now + 9000 })]);
    expect(result.destinations).toEqual([{ id: "eu", outcome: "applied" }]);
    expect(calls).toBe(3);
    expect(waits[0]).toBe(100);
    expect(waits[1]).toBe(9000 - 100);
  });

  it("is not asked again when it would only say the same", async () => {
    const { result, calls } = await collectWith([failure("rejectedByProvider")]);
    expect(result).toMatchObject({ outcome: "undelivered", destinations: [{ id: "eu", outcome: "rejected", code: "rejectedByProvider" }], receipt: null });
    expect(calls).toBe(1);
  });

  it("after an unknown outcome gets the same write again, under the same ids, only where that is harmless", async () => {
    const safe = await collectWith(["drop"]);
    expect(safe.result.destinations).toEqual([{ id: "eu", outcome: "unchanged" }]);
    expect(safe.calls).toBe(2);
    const { traits } = createMemoryConnector({ region: "EU" });
    const unsafe = await collectWith(["drop"], { traits: { ...traits, idempotency: "none" } });
    expect(unsafe.result).toMatchObject({ outcome: "undelivered", destinations: [{ id: "eu", outcome: "unknown", code: "outcomeUnknown" }] });
    expect(unsafe.calls).toBe(1);
  });

  it("gives up after five attempts, and within its total budget", async () => {
    const dead = await collectWith(Array.from({ length: 10 }, () => failure("unavailable")));
    expect(dead.calls).toBe(5);
    expect(dead.result.destinations).toEqual([{ id: "eu", outcome: "unavailable", code: "unavailable" }]);
    const slow = await collectWith([failure("rateLimited", { kind: "afterDelay", notBefore: Date.parse("2026-11-22T01:00:00.000Z") })]);
    expect(slow.calls).toBe(1);
  });

  it("for good costs at most a tenth more calls, once the start-up credit is spent", async () => {
    let calls = 0;
    const { volenti } = createBrand({
      destinations: { eu: { region: "EU", ledger: false, wrap: intercept(async () => {
        calls += 1;
        throw failure("unavailable");
      }) } },
      configuration: { routes: [{ to: ["eu"] }] },
    });
    const collect = (): Promise<SubmissionResult> => volenti.collect(makeSubmission({ decisions: [makeDecision()] }));
    for (let index = 0; index < 30; index += 1) await collect();
    const before = calls;
    for (let index = 0; index < 100; index += 1) await collect();
    expect(calls - before).toBeLessThanOrEqual(110);
    expect(calls - before).toBeGreaterThanOrEqual(100);
  });

  it("by throwing what is no connector's error leaves the outcome unknown, and tells nothing of it", async () => {
    const { volenti } = createBrand({
      destinations: { eu: { region: "EU", wrap: intercept(() => Promise.reject(new TypeError("ines@example.com"))) } },
      configuration: { routes: [{ to: ["eu"] }] },
    });
    const result = await volenti.collect(makeSubmission({ decisions: [makeDecision()] }));
    expect(result.destinations).toEqual([{ id: "eu", outcome: "unknown", code: "outcomeUnknown" }]);
    expect(JSON.stringify(result)).not.toContain("ines");
  });

  it("for one person does not sink the others, and only that one is sent again", async () => {
    const batches: string[][] = [];
    const { volenti, systems } = createBrand({
      destinations: { eu: { region: "EU", wrap: intercept(async (batch, inner) => {
        batches.push(batch.items.map(({ subject }) => subject.identifiers[0]!.value));
        const outcomes = await inner.intake.write(batch);
        const isFirst = batches.length === 1;
        return outcomes.map((outcome, index) => (isFirst && index === 1 ? { writeId: outcome.writeId, status: "failed", error: failure("unavailable") } : outcome));
      }) } },
      configuration: { routes: [{ to: ["eu"] }] },
    });
    const results: SubmissionResult[] = [];
    const names = ["a", "b", "c"];
    for await (const result of volenti.collectMany(names.map((name) => makeSubmission({ ...person(name), decisions: [makeDecision()] })))) results.push(result);
    expect(results.map(({ outcome }) => outcome)).toEqual(["delivered", "delivered", "delivered"]);
    expect(batches).toEqual([["a@example.com", "b@example.com", "c@example.com"], ["b@example.com"]]);
    expect(systems["eu"]!.records.decisionsById.size).toBe(3);
  });

  it("as a ledger stops the whole submission: nobody is named, nothing is sent", async () => {
    const { volenti, systems } = createBrand();
    systems["eu"]!.fail({ kind: "unavailable" });
    const result = await volenti.collect(makeSubmission({ decisions: [makeDecision()] }));
    expect(result).toMatchObject({ outcome: "undelivered", destinations: [{ id: "eu", outcome: "unavailable", code: "unavailable" }] });
  });
});

describe("refusals", () => {
  it("go ahead of grants in every call", async () => {
    const order: string[] = [];
    const { volenti } = createBrand({
      destinations: { eu: { region: "EU", wrap: intercept((batch, inner) => {
        order.push(...batch.items.map(({ decisions }) => decisions[0]!.record.status));
        return inner.intake.write(batch);
      }) } },
      configuration: { routes: [{ to: ["eu"] }] },
    });
    const submissions = ["given", "given", "withdrawn", "given", "objected"].map((status, index) =>
      makeSubmission({ ...person(`p${index}`), decisions: [makeDecision({ status })] }),
    );
    for await (const result of volenti.collectMany(submissions)) expect(result.outcome).toBe("delivered");
    expect(order).toEqual(["withdrawn", "objected", "given", "given", "given"]);
  });

  it("go ahead of the same person's grants, too, where what they sent is taken apart", async () => {
    const order: string[] = [];
    const { volenti } = createBrand({
      destinations: { eu: { region: "EU", wrap: intercept((batch, inner) => {
        const statuses = batch.items.flatMap(({ decisions }) => decisions.map(({ record }) => record.status));
        if (statuses.length > 1) return Promise.resolve(batch.items.map(({ writeId }) => ({ writeId, status: "failed", error: failure("rejectedByProvider") })));
        order.push(...statuses);
        return inner.intake.write(batch);
      }) } },
      configuration: { routes: [{ to: ["eu"] }] },
    });
    const submissions = ["given", "given", "withdrawn"].map((status, hour) => makeSubmission({ occurredAt: `2026-11-21T0${hour}:00:00.000Z`, decisions: [makeDecision({ status })] }));
    for await (const result of volenti.collectMany(submissions)) expect(result.outcome).toBe("delivered");
    expect(order).toEqual(["withdrawn", "given", "given"]);
  });

  it("follow a person to every other destination that holds them and that residency allows, and create nobody", async () => {
    const scc = { transferMechanism: "standardContractualClauses" };
    const { volenti, systems } = createBrand({
      destinations: { eu: { region: "EU", ...scc }, us: { region: "US", ...scc }, gb: { region: "GB", ...scc }, ru: { region: "RU" } },
      configuration: { routes: [{ countries: ["US"], to: ["us"] }, { countries: ["RU"], to: ["ru"] }, { to: ["eu"] }] },
    });
    const us = { country: "US", decisions: [makeDecision({ locale: "en-US" })] };
    await volenti.collect(makeSubmission({ ...us, occurredAt: "2026-11-20T00:00:00.000Z" }));
    const refusal = await volenti.collect(makeSubmission({ profile: { givenName: "Inès" }, decisions: [makeDecision({ status: "withdrawn" })] }));
    expect(refusal.destinations).toEqual([{ id: "eu", outcome: "applied" }, { id: "us", outcome: "applied" }]);
    const [american] = [...systems["us"]!.records.people.values()];
    expect([...american!.states.values()]).toMatchObject([{ status: "withdrawn" }]);
    expect([...american!.attributes.keys()]).toEqual([]);
    expect(systems["gb"]!.records.people.size).toBe(0);
    expect(systems["ru"]!.records.people.size).toBe(0);
  });
});

describe("a stream", () => {
  it("is pulled only as far as the consumer and the batches under way need", async () => {
    let pulled = 0;
    async function* source(): AsyncGenerator {
      for (let index = 0; index < 1000; index += 1) {
        pulled += 1;
        yield makeSubmission({ ...person(`p${index}`), decisions: [makeDecision()] });
      }
    }
    const results = createBrand().volenti.collectMany(source(), { batchSize: 10, concurrency: 2 });
    await results.next();
    expect(pulled).toBeLessThanOrEqual(30);
    await results.return();
    expect(pulled).toBeLessThanOrEqual(30);
  });

  it("answers in input order, one result an input, whatever fails", async () => {
    const inputs = Array.from({ length: 57 }, (_, index) =>
      index % 7 === 3 ? { nonsense: index } : makeSubmission({ ...person(`p${index % 9}`), decisions: [makeDecision({ status: index % 2 === 0 ? "given" : "refused" })] }),
    );
    const lines: number[] = [];
    for await (const result of createBrand().volenti.collectMany(inputs, { batchSize: 4, concurrency: 5 })) {
      lines.push(result.line);
      expect(result.outcome).toBe(result.line % 7 === 4 ? "rejected" : "delivered");
    }
    expect(lines).toEqual(inputs.map((_, index) => index + 1));
  });

  it("sends what it has when the source falls silent, so that a caller may wait for a result before it goes on", async () => {
    const { promise: released, resolve: release } = Promise.withResolvers<void>();
    async function* source(): AsyncGenerator {
      yield makeSubmission({ decisions: [makeDecision()] });
      await released;
      yield makeSubmission({ decisions: [makeDecision({ status: "refused" })] });
    }
    const results = createBrand().volenti.collectMany(source());
    expect((await results.next()).value).toMatchObject({ line: 1, outcome: "delivered" });
    release();
    expect((await results.next()).value).toMatchObject({ line: 2, outcome: "delivered" });
    expect((await results.next()).done).toBe(true);
  });

  it("stops pulling when aborted, and tells the results of what was under way", async () => {
    const stop = new AbortController();
    function* source(): Generator {
      for (let index = 0; ; index += 1) {
        if (index === 25) stop.abort();
        yield makeSubmission({ ...person(`p${index}`), decisions: [makeDecision()] });
      }
    }
    const { volenti, systems } = createBrand();
    let results = 0;
    for await (const result of volenti.collectMany(source(), { batchSize: 10, signal: stop.signal })) {
      expect(result.outcome).toBe("delivered");
      results += 1;
    }
    expect(results).toBe(systems["eu"]!.records.decisionsById.size);
    expect(results).toBeGreaterThanOrEqual(20);
    expect(results).toBeLessThanOrEqual(30);
  });

  it("makes no call again once aborted: what a destination did not take is told at once", async () => {
    const stop = new AbortController();
    let calls = 0;
    const { volenti, clock } = createBrand({
      destinations: { eu: { region: "EU", ledger: false, wrap: intercept(async () => {
        calls += 1;
        stop.abort();
        throw failure("unavailable");
      }) } },
      configuration: { routes: [{ to: ["eu"] }] },
    });
    const results: SubmissionResult[] = [];
    for await (const result of volenti.collectMany([makeSubmission({ decisions: [makeDecision()] })], { signal: stop.signal })) results.push(result);
    expect(results).toMatchObject([{ outcome: "undelivered", destinations: [{ outcome: "unavailable" }] }]);
    expect(calls).toBe(1);
    expect(clock.waits).toEqual([]);
  });

  it("lets a later batch see what an earlier one, still under way, leaves standing", async () => {
    const { volenti } = createBrand();
    const id = freshUuid();
    const results: SubmissionResult[] = [];
    const inputs = [
      makeSubmission({ submissionId: id, occurredAt: "2026-11-21T09:00:00.000Z", decisions: [makeDecision({ purpose: "profiling", channel: undefined })] }),
      makeSubmission({ occurredAt: "2026-11-21T10:00:00.000Z", profile: { birthdate: "1990-02-03" } }),
      makeSubmission({ submissionId: id, decisions: [makeDecision({ status: "refused" })] }),
    ];
    for await (const result of volenti.collectMany(inputs, { batchSize: 1, concurrency: 3 })) results.push(result);
    expect(results[1]!.withheld).toEqual([]);
    expect(results[2]!.problems).toEqual([{ path: "submissionId", code: "conflictingReplay" }]);
  });
});

describe("a file that is sent a second time", () => {
  it("is unchanged line by line, also where something newer came since, in one batch or in many", async () => {
    const at = (hour: string, changes: object): object => makeSubmission({ occurredAt: `2026-11-21T${hour}:00:00.000Z`, ...changes });
    const file = [
      at("09", { profile: { givenName: "Inès" }, decisions: [makeDecision()] }),
      at("11", { profile: { givenName: "Agnès" }, decisions: [makeDecision({ status: "withdrawn" })] }),
      at("10", { profile: { givenName: "Anne" }, decisions: [makeDecision()] }),
    ];
    for (const batchSize of [1, 3]) {
      const { volenti } = createBrand();
      const outcomes: unknown[] = [];
      for (const run of [file, file, [...file, ...file]]) {
        for await (const { destinations } of volenti.collectMany(run, { batchSize })) outcomes.push(destinations[0]?.outcome);
      }
      expect(outcomes).toEqual(["applied", "applied", "superseded", ...Array.from({ length: 9 }, () => "unchanged")]);
    }
  });
});

describe("an observer that fails", () => {
  it.each<[string, () => unknown]>([
    ["by throwing", () => {
      throw new TypeError("no metrics");
    }],
    ["later", () => Promise.reject(new TypeError("no metrics"))],
  ])("%s is nobody's problem", async (_, observe) => {
    const unhandled: unknown[] = [];
    const note = (reason: unknown): void => void unhandled.push(reason);
    process.on("unhandledRejection", note);
    onTestFinished(() => void process.off("unhandledRejection", note));
    const { volenti } = createBrand({ configuration: { observe } });
    expect((await volenti.collect(makeSubmission({ decisions: [makeDecision()] }))).outcome).toBe("delivered");
    await new Promise((resolve) => setImmediate(resolve));
    expect(unhandled).toEqual([]);
  });
});

describe("health", () => {
  it("is asked once in five seconds, and never rejects", async () => {
    let checks = 0;
    const { volenti, systems, clock } = createBrand({
      destinations: { eu: { region: "EU", wrap: (connector) => ({ ...connector, checkConnection: () => {
        checks += 1;
        return connector.checkConnection();
      } }) } },
      configuration: { routes: [{ to: ["eu"] }] },
    });
    systems["eu"]!.fail({ kind: "unavailable" });
    expect(await volenti.health()).toEqual([{ id: "eu", status: "unreachable", checkedAt: clock.now(), code: "unavailable" }]);
    await volenti.health();
    expect(checks).toBe(1);
    systems["eu"]!.fail(null);
    clock.set(clock.now() + 5000);
    expect(await volenti.health()).toMatchObject([{ id: "eu", status: "reachable" }]);
  });

  it("is not asked again while an answer is long in coming", async () => {
    let checks = 0;
    const answer = Promise.withResolvers<{ findings: [] }>();
    const { volenti, clock } = createBrand({
      destinations: { eu: { region: "EU", wrap: (connector) => ({ ...connector, checkConnection: () => {
        checks += 1;
        return answer.promise;
      } }) } },
      configuration: { routes: [{ to: ["eu"] }] },
    });
    const first = volenti.health();
    clock.set(clock.now() + 60_000);
    const second = volenti.health();
    answer.resolve({ findings: [] });
    expect(await first).toEqual(await second);
    expect(checks).toBe(1);
  });
});
