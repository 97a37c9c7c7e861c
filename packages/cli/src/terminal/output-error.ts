/** What a run has to leave behind cannot be written any more: standard output (`EPIPE`, `ENOSPC`) or the state file. */
export class OutputError extends Error {
  readonly code: string;

  constructor(request: { what: "standard output" | "the state file"; error: unknown }) {
    const code = toCode(request.error);
    super(`${request.what} cannot be written: ${code}`);
    this.name = "OutputError";
    this.code = code;
  }
}

function toCode(error: unknown): string {
  const code = typeof error === "object" && error !== null ? (error as { code?: unknown }).code : undefined;
  return typeof code === "string" && /^[A-Z][A-Z0-9_]{1,40}$/.test(code) ? code : "unknown";
}
