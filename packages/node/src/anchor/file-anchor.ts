import { createHash } from "node:crypto";
import { mkdir, open, readFile, stat, truncate } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { ConnectorError, systemClock, type Anchor, type AnchoredCheckpoint, type Clock } from "@volenti/core";

/** What a file anchor may be told. */
export interface FileAnchorOptions {
  /** Names it in reports. Default: `file`; give each of several a name of its own. */
  readonly anchorId?: string | undefined;
  /** Stamps what is published. Default: the machine's clock. */
  readonly clock?: Pick<Clock, "now"> | undefined;
}

interface AnchorLine {
  readonly publishedAt: string;
  readonly jws: string;
  /** SHA-256 of the previous link (64 zeros at the start), the instant and the text, a line each, hexadecimal. */
  readonly link: string;
}

const FIRST_LINK = "0".repeat(64);

/**
 * Keeps checkpoints in a file, a JSON object a line, each linked to the one before, and on disk before `publish` resolves.
 * It proves as much as the file is out of reach of whoever may change the store: another machine, a share that can only be
 * appended to. A line that was changed is listed as an empty checkpoint, which no key has signed. A relative path counts
 * from the working directory at the time of this call. Of several processes one is to publish at a time.
 */
export function createFileAnchor(file: string | URL, options: FileAnchorOptions = {}): Anchor {
  const path = resolve(typeof file === "string" ? file : fileURLToPath(file));
  const { anchorId = "file", clock = systemClock } = options;
  return {
    anchorId,
    publish: async ({ jws }) => {
      const { lines, rest } = await readLines({ path, anchorId });
      if (lines.some((line) => line?.jws === jws)) return;
      const publishedAt = new Date(clock.now()).toISOString();
      const link = linkOf({ before: lines.findLast((line) => line !== null)?.link ?? FIRST_LINK, publishedAt, jws });
      await append({ path, text: `${rest.opening}${JSON.stringify({ publishedAt, jws, link } satisfies AnchorLine)}\n`, dropped: rest.dropped });
    },
    list: async function* () {
      let before = FIRST_LINK;
      for (const line of (await readLines({ path, anchorId })).lines) {
        yield line === null || line.link !== linkOf({ before, ...line }) ? DAMAGED : { jws: line.jws, publishedAt: line.publishedAt };
        before = line?.link ?? before;
      }
    },
  };
}

const DAMAGED: AnchoredCheckpoint = { jws: "", publishedAt: null };

function linkOf(request: { before: string; publishedAt: string; jws: string }): string {
  const { before, publishedAt, jws } = request;
  return createHash("sha256").update(`${before}\n${publishedAt}\n${jws}`).digest("hex");
}

interface AnchorFile {
  /** Null for a line that is none of ours. */
  readonly lines: readonly (AnchorLine | null)[];
  /** What the end of the file asks of the next line: a line that lacks its end gets one, a piece that a crash left goes. */
  readonly rest: { readonly opening: "" | "\n"; readonly dropped: number };
}

async function readLines(request: { path: string; anchorId: string }): Promise<AnchorFile> {
  const { path, anchorId } = request;
  let text: string;
  try {
    text = await readFile(path, "utf8");
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === "ENOENT") return { lines: [], rest: { opening: "", dropped: 0 } };
    throw new ConnectorError({ code: "unavailable", connectorId: anchorId, operation: "anchor.list", cause });
  }
  const whole = text.split("\n");
  const last = whole.pop() ?? "";
  const lines = whole.map(readLine);
  if (last === "") return { lines, rest: { opening: "", dropped: 0 } };
  // A whole line without its end, or with another one; what is less was never published.
  if (readLine(last) !== null || readLine(last.slice(0, -1)) !== null) return { lines: [...lines, readLine(last)], rest: { opening: "\n", dropped: 0 } };
  return { lines, rest: { opening: "", dropped: Buffer.byteLength(last) } };
}

/** Exactly as it is written: a changed space would else go unseen. */
function readLine(text: string): AnchorLine | null {
  try {
    const { publishedAt, jws, link } = JSON.parse(text) as Partial<AnchorLine>;
    if (typeof publishedAt !== "string" || typeof jws !== "string" || typeof link !== "string") return null;
    return JSON.stringify({ publishedAt, jws, link }) === text ? { publishedAt, jws, link } : null;
  } catch {
    return null;
  }
}

async function append(request: { path: string; text: string; dropped: number }): Promise<void> {
  const { path, text, dropped } = request;
  await mkdir(dirname(path), { recursive: true });
  if (dropped > 0) await truncate(path, (await stat(path)).size - dropped);
  const handle = await open(path, "a", 0o644);
  try {
    await handle.writeFile(text, "utf8");
    await handle.sync();
  } finally {
    await handle.close();
  }
}
