import { ConnectorError, type ConnectorV1, type Identifier } from "@volenti/core/adapter";

/** Answers a search that ended with this code in another way, and leaves every other answer as it is. */
export function withFindErrors(request: {
  connector: ConnectorV1;
  code: ConnectorError["code"];
  instead: (of: { error: ConnectorError; identifier: Identifier }) => string | null;
}): ConnectorV1 {
  const { connector, code, instead } = request;
  const find: ConnectorV1["profiles"]["find"] = ({ identifier }) =>
    connector.profiles.find({ identifier }).catch((error: unknown) => {
      if (!ConnectorError.isInstance(error) || error.code !== code) throw error;
      return instead({ error, identifier });
    });
  return { ...connector, profiles: { ...connector.profiles, find } };
}
