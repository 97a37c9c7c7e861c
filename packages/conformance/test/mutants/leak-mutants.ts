import { ConnectorError } from "@volenti/core/adapter";
import { withWrite, type Mutant } from "./mutant.ts";

export const LEAK_MUTANTS: readonly Mutant[] = [
  {
    name: "prints what it writes",
    mutate: ({ connector }) =>
      withWrite({
        connector,
        write: (batch, original) => {
          process.stderr.write(`${batch.items[0]?.subject.identifiers[0]?.value ?? ""}\r`);
          return original(batch);
        },
      }),
    caughtBy: ["redaction/bad-input-reveals-nothing", "redaction/failures-reveal-nothing"],
  },
  {
    name: "an error's message quotes the profile",
    mutate: ({ connector }) =>
      withWrite({
        connector,
        write: async (batch, original) => {
          try {
            return await original(batch);
          } catch (error) {
            if (!ConnectorError.isInstance(error)) throw error;
            Object.defineProperty(error, "message", { value: `${error.message}: ${JSON.stringify(batch.items[0]?.profile)}` });
            throw error;
          }
        },
      }),
    caughtBy: ["redaction/failures-reveal-nothing"],
  },
  {
    name: "an error's cause is the system's own",
    mutate: ({ connector }) =>
      withWrite({
        connector,
        write: async (batch, original) => {
          try {
            return await original(batch);
          } catch (error) {
            if (!ConnectorError.isInstance(error)) throw error;
            Object.defineProperty(error, "cause", { value: new Error(`insert into person values (${JSON.stringify(batch.items[0]?.subject)})`), enumerable: false });
            throw error;
          }
        },
      }),
    caughtBy: ["redaction/failures-reveal-nothing"],
  },
  {
    name: "a failed item's error quotes the row, in base64",
    mutate: ({ connector }) =>
      withWrite({
        connector,
        write: async (batch, original) =>
          (await original(batch)).map((outcome, index) => {
            if (outcome.status !== "failed") return outcome;
            const providerRequestId = btoa(encodeURIComponent(JSON.stringify(batch.items[index]?.subject.identifiers)));
            return { ...outcome, error: new ConnectorError({ code: outcome.error.code, connectorId: "memory", operation: "intake.write", providerRequestId }) };
          }),
      }),
    caughtBy: ["redaction/bad-input-reveals-nothing", "redaction/failures-reveal-nothing"],
  },
  {
    name: "an error of a search names what was searched",
    mutate: ({ connector }) => ({
      ...connector,
      profiles: {
        ...connector.profiles,
        find: async (request) => {
          try {
            return await connector.profiles.find(request);
          } catch (error) {
            throw new ConnectorError({ code: ConnectorError.isInstance(error) ? error.code : "invalidInput", connectorId: "memory", operation: `profiles.find?email=${request.identifier.value}` });
          }
        },
      },
    }),
    caughtBy: ["redaction/bad-input-reveals-nothing", "redaction/failures-reveal-nothing"],
  },
  {
    name: "logs what it writes",
    mutate: ({ connector }) =>
      withWrite({
        connector,
        write: (batch, original) => {
          const { console: log } = globalThis;
          log.debug("writing", batch.items);
          return original(batch);
        },
      }),
    caughtBy: ["redaction/bad-input-reveals-nothing", "redaction/failures-reveal-nothing"],
  },
  {
    name: "a finding of a check names a customer",
    mutate: ({ connector, system }) => ({
      ...connector,
      checkConnection: async () => {
        const { findings } = await connector.checkConnection();
        const sample = [...system.records.people.values()].at(-1)?.attributes.get("email")?.value;
        return { findings: [...findings, { severity: "info", code: "sampleRead", message: `Read ${JSON.stringify(sample)}` }] };
      },
    }),
    caughtBy: ["redaction/findings-and-plans-reveal-nothing"],
  },
];
