import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import type { WorldEvent } from './event.ts';

/** One line of a purchase log. */
interface LoggedPurchase {
  readonly customer: string;
  /** YYYYMMDD. */
  readonly date: string;
  readonly units: number;
  readonly dollars: string;
}

/**
 * Reads a purchase log with CDNOW's columns (customer, date, units, dollars, separated by blanks; a second customer column
 * as in its 1/10 sample and a header line may be there; gzip too) as `Order Completed` events. A line's ids depend on the
 * line and its number alone, so that playing the file again changes nothing. Throws an Error that names the line which can't be read.
 */
export function readPurchaseLog(file: string): WorldEvent[] {
  const bytes = readFileSync(file);
  const text = (bytes[0] === 0x1f && bytes[1] === 0x8b ? gunzipSync(bytes) : bytes).toString('utf8');
  return text.split('\n').flatMap((line, index) => {
    if (line.trim() === '' || (index === 0 && /[a-z]/i.test(line))) return [];
    return [orderCompleted(purchaseOf(line, `${file}:${index + 1}`), index + 1)];
  });
}

function purchaseOf(line: string, place: string): LoggedPurchase {
  const fields = line.trim().split(/\s+/);
  const [date = '', units = '', dollars = ''] = fields.slice(-3);
  const customer = fields[0] ?? '';
  if (
    fields.length < 4 ||
    fields.length > 5 ||
    !/^\d{8}$/.test(date) ||
    !/^\d+$/.test(units) ||
    !/^\d+(\.\d+)?$/.test(dollars)
  ) {
    throw new Error(
      `${place}: expected "customer date units dollars" with the date as YYYYMMDD, got ${fields.length} fields`,
    );
  }
  return { customer, date, units: Number(units), dollars };
}

function orderCompleted({ customer, date, units, dollars }: LoggedPurchase, line: number): WorldEvent {
  const id = `purchase-${customer}-${date}-${line}`;
  const day = `${date.slice(0, 4)}-${date.slice(4, 6)}-${date.slice(6)}`;
  return {
    touchpoint: 'web',
    message: {
      type: 'track',
      event: 'Order Completed',
      messageId: id,
      timestamp: `${day}T12:00:00.000Z`,
      userId: customer,
      properties: {
        order_id: id,
        revenue: Number(dollars),
        currency: 'USD',
        products: [{ category: 'cd', quantity: units }],
      },
    },
  };
}
