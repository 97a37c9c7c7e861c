import { createVolenti, type Volenti } from "@volenti/core";
import { residencyRules } from "@volenti/jurisdictions";
import type { ConnectorV1 } from "@volenti/core/adapter";
import { createGovernance, type Governance } from "@volenti/governance";
import { createMemoryConnector, createMemorySystem, type MemorySystem } from "@volenti/memory";
import { describe, expect, it } from "vitest";
import { createMemoryErasureLog, type MemoryErasureLog } from "./support/memory-erasure-log.ts";
import { createMemoryKeyring } from "./support/memory-keyring.ts";
import { NOW, toSubmission } from "./support/open-shop.ts";

interface House {
  readonly volenti: Volenti;
  readonly governance: Governance;
  readonly log: MemoryErasureLog;
  readonly systems: Readonly<Record<string, MemorySystem>>;
  /** What was asked to erase, in order. */
  readonly order: string[];
  /** Fails the call with this number, from 1, of all that look or erase; 0: none. */
  failAt: number;
}

const PLACES = { near: { region: "RU", ledger: false }, home: { region: "RU", ledger: true }, abroad: { region: "FR", ledger: false } } as const;
const mikhail = { identifier: { kind: "email", value: "mikhail@example.com" }, requestedAt: NOW } as const;

function openHouse(): House {
  const order: string[] = [];
  const log = createMemoryErasureLog();
  const systems = Object.fromEntries(Object.keys(PLACES).map((id) => [id, createMemorySystem()]));
  let calls = 0;
  const house = { order, log, systems, failAt: 0 };
  const count = (): void => {
    calls += 1;
    if (calls === house.failAt) throw new Error("killed");
  };
  const destinations = Object.fromEntries(
    Object.entries(PLACES).map(([id, { region, ledger }]) => {
      const mechanism = { transferMechanism: "standardContractualClauses" };
      const connector = createMemoryConnector({ region, ledger, ...mechanism, system: systems[id] });
      return [id, watch({ id, connector, order, count })];
    }),
  );
  log.onAppend = count;
  const volenti = createVolenti(
    {
      controller: { id: "maison-exemple", name: "Maison Exemple", country: "FR", contact: "privacy@example.com", privacyPolicyUrl: "https://example.com/privacy" },
      purposes: [{ key: "marketing.email", version: "1", basis: "consent", mechanism: "optIn", channels: ["email"], attributes: ["*"], label: { en: "News" } }],
      notices: [{ id: "signup", version: "3", locale: "fr-FR", purposes: ["marketing.email"], standalone: true, firstLayer: "F", text: "T", policyUrl: "https://example.com/fr" }],
      destinations,
      routes: [{ to: Object.keys(PLACES) }],
      residency: {
        rules: residencyRules,
        overrides: [{ country: "RU", reason: "the regulator was told", copyTo: { "*": "withMechanism" } }],
      },
      erasureLog: log,
      keys: createMemoryKeyring({ signingKeyId: "signing-1" }),
      retry: { maxAttempts: 1 },
    },
    { clock: { now: () => NOW, sleep: async () => {} }, random: () => 0 },
  );
  return Object.assign(house, { volenti, governance: createGovernance(volenti) });
}

function watch(request: { id: string; connector: ConnectorV1; order: string[]; count: () => void }): ConnectorV1 {
  const { id, connector, order, count } = request;
  const { erasure, profiles } = connector;
  if (erasure === undefined) throw new Error("nothing erases");
  return {
    ...connector,
    profiles: {
      ...profiles,
      find: async (person) => {
        count();
        return profiles.find(person);
      },
    },
    erasure: {
      ...erasure,
      erase: async (person) => {
        order.push(id);
        count();
        const answer = await erasure.erase(person);
        // Killed after the system did it, and before anybody heard.
        count();
        return answer;
      },
    },
  };
}

async function signUp({ volenti }: House): Promise<void> {
  const { outcome, destinations } = await volenti.collect(toSubmission({ email: "mikhail@example.com", country: "RU" }));
  expect([outcome, destinations.length]).toEqual(["delivered", 3]);
}

function peopleIn({ systems }: House): number {
  return Object.values(systems).reduce((total, { records }) => total + records.people.size + records.links.size, 0);
}

describe("the order of an erasure", () => {
  it("copies abroad go first, then what the law keeps in the country, then the ledger", async () => {
    const house = openHouse();
    await signUp(house);
    expect((await house.governance.erase(mikhail)).outcome).toBe("complete");
    expect(house.order).toEqual(["abroad", "near", "home"]);
  });

  it("what the law keeps in the country is left while a copy abroad remains", async () => {
    const house = openHouse();
    await signUp(house);
    house.systems["abroad"]?.fail({ kind: "unavailable" });
    expect((await house.governance.erase(mikhail)).destinations).toMatchObject([
      { id: "near", status: "notAttempted", code: "copiesRemain" },
      { id: "home", status: "notAttempted", code: "copiesRemain" },
      { id: "abroad", status: "failed" },
    ]);
    house.systems["abroad"]?.fail(null);
    expect((await house.governance.erase(mikhail)).outcome).toBe("complete");
    expect(peopleIn(house)).toBe(0);
  });
});

describe("an erasure that breaks off", () => {
  it("at any call is finished by the next run, and nothing is erased that the log does not name", async () => {
    for (let failAt = 1; failAt < 40; failAt += 1) {
      const house = openHouse();
      await signUp(house);
      house.failAt = failAt;
      const first = await house.governance.erase(mikhail).catch(() => null);
      if (first?.outcome === "complete") return expect(failAt).toBeGreaterThan(10);
      const [entry] = house.log.entries;
      if (entry === undefined) expect(house.order, `call ${failAt}`).toEqual([]);
      expect((await house.governance.erase(mikhail)).outcome, `call ${failAt}`).toBe("complete");
      expect(peopleIn(house), `call ${failAt}`).toBe(0);
    }
    expect.fail("the erasure makes more calls than this test breaks");
  });
});

describe("the erasure log", () => {
  it("names refs and keyed digests before anything is erased, the ledger last, and says when it is done", async () => {
    const house = openHouse();
    await signUp(house);
    house.log.onAppend = ({ kind }) => expect(house.order.length).toBe(kind === "erasure" ? 0 : 3);
    await house.governance.erase(mikhail);
    expect(house.log.entries).toMatchObject([
      { kind: "erasure", requestedAt: new Date(NOW).toISOString(), reason: "subjectRequest", places: [{ destinationId: "abroad", derivedRefs: false }, { destinationId: "near" }, { destinationId: "home" }] },
      { kind: "done", outcome: "complete", entryId: house.log.entries[0]?.entryId },
    ]);
    expect(JSON.stringify(house.log.entries)).not.toMatch(/mikhail|example\.com|Inès/);
  });

  it("that cannot be written keeps everything from being erased", async () => {
    const house = openHouse();
    await signUp(house);
    house.log.onAppend = () => {
      throw new Error("no space left");
    };
    await expect(house.governance.erase(mikhail)).rejects.toThrow("no space left");
    expect(house.order).toEqual([]);
  });

  it("has no entry about somebody whom nobody holds", async () => {
    const house = openHouse();
    expect((await house.governance.erase(mikhail)).outcome).toBe("complete");
    expect(house.log.entries).toEqual([]);
  });
});
