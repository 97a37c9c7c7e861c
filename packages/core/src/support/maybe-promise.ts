/** A value, or a promise of it: ports answer synchronously where the platform can, which is several times cheaper. */
export type MaybePromise<T> = T | Promise<T>;
