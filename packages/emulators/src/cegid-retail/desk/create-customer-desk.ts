import { blankRecord } from "../contract/blank-value.ts";
import { isRecord, textAt, type DataRecord } from "../contract/data-value.ts";
import type { Customer } from "../customers/customer-store.ts";
import type { Folder } from "../folder.ts";
import type { CustomerDesk } from "./customer-desk.ts";

export function createCustomerDesk(folder: Folder): CustomerDesk {
  const { customers, clock } = folder;
  const demand = (customerId: string): Customer => {
    const customer = customers.find(customerId);
    if (customer === undefined) throw new RangeError("no such customer");
    return customer;
  };
  const change: CustomerDesk["change"] = ({ customerId, values }) => {
    const customer = demand(customerId);
    const now = clock.wallClock();
    const own = { CustomerId: customerId, LastDateUpdate: now, LastModificationDate: now };
    customers.write({ customer, values: { ...overwrite({ standing: customer.values, values }), ...own } });
  };
  return {
    list: () => customers.all().filter(({ mergedInto }) => mergedInto === null).map(({ values }) => structuredClone(values)),
    get(customerId) {
      const customer = customers.find(customerId);
      return customer === undefined || customer.mergedInto !== null ? null : structuredClone(customer.values);
    },
    add(values) {
      const given = textAt({ record: values, path: "CustomerId" });
      const customerId = given === "" ? customers.nextId() : given;
      if (customers.find(customerId) !== undefined) throw new RangeError("the customer is there already");
      customers.insert({ customerId, guid: null, values: blankRecord("CustomerQueryData") });
      change({ customerId, values });
      return customerId;
    },
    change,
    changeOptIns: ({ customerId, optIns }) => change({ customerId, values: optIns }),
    close: (customerId) => change({ customerId, values: { Closed: true } }),
    merge({ from, into }) {
      demand(into);
      change({ customerId: from, values: { Closed: true } });
      demand(from).mergedInto = into;
    },
    setExternalReference: ({ customerId, externalReference }) => void (demand(customerId).externalReference = externalReference),
    setObstacles: ({ customerId, ...obstacles }) => void Object.assign(demand(customerId), obstacles),
  };
}

function overwrite(request: { standing: DataRecord; values: DataRecord }): DataRecord {
  const { standing, values } = request;
  const written = Object.entries(values).map(([name, value]) => {
    const stood = standing[name];
    return [name, isRecord(value) && isRecord(stood) ? overwrite({ standing: stood, values: value }) : structuredClone(value)] as const;
  });
  return { ...standing, ...Object.fromEntries(written) };
}
