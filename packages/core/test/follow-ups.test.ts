import { describe, expect, it } from "vitest";
import type { ConnectorContextV1, ConnectorV1, FollowUpsV1 } from "@volenti/core/adapter";
import { createBrand } from "./support/create-brand.ts";

const FOLLOW_UP = { followUpId: "V1 decision", subjectRef: "abcdefghijklmnopqrstuvwxyz", document: {} };

/** What the destination `stores` is handed of follow-ups, behind routes to these destinations. */
function followUpsBehind(routes: readonly { countries?: string[]; to: string[] }[]): FollowUpsV1 | undefined {
  const contexts: ConnectorContextV1[] = [];
  const wrap = (connector: ConnectorV1): ConnectorV1 => ({
    ...connector,
    attach: (context) => {
      contexts.push(context);
      connector.attach(context);
    },
  });
  createBrand({
    destinations: { eu: { region: "EU" }, fr: { region: "FR" }, stores: { region: "EU", ledger: false, wrap } },
    configuration: { routes: [...routes] },
  });
  return contexts[0]?.followUps;
}

describe("what a destination has to do later", () => {
  it("is kept in the ledger of the routes that lead there, and given to one process", async () => {
    const followUps = followUpsBehind([{ to: ["eu", "stores"] }]);
    await followUps?.plan({ delayInMs: 0, followUps: [FOLLOW_UP] });
    expect(await followUps?.claim({ durationInMs: 1000, limit: 5 })).toEqual([FOLLOW_UP]);
    expect(await followUps?.claim({ durationInMs: 1000, limit: 5 })).toEqual([]);
    await followUps?.finish({ followUpIds: [FOLLOW_UP.followUpId] });
  });

  it("is kept nowhere where several ledgers lead there, or none", () => {
    expect(followUpsBehind([{ countries: ["FR"], to: ["fr", "stores"] }, { to: ["eu", "stores"] }])).toBeUndefined();
    expect(followUpsBehind([{ countries: ["FR"], to: ["fr"] }, { to: ["stores"] }])).toBeUndefined();
  });
});
