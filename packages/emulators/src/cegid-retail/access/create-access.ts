import { randomBytes } from "node:crypto";
import type { Folder } from "../folder.ts";

export interface Access {
  /** Whether the caller may come in, and the cookie that it is given for it; null: 401. */
  enter(headers: Headers): { readonly cookie: string | null } | null;
  /** Cookies given out so far are worth nothing any more. */
  expireSessions(): void;
}

/** Basic, as `FOLDER\USER` in UTF-8, or the cookie that an earlier call was given. */
export function createAccess(folder: Folder): Access {
  let current = createSession();
  const expected = `${folder.folderId}\\${folder.username}:${folder.password}`;
  return {
    enter(headers) {
      const session = /(?:^|;\s*)CbrAuth=([^;]*)/.exec(headers.get("Cookie") ?? "")?.[1];
      if (session === current) return { cookie: null };
      if (readBasic(headers) !== expected) return null;
      return { cookie: `CbrAuth=${current}; path=${folder.virtualDirectory}; HttpOnly; SameSite=Lax` };
    },
    expireSessions: () => void (current = createSession()),
  };
}

function createSession(): string {
  return randomBytes(32).toString("hex").toUpperCase();
}

function readBasic(headers: Headers): string | null {
  const encoded = /^Basic +([A-Za-z0-9+/=]+)$/i.exec(headers.get("Authorization") ?? "")?.[1];
  return encoded === undefined ? null : Buffer.from(encoded, "base64").toString("utf8");
}
