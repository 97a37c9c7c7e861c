import { randomBytes } from "node:crypto";

/** Access tokens that were given out. */
export interface SessionStore {
  issue(userId: string): string;
  /** The user of a token that is valid now; null for any other. */
  userOf(token: string): string | null;
  revoke(token: string): boolean;
  expireAll(): void;
  /** While true, no token is valid, new ones neither. */
  areRefused: boolean;
}

export function createSessionStore(request: { organizationId: string; now: () => number; lifetimeInMs: number }): SessionStore {
  const { organizationId, now, lifetimeInMs } = request;
  const sessions = new Map<string, { userId: string; expiresAt: number }>();
  return {
    areRefused: false,
    issue(userId) {
      const token = `${organizationId.slice(0, 15)}!AQ${randomBytes(48).toString("base64url")}`;
      sessions.set(token, { userId, expiresAt: now() + lifetimeInMs });
      return token;
    },
    userOf(token) {
      const session = sessions.get(token);
      return session === undefined || this.areRefused || session.expiresAt <= now() ? null : session.userId;
    },
    revoke: (token) => sessions.delete(token),
    expireAll: () => sessions.clear(),
  };
}
