import { ensure, ensureEqual, ensurePresent } from "../assertions/ensure.ts";
import type { ConformanceCase } from "../conformance-case.ts";

export const PROVISIONING_CASES: readonly ConformanceCase[] = [
  {
    id: "provisioning/a-plan-changes-nothing",
    title: "a plan made twice is the same plan, and what is applied then is that plan",
    facet: "provisioning",
    run: async ({ setup }) => {
      const { firstPlan, secondPlan, applied } = await setup();
      const ids = (steps: typeof applied): string[] => steps.map(({ id }) => id);
      ensureEqual({ actual: ids(secondPlan), expected: ids(firstPlan), what: "the second plan" });
      ensureEqual({ actual: ids(applied), expected: ids(firstPlan), what: "the steps that were applied" });
      ensureEqual({ actual: new Set(ids(firstPlan)).size, expected: firstPlan.length, what: "the number of different steps" });
      ensure({ that: firstPlan.every(({ title }) => title.length > 0), otherwise: "a step has no title" });
    },
  },
  {
    id: "provisioning/nothing-is-left-to-do",
    title: "after it was applied the plan is empty, and applying again does nothing",
    facet: "provisioning",
    run: async ({ connector, connect }) => {
      for (const asked of [connector, await connect()]) {
        const provisioning = ensurePresent({ value: asked.provisioning, what: "the facet provisioning" });
        ensureEqual({ actual: await provisioning.plan(), expected: [], what: "the plan after it was applied" });
        ensureEqual({ actual: await provisioning.apply(), expected: [], what: "the steps that were applied again" });
        ensureEqual({ actual: await provisioning.plan(), expected: [], what: "the plan after it was applied again" });
      }
    },
  },
  {
    id: "provisioning/may-race",
    title: "two processes may apply at once, and data that was there before stays",
    facet: "provisioning",
    run: async ({ connector, connect, record, person, at }) => {
      const someone = await person();
      await record({ person: someone, decisions: [{ status: "given", at: at(0) }] });
      const other = await connect();
      await Promise.all([connector, other, connector, other].map(async (asked) => asked.provisioning?.apply()));
      ensureEqual({ actual: await connector.provisioning?.plan(), expected: [], what: "the plan after a race" });
      const states = await connector.consent.listStates({ subjectRef: someone.ref });
      ensureEqual({ actual: states.length, expected: 1, what: "the states of a person who was there before" });
    },
  },
];
