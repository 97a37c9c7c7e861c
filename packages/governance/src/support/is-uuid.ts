const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** Whether a text has the form of a UUID (RFC 9562), as every id that is given here has: a store may fail on any other. */
export function isUuid(text: string): boolean {
  return UUID.test(text);
}
