import type { BulkJob } from "./bulk-job.ts";

export interface BulkJobStore {
  add(job: Omit<BulkJob, "id">): BulkJob;
  find(id: string): BulkJob | undefined;
  remove(job: BulkJob): void;
  /** In the order of their making. */
  list(): readonly BulkJob[];
}

const KEY_PREFIX = "750";

export function createBulkJobStore(): BulkJobStore {
  const jobs = new Map<string, BulkJob>();
  let made = 0;
  return {
    add: (job) => {
      made += 1;
      const stored = { ...job, id: `${KEY_PREFIX}${made.toString(36).padStart(12, "0")}AAA` };
      jobs.set(stored.id.slice(0, 15), stored);
      return stored;
    },
    find: (id) => jobs.get(id.slice(0, 15)),
    remove: (job) => void jobs.delete(job.id.slice(0, 15)),
    list: () => [...jobs.values()],
  };
}
