import type { CegidRetailEmulator } from "@volenti/emulators";

/** What a cashier does in Y2's own window when a customer wants no more text messages: nothing of Volenti takes part. */
export function refuseAtTill(request: { cegidRetail: CegidRetailEmulator; email: string }): void {
  const { cegidRetail: { customers }, email } = request;
  const customer = customers.list().find(({ EmailData: data }) => typeof data === "object" && data !== null && "Email" in data && data.Email === email);
  const customerId = customer?.["CustomerId"];
  if (typeof customerId !== "string") throw new Error("the emulated Y2 does not hold the customer");
  customers.changeOptIns({ customerId, optIns: { OptinMobile: "DoNotUse" } });
}
