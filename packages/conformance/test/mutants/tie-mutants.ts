import { compareConsentStates, isGrant, type ConnectorTraitsV1, type ConnectorV1, type ConsentState } from "@volenti/core/adapter";
import { standBy } from "./stand-by.ts";
import { withRows, type Mutant, type MutantParts } from "./mutant.ts";

function claim(request: { parts: MutantParts; traits: Partial<ConnectorTraitsV1> }): ConnectorV1 {
  const { connector } = request.parts;
  return { ...connector, traits: { ...connector.traits, ...request.traits } };
}

/** A system that says of itself that it keeps the first of two grants, and decides ties as `replaces` says. */
function keepsFirstGrantBut(replaces: (pair: { arriving: ConsentState; stood: ConsentState }) => boolean): Mutant["mutate"] {
  return ({ connector, system }) =>
    standBy({
      parts: { connector: claim({ parts: { connector, system }, traits: { decisionTies: "keepsFirstGrant" } }), system },
      isGreater: ({ arriving, stood }) =>
        arriving.effectiveAt === stood.effectiveAt ? replaces({ arriving, stood }) : compareConsentStates(arriving, stood) > 0,
    });
}

/** Adapters that say of ties what they do not keep. */
export const TIE_MUTANTS: readonly Mutant[] = [
  {
    name: "says that the first grant stands, and compares ids",
    mutate: (parts) => claim({ parts, traits: { decisionTies: "keepsFirstGrant" } }),
    caughtBy: ["staleness/every-order-of-four", "staleness/the-greater-id-stands"],
  },
  {
    name: "says that the first grant stands, and keeps the last",
    mutate: keepsFirstGrantBut(() => true),
    caughtBy: ["staleness/every-order-of-two-and-three", "staleness/the-greater-id-stands"],
  },
  {
    name: "says that the first grant stands, and keeps it against a refusal too",
    mutate: keepsFirstGrantBut(() => false),
    caughtBy: ["staleness/every-order-of-four", "staleness/every-order-of-two-and-three"],
  },
  {
    name: "says that the first grant stands, and lets a tied one bring an opt-in back",
    mutate: keepsFirstGrantBut(({ arriving, stood }) => isGrant(arriving.status) !== isGrant(stood.status)),
    caughtBy: ["staleness/every-order-of-two-and-three", "staleness/every-pair-of-statuses"],
  },
  {
    name: "keeps the first grant, and does not say so",
    mutate: (parts) => claim({ parts: { ...parts, connector: keepsFirstGrantBut(({ arriving }) => !isGrant(arriving.status))(parts) }, traits: { decisionTies: "byId" } }),
    caughtBy: ["staleness/every-order-of-four", "staleness/the-greater-id-stands"],
  },
  {
    name: "says that the last change stands, and compares submissions",
    mutate: (parts) => claim({ parts, traits: { profileTies: "lastWrite" } }),
    caughtBy: ["profile-patch/ties-go-to-the-greater-submission"],
  },
  {
    name: "says that the last change of an instant stands, and lets older ones stand too",
    mutate: (parts) =>
      withRows({
        parts: { ...parts, connector: claim({ parts, traits: { profileTies: "lastWrite" } }) },
        change: ({ after, item }) => ({ ...after, attributes: new Map([...after.attributes, ...Object.entries(item.profile ?? {})]) }),
      }),
    caughtBy: ["profile-patch/cleared-stays-cleared", "profile-patch/older-never-overwrites", "races/writers-of-one-attribute"],
  },
];
