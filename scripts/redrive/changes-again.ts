import { CustomerRecord } from '#adapters/customers-table/stream-images.ts';
import { publishCustomerChanges } from '#use-cases/publish/publish-customer-changes.ts';
import { publishingOf } from './publish-again.ts';

/** Tells the bus again what changed of customers, as the records of their table's stream say. */
export const changesAgain = publishingOf(CustomerRecord, publishCustomerChanges);
