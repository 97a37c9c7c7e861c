import { ConnectorError, isGrant, type ConnectorV1, type Identifier, type JsonValue } from "@volenti/core/adapter";
import { withItems, withRows, withWrite, type Mutant } from "./mutant.ts";
import { withFindErrors } from "./with-find-errors.ts";

/** Reads of what stands under keys that are changed first. */
function withKeys(change: (key: { subjectRef: string; purpose: string; channel: string }) => { subjectRef: string; purpose: string; channel: string }): Mutant["mutate"] {
  return ({ connector }) => ({
    ...connector,
    consent: { ...connector.consent, getState: (request) => connector.consent.getState(change(request)) },
  });
}

function mapNumbers(change: (number: number) => number): Mutant["mutate"] {
  const round = (value: JsonValue): JsonValue => (typeof value === "number" ? change(value) : value);
  return ({ connector }) =>
    withItems({
      connector,
      change: (item) => {
        if (item.profile === undefined) return item;
        const profile = Object.entries(item.profile).map(([name, attribute]) => [name, { ...attribute, value: round(attribute.value) }] as const);
        return { ...item, profile: Object.fromEntries(profile) };
      },
    });
}

/** Prints a line whenever something was done. */
function printing(pick: (parts: { connector: ConnectorV1; print: (line: string) => void }) => Partial<ConnectorV1>): Mutant["mutate"] {
  return ({ connector }) => ({ ...connector, ...pick({ connector, print: (line) => globalThis.console.info(line) }) });
}

function rememberFound(connector: ConnectorV1): ConnectorV1 {
  const found = new Map<string, string | null>();
  const find = async (request: { identifier: Identifier }): Promise<string | null> => {
    const key = `${request.identifier.kind} ${request.identifier.value}`;
    const known = found.get(key) ?? (await connector.profiles.find(request));
    if (known !== null) found.set(key, known);
    return known;
  };
  return { ...connector, profiles: { ...connector.profiles, find } };
}

/** Takes one word for another kind of decision in a tie. */
function mistakes(request: { status: string }): Mutant["mutate"] {
  return (parts) =>
    withRows({
      parts,
      change: ({ before, after, item }) => {
        const states = new Map(after.states);
        for (const [key, stood] of before?.states ?? []) {
          const arriving = item.states.find(({ purpose, channel }) => purpose === stood.purpose && channel === stood.channel);
          if (arriving === undefined || arriving.effectiveAt !== stood.effectiveAt) continue;
          if (stood.status === request.status && isGrant(arriving.status) !== isGrant(stood.status)) states.set(key, arriving);
        }
        return { ...after, states };
      },
    });
}

