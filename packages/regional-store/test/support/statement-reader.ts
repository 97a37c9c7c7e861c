const PARSE = "P";
const QUERY = "Q";
const HEADER_BYTES = 5;

/**
 * Hears what one client sends, and adds the text of every statement to the list. The first message, which starts the
 * session, has no letter. https://www.postgresql.org/docs/18/protocol-message-formats.html
 */
export function createStatementReader(statements: Set<string>): (bytes: Buffer) => void {
  let waiting = Buffer.alloc(0);
  let isStarted = false;
  return (bytes) => {
    waiting = Buffer.concat([waiting, bytes]);
    if (!isStarted && waiting.length >= 4) {
      const length = waiting.readInt32BE(0);
      if (waiting.length < length) return;
      waiting = waiting.subarray(length);
      isStarted = true;
    }
    while (waiting.length >= HEADER_BYTES && waiting.length > waiting.readInt32BE(1)) {
      const kind = String.fromCharCode(waiting[0] ?? 0);
      const end = waiting.readInt32BE(1) + 1;
      const body = waiting.subarray(HEADER_BYTES, end);
      // A statement that is prepared has its own name in front.
      if (kind === PARSE) statements.add(textUntilZero(body.subarray(body.indexOf(0) + 1)));
      if (kind === QUERY) statements.add(textUntilZero(body));
      waiting = waiting.subarray(end);
    }
  };
}

function textUntilZero(bytes: Buffer): string {
  return bytes.subarray(0, bytes.indexOf(0)).toString("utf8");
}
