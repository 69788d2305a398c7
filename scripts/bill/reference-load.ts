import { setTimeout as sleep } from 'node:timers/promises';
import * as z from 'zod';
import { basicAuth } from '#scripts/target/basic-auth.ts';
import { type Random, randomOf } from '#scripts/world/random.ts';

/** A load of known shape: who sends what, in how large requests. */
export interface ReferenceLoad {
  readonly name: string;
  readonly events: number;
  readonly eventsARequest: number;
  readonly eventsACustomer: number;
  /** Events a second, played in real time. */
  readonly rate: number;
}

/** Where a load is played to. */
export interface Stage {
  readonly url: string;
  readonly writeKey: string;
}

/** Days on which each customer comes after the first, one visit a day. */
export const visitDays = 3;
const Answer = z.object({ accepted: z.int(), rejected: z.int() });

/** Customers of a load: its events are those of the visits after the first. */
export function customersOf({ events, eventsACustomer }: ReferenceLoad): number {
  return Math.ceil(events / eventsACustomer / visitDays);
}

/**
 * Plays one visit of each customer on the next day, at an even pace: a page, products looked at, one put into the cart; one visit
 * in five ends in an order. Then all is settled. Equal loads send equal events but for their times. Throws an Error when an
 * event is refused.
 */
export async function playDay(load: ReferenceLoad, day: number, stage: Stage): Promise<void> {
  const nowMs = await control(stage, 'clock', { advance: 'P1D' });
  const random = randomOf(day + 1);
  const visits = Array.from({ length: customersOf(load) }, (_, customer) => visit(load, customer, day, nowMs, random));
  await playRequests(chunks(visits.flat(), load.eventsARequest), load, stage);
  await control(stage, 'settle', {});
}

async function playRequests(
  requests: readonly (readonly object[])[],
  { rate, eventsARequest }: ReferenceLoad,
  stage: Stage,
): Promise<void> {
  const startMs = performance.now();
  const sent = requests.map(async (batch, index) => {
    await sleep(Math.max(0, startMs + (index * eventsARequest * 1000) / rate - performance.now()));
    const response = await fetch(`${stage.url}/v1/${batch.length > 1 ? 'batch' : 'track'}`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        authorization: basicAuth(stage.writeKey),
      },
      body: JSON.stringify(batch.length > 1 ? { batch } : batch[0]),
    });
    if (!response.ok) throw new Error(`The API answered ${response.status}: ${await response.text()}`);
    const { rejected } = Answer.parse(await response.json());
    if (rejected > 0) throw new Error(`${rejected} of ${batch.length} events were refused`);
  });
  await Promise.all(sent);
}

/** One visit of a customer that ends now, as Segment calls. */
export function visit(
  { eventsACustomer, name }: Pick<ReferenceLoad, 'eventsACustomer' | 'name'>,
  customer: number,
  day: number,
  nowMs: number,
  random: Random,
): readonly object[] {
  const buys = (customer + day) % 5 === 0;
  // Of a visit that comes one event at a time, another part each day.
  const steps =
    eventsACustomer === 1 ? [buys ? 4 : (customer + day) % 4] : Array.from({ length: eventsACustomer }, (_, n) => n);
  return steps.map((step) => {
    const sku = `sku-${random.below(500)}`;
    const product = {
      product_id: sku,
      name: `Product ${sku}`,
      category: `category-${random.below(20)}`,
      price: 10 + random.below(90),
      currency: 'EUR',
    };
    const order = {
      order_id: `${name}-order-${customer}-${day}`,
      revenue: product.price,
      currency: 'EUR',
      products: [{ ...product, quantity: 1 }],
    };
    const event = [
      'Page Viewed',
      'Product Viewed',
      'Product Viewed',
      'Product Added',
      buys ? 'Order Completed' : 'Product Viewed',
    ][step % 5];
    return {
      type: 'track',
      event,
      userId: `${name}-customer-${customer}`,
      anonymousId: `00000000-0000-4000-8000-${String(customer).padStart(12, '0')}`,
      messageId: random.uuid(),
      timestamp: new Date(nowMs - (10 - step) * 20_000).toISOString(),
      context: {
        library: { name: 'analytics.js', version: '2.1.0' },
        page: {
          path: `/products/${sku}`,
          url: `https://shop.example.com/products/${sku}`,
          referrer: 'https://example.com/',
        },
        userAgent: 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0 Safari/537.36',
        locale: 'en-GB',
      },
      properties: event === 'Order Completed' ? order : event === 'Page Viewed' ? { title: 'Home' } : product,
    };
  });
}

/** Tells the local cloud something and answers the time that its clock then shows, epoch milliseconds. */
async function control({ url }: Stage, name: string, body: object): Promise<number> {
  const response = await fetch(`${url}/_local/${name}`, { method: 'POST', body: JSON.stringify(body) });
  if (!response.ok) throw new Error(`_local/${name} answered ${response.status}: ${await response.text()}`);
  return Date.parse(z.object({ now: z.iso.datetime() }).parse(await response.json()).now);
}

function chunks<Element>(elements: readonly Element[], size: number): Element[][] {
  return Array.from({ length: Math.ceil(elements.length / size) }, (_, index) =>
    elements.slice(index * size, (index + 1) * size),
  );
}
