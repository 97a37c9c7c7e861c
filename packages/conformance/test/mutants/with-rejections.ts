import type { ConnectorV1 } from "@volenti/core/adapter";

type Call = (...parts: never[]) => Promise<unknown>;

/** Handles the rejections of every call that answers with a promise. */
export function withRejections(request: { connector: ConnectorV1; handle: (failure: { error: unknown; name: string; parts: readonly unknown[] }) => unknown }): ConnectorV1 {
  const { connector, handle } = request;
  const guard = <Method extends Call>(name: string, method: Method): Method =>
    (async (...parts: never[]) => {
      try {
        return await method(...parts);
      } catch (error) {
        return handle({ error, name, parts });
      }
    }) as Method;
  const { ledger, erasure, provisioning, consentHistory } = connector;
  return {
    ...connector,
    checkConnection: guard("checkConnection", connector.checkConnection),
    intake: { write: guard("intake.write", connector.intake.write) },
    consent: { getState: guard("consent.getState", connector.consent.getState), listStates: guard("consent.listStates", connector.consent.listStates) },
    profiles: { get: guard("profiles.get", connector.profiles.get), find: guard("profiles.find", connector.profiles.find) },
    ...(ledger === undefined ? {} : { ledger: { consult: guard("ledger.consult", ledger.consult) } }),
    ...(erasure === undefined ? {} : { erasure: { erase: guard("erasure.erase", erasure.erase), eraseTest: guard("erasure.eraseTest", erasure.eraseTest) } }),
    ...(provisioning === undefined ? {} : { provisioning: { ...provisioning, plan: guard("provisioning.plan", provisioning.plan) } }),
    ...(consentHistory === undefined
      ? {}
      : {
          consentHistory: {
            async *listDecisions(question) {
              try {
                yield* consentHistory.listDecisions(question);
              } catch (error) {
                handle({ error, name: "consentHistory.listDecisions", parts: [question] });
              }
            },
          },
        }),
  };
}
