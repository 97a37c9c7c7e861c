/** What the checks read of a package.json. */
export interface Manifest {
  readonly name: string;
  /** In one sentence, without a full stop; empty where there is none. */
  readonly description: string;
  readonly private: boolean;
  readonly dependencies: readonly string[];
  readonly peerDependencies: readonly string[];
  readonly devDependencies: readonly string[];
  /** Paths by command. */
  readonly bin: Readonly<Record<string, string>>;
  readonly exports: Readonly<Record<string, unknown>>;
  readonly files: readonly string[];
}

export function parseManifest(text: string): Manifest {
  const json = JSON.parse(text) as Record<string, unknown>;
  return {
    name: String(json["name"]),
    description: typeof json["description"] === "string" ? json["description"] : "",
    private: json["private"] === true,
    dependencies: Object.keys(toRecord(json["dependencies"])),
    peerDependencies: Object.keys(toRecord(json["peerDependencies"])),
    devDependencies: Object.keys(toRecord(json["devDependencies"])),
    bin: toRecord(json["bin"]) as Record<string, string>,
    exports: toRecord(json["exports"]),
    files: (json["files"] ?? []) as readonly string[],
  };
}

function toRecord(value: unknown): Record<string, unknown> {
  return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};
}
