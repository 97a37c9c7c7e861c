/** What makes a whole job fail; the message is what Salesforce shows as the job's own. */
export class BulkJobError extends Error {
  constructor(message: string) {
    super(message);
    this.name = "BulkJobError";
  }
}