export const HABIT_MUTANTS: readonly Mutant[] = [
  { name: "remembers whom it found", mutate: ({ connector }) => rememberFound(connector), caughtBy: ["find/remembers-nobody"] },
  { name: "folds the letter case of refs", mutate: withKeys((key) => ({ ...key, subjectRef: key.subjectRef.toLowerCase() })), caughtBy: ["consent-read/letter-case-counts"] },
  { name: "folds the letter case of purposes", mutate: withKeys((key) => ({ ...key, purpose: key.purpose.toLowerCase() })), caughtBy: ["consent-read/letter-case-counts"] },
  { name: "folds the letter case of channels", mutate: withKeys((key) => ({ ...key, channel: key.channel.toLowerCase() })), caughtBy: ["consent-read/letter-case-counts"] },
  {
    name: "reads the profile of a ref in any letters",
    mutate: ({ connector }) => ({ ...connector, profiles: { ...connector.profiles, get: ({ subjectRef }) => connector.profiles.get({ subjectRef: subjectRef.toLowerCase() }) } }),
    caughtBy: ["consent-read/letter-case-counts"],
  },
  { name: "does not know `revoked` for a refusal in a tie", mutate: mistakes({ status: "revoked" }), caughtBy: ["staleness/every-pair-of-statuses"] },
  { name: "does not know `optedOut` for a refusal in a tie", mutate: mistakes({ status: "optedOut" }), caughtBy: ["staleness/every-pair-of-statuses"] },
  { name: "rounds numbers to six places", mutate: mapNumbers((number) => Number(number.toFixed(6))), caughtBy: ["profile-patch/values-keep-their-type"] },
  { name: "keeps fifteen digits of a number", mutate: mapNumbers((number) => Number(number.toPrecision(15))), caughtBy: ["profile-patch/values-keep-their-type"] },
  { name: "takes the least number for none", mutate: mapNumbers((number) => (Math.abs(number) < 1e-300 ? 0 : number)), caughtBy: ["profile-patch/values-keep-their-type"] },
  {
    name: "a refusal that follows identifiers reaches the first whom they name",
    mutate: ({ connector }) =>
      withItems({
        connector,
        change: (item) => (item.mode === "upsert" ? item : { ...item, subject: { ...item.subject, identifiers: item.subject.identifiers.slice(0, 1) } }),
      }),
    caughtBy: ["existing-only/reaches-everybody-whom-it-names"],
  },
  {
    name: "a refusal that follows an address reaches one of the profiles that hold it",
    base: "ledgerless",
    mutate: ({ connector, system }) =>
      withWrite({
        connector,
        write: async (batch, original) => {
          const before = new Map(system.records.people);
          const outcomes = await original(batch);
          if (batch.items.some(({ mode }) => mode === "upsert")) return outcomes;
          const [, ...later] = [...system.records.people].filter(([ref, person]) => before.get(ref) !== person);
          for (const [ref] of later) {
            const person = before.get(ref);
            if (person !== undefined) system.records.people.set(ref, person);
          }
          return outcomes;
        },
      }),
    caughtBy: ["existing-only/reaches-everybody-whom-it-names"],
  },
  {
    name: "the error of a search that is not supported names what was searched",
    base: "weak",
    mutate: ({ connector }) =>
      withFindErrors({
        connector,
        code: "unsupported",
        instead: ({ identifier }) => {
          throw new ConnectorError({ code: "unsupported", connectorId: "memory", operation: "profiles.find", fieldNames: [identifier.value] });
        },
      }),
    caughtBy: ["redaction/unsupported-searches-reveal-nothing"],
  },
  { name: "prints a line when it was closed", mutate: printing(({ connector, print }) => ({ close: () => connector.close().then(() => print("closed")) })), caughtBy: ["redaction/calls-that-succeed-are-quiet"] },
  {
    name: "prints a line when it was provisioned",
    mutate: printing(({ connector: { provisioning }, print }) => ({
      provisioning: provisioning && {
        ...provisioning,
        apply: async () => {
          print("provisioned");
          return provisioning.apply();
        },
      },
    })),
    caughtBy: ["redaction/calls-that-succeed-are-quiet"],
  },
  {
    name: "prints a line when it erased tests",
    mutate: printing(({ connector: { erasure }, print }) => ({
      erasure: erasure && {
        ...erasure,
        eraseTest: async () => {
          print("erased");
          return erasure.eraseTest();
        },
      },
    })),
    caughtBy: ["redaction/calls-that-succeed-are-quiet"],
  },
  {
    name: "leaves a timer behind when it is closed",
    mutate: ({ connector }) => ({
      ...connector,
      attach: (context) => {
        connector.attach(context);
        setTimeout(() => {}, 10_000);
      },
    }),
    caughtBy: ["lifecycle/closes-its-timers"],
  },
  {
    name: "leaves the rejection of a side call to nobody",
    mutate: ({ connector }) =>
      withWrite({
        connector,
        write: (batch, original) => {
          void connector.checkConnection().then(() => {});
          return original(batch);
        },
      }),
    caughtBy: ["errors/unreachable-write-applies-nothing"],
  },
];
