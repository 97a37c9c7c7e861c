import { concatenate, toUtf8, type Keyring, type MacUse } from "@volenti/core/adapter";

/**
 * The keyring of a brand with other secrets: the digests of the named uses differ, under the same key ids, so that no
 * store can tell the two apart but by what it finds. All else is the keyring's own.
 */
export function otherSecrets(request: { keyring: Keyring; uses: readonly MacUse[] }): Keyring {
  const { keyring, uses } = request;
  const salt = toUtf8("another secret: ");
  return {
    describe: () => keyring.describe(),
    sign: (question) => keyring.sign(question),
    signingKeyId: () => keyring.signingKeyId(),
    wrap: (question) => keyring.wrap(question),
    unwrap: (question) => keyring.unwrap(question),
    mac: (question) =>
      keyring.mac(
        uses.includes(question.use)
          ? { ...question, messages: question.messages.map((message) => concatenate([salt, message])) }
          : question,
      ),
  };
}
