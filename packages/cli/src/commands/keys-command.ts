import type { Keyring, KeyDescription, KeyKind } from "@volenti/core/adapter";
import type { CommandContext } from "../command-context.ts";
import { EXIT_CODE, type ExitCode } from "../exit-code.ts";
import { withVolenti } from "../open-volenti.ts";
import { toJwkSet } from "../jwk-set.ts";
import { writeTable } from "../terminal/write-table.ts";
import { UsageError } from "../usage-error.ts";

/** Every kind of key that `--rotate` takes. */
export const KEY_KINDS: readonly KeyKind[] = [
  "signing",
  "keyEncryption",
  "subjectRef",
  "blindIndex",
  "submission",
  "suppression",
  "release",
];

/** `volenti keys [--public] [--rotate KIND]`: the keyring without its secrets. */
export function keysCommand(request: {
  context: CommandContext;
  isPublic: boolean;
  rotate: KeyKind | undefined;
}): Promise<ExitCode> {
  const { context, isPublic, rotate } = request;
  return withVolenti({ context }, async ({ volenti, updateLock }) => {
    if (rotate !== undefined) {
      await rotateKey({ keyring: volenti.keyring, kind: rotate });
      await updateLock();
    }
    const keys = await volenti.keyring.describe();
    if (isPublic) await context.terminal.output.writeLine(JSON.stringify(toJwkSet(keys), null, context.json ? 0 : 2));
    else await writeKeys({ context, keys });
    return EXIT_CODE.delivered;
  });
}

async function writeKeys(request: { context: CommandContext; keys: readonly KeyDescription[] }): Promise<void> {
  const { context, keys } = request;
  if (context.json) {
    await context.terminal.output.writeLine(JSON.stringify({ keys }));
    return;
  }
  await writeTable({
    terminal: context.terminal,
    head: ["kind", "key", "status", "created"],
    rows: keys.map(({ kind, keyId, status, createdAt }) => [kind, keyId, status, createdAt]),
  });
}

/** Rotation is no part of the keyring port: a key management service has its own schedule for it. */
async function rotateKey(request: { keyring: Keyring; kind: KeyKind }): Promise<void> {
  const { keyring, kind } = request;
  const candidate: Keyring & { rotate?: unknown } = keyring;
  if (typeof candidate.rotate !== "function") {
    throw new UsageError({ code: "rotateUnsupported", sentence: "this keyring is rotated in its own system, not from here" });
  }
  await (candidate as { rotate(kind: KeyKind): unknown }).rotate(kind);
}
