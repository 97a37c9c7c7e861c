/** A change that was computed from a record which was read too long ago when its turn came. Nothing was sent. */
export class OutdatedReadError extends Error {
  constructor() {
    super("the record was read too long ago");
    this.name = "OutdatedReadError";
  }
}
