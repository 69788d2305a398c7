import * as z from 'zod';
import { monthOf } from '#domain/calendar/days.ts';
import { boundedName } from '#domain/text/bounded-name.ts';
import {
  addBuckets,
  addToBucket,
  type Buckets,
  copyBuckets,
  dropOldBuckets,
  type ReadonlyBuckets,
} from './calendar-buckets.ts';
import { totalsByName } from './counts-by-name.ts';
import { categoryInterest, productInterest, strongestInterests } from './interests.ts';
import { profileSignal } from './profile-signal.ts';
import { bucketsOf, bucketTuples, storedBuckets } from './stored-forms.ts';

/** Interactions that named a product or category, by calendar month. */
interface Interests {
  readonly products: ReadonlyBuckets;
  readonly categories: ReadonlyBuckets;
}

interface InterestsDraft {
  readonly products: Buckets;
  readonly categories: Buckets;
}

const ShownInterest = z.object({ id: z.string(), score: z.number().describe('Interactions, halved with age') });

interface InterestsInRules {
  /** Interactions that named a product, in the three calendar months to the last interaction. */
  readonly products: ReadonlyMap<string, number>;
  /** Interactions that named a category, in the twelve calendar months to the last interaction. */
  readonly categories: ReadonlyMap<string, number>;
}

export const interestsSignal = profileSignal({
  blank: (): InterestsDraft => ({ products: new Map(), categories: new Map() }),
  copy: ({ products, categories }: Interests) => ({
    products: copyBuckets(products),
    categories: copyBuckets(categories),
  }),
  // One interaction is one sign of interest in a product or category, however often it names it.
  count: ({ products, categories }: InterestsDraft, { digest: { at, commerce }, keeping, watermark }) => {
    if (commerce.products.length === 0) return;
    const month = monthOf(at);
    const inProducts = keeping.room('products', productInterest.names);
    for (const id of new Set(commerce.products.flatMap(({ productId }) => productId ?? []))) {
      addToBucket(products, productInterest, watermark.month, month, boundedName(id), inProducts);
    }
    const inCategories = keeping.room('categories', categoryInterest.names);
    for (const name of new Set(commerce.products.flatMap(({ category }) => category ?? []))) {
      addToBucket(categories, categoryInterest, watermark.month, month, boundedName(name), inCategories);
    }
  },
  join: ({ products, categories }, other) => {
    addBuckets(products, other.products);
    addBuckets(categories, other.categories);
  },
  forget: ({ products, categories }, { month }) => {
    dropOldBuckets(products, productInterest, month);
    dropOldBuckets(categories, categoryInterest, month);
  },
  fields: { products: storedBuckets, categories: storedBuckets },
  decode: ({ products, categories }) => ({ products: bucketsOf(products), categories: bucketsOf(categories) }),
  always: ({ products, categories }: Interests) => ({
    products: bucketTuples(products),
    categories: bucketTuples(categories),
  }),
  answer: { interests: z.object({ products: z.array(ShownInterest), categories: z.array(ShownInterest) }) },
  shown: ({ products, categories }, now) => {
    const nowMonth = monthOf(now.getTime());
    return {
      interests: {
        products: strongestInterests(products, productInterest, nowMonth),
        categories: strongestInterests(categories, categoryInterest, nowMonth),
      },
    };
  },
  inRules: ({ products, categories }): InterestsInRules => ({
    products: totalsByName(products),
    categories: totalsByName(categories),
  }),
});
