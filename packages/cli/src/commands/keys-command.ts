import type { KeyRevocation, Volenti } from "@volenti/core";
import type { Keyring, KeyDescription, KeyKind } from "@volenti/core/adapter";
import type { CommandContext } from "../command-context.ts";
import { EXIT_CODE, type ExitCode } from "../exit-code.ts";
import { withVolenti } from "../open-volenti.ts";
import { toJwkSet } from "../jwk-set.ts";
import { rewrapDataKeys } from "../keys/rewrap-data-keys.ts";
import { writeTable } from "../terminal/write-table.ts";
import { readInstant } from "../read-instant.ts";
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

export interface KeysOptions {
  readonly public?: boolean;
  readonly rotate?: KeyKind;
  /** The id of a signing key. */
  readonly revoke?: string;
  readonly at?: string;
  readonly reason?: "superseded" | "compromised";
  /** Whether the data keys of the stores are counted by the keys that wrap them, in the place of the list. */
  readonly rewrap?: boolean;
  /** Whether those under retired keys are wrapped under the active one. */
  readonly apply?: boolean;
}

/**
 * `volenti keys [--public] [--rotate KIND] [--revoke KEYID --at T --reason R]`: the keyring without its secrets. With `--rewrap`:
 * what its key-encryption keys wrap in the stores.
 */
export function keysCommand(request: { context: CommandContext; options: KeysOptions }): Promise<ExitCode> {
  const { context, options } = request;
  const revocation = readRevocation(options);
  if (options.apply === true && options.rewrap !== true) throw new UsageError({ code: "rewrapRequired", sentence: "--apply goes with --rewrap" });
  return withVolenti({ context }, async ({ volenti, updateLock }) => {
    if (options.rotate === "subjectRef") refuseNewNames(volenti);
    if (options.rotate !== undefined) await rotateKey({ keyring: volenti.keyring, kind: options.rotate });
    if (revocation !== null) await revokeKey({ keyring: volenti.keyring, ...revocation });
    if (options.rotate !== undefined || revocation !== null) await updateLock();
    if (options.rewrap === true) return rewrapDataKeys({ context, volenti, apply: options.apply === true });
    const keys = await volenti.keyring.describe();
    if (options.public === true) await context.terminal.output.writeLine(JSON.stringify(toJwkSet(keys), null, context.json ? 0 : 2));
    else await writeKeys({ context, keys });
    return EXIT_CODE.delivered;
  });
}

/** Where no ledger remembers who is who, a person's ref is made with this key: by a new one everybody would be somebody else. */
function refuseNewNames(volenti: Volenti): void {
  if (!volenti.startupNotes.some(({ code }) => code === "noLedger")) return;
  throw new UsageError({
    code: "rotateWouldDouble",
    sentence: "a route without a ledger names people by this key: with a new one everybody would be recorded a second time",
  });
}

interface Revocation {
  readonly keyId: string;
  readonly revoked: KeyRevocation;
}

function readRevocation(options: KeysOptions): Revocation | null {
  const { revoke: keyId, at, reason = "compromised" } = options;
  if (keyId === undefined) return null;
  const instant = readInstant({ text: at?.includes("T") === true ? at : undefined, option: "--at" });
  if (instant === undefined) throw new UsageError({ code: "invalidInstant", sentence: "--revoke needs --at with an instant, such as 2026-11-25T10:00:00Z" });
  return { keyId, revoked: { at: new Date(instant).toISOString(), reason } };
}

async function revokeKey(request: { keyring: Keyring } & Revocation): Promise<void> {
  const { keyring, keyId, revoked } = request;
  const key = (await keyring.describe()).find((candidate) => candidate.keyId === keyId && candidate.kind === "signing");
  if (key === undefined) throw new UsageError({ code: "unknownKey", sentence: "the keyring has no signing key of this id" });
  if (key.status === "revoked") throw new UsageError({ code: "alreadyRevoked", sentence: "the key was revoked before, and that stands" });
  const candidate: Keyring & { revoke?: unknown } = keyring;
  if (typeof candidate.revoke !== "function") {
    throw new UsageError({ code: "revokeUnsupported", sentence: "this keyring's keys are revoked in its own system, not from here" });
  }
  await (candidate as { revoke(revocation: Revocation): unknown }).revoke({ keyId, revoked });
}

async function writeKeys(request: { context: CommandContext; keys: readonly KeyDescription[] }): Promise<void> {
  const { context, keys } = request;
  if (context.json) {
    await context.terminal.output.writeLine(JSON.stringify({ keys }));
    return;
  }
  await writeTable({
    terminal: context.terminal,
    head: ["kind", "key", "status", "created", "revoked"],
    rows: keys.map(({ kind, keyId, status, createdAt, revoked }) => [
      kind,
      keyId,
      status,
      createdAt,
      revoked === undefined ? "" : `${revoked.at} (${revoked.reason})`,
    ]),
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
