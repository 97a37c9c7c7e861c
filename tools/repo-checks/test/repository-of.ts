import type { Repository } from "../repository.ts";

/** A repository that exists only in a test: text by path. */
export function repositoryOf(request: {
  files: Record<string, string>;
  modes?: Record<string, string>;
}): Repository {
  return {
    files: Object.keys(request.files).toSorted(),
    read(path) {
      const text = request.files[path];
      if (text === undefined) throw new Error(`no such file: ${path}`);
      return text;
    },
    trackedMode: (path) => request.modes?.[path] ?? null,
  };
}
