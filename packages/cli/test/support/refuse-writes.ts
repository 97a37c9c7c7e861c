/** A test folder's configuration whose `eu` refuses the writes that the expression, of `batch` and `systems`, is true of. */
export function refuseWrites(when: string): (text: string) => string {
  return (text) =>
    text
      .replace('import { defineConfig } from "@volenti/core";', 'import { ConnectorError, defineConfig } from "@volenti/core";')
      .replace(
        'eu: createMemoryConnector({ region: "EU", system: systems.eu }),',
        `eu: ((inner) => ({
          ...inner,
          intake: {
            write: (batch) =>
              ${when}
                ? Promise.reject(new ConnectorError({ code: "rejectedByProvider", connectorId: "memory", operation: "intake.write" }))
                : inner.intake.write(batch),
          },
        }))(createMemoryConnector({ region: "EU", system: systems.eu })),`,
      );
}
