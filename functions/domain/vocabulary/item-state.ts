import * as z from 'zod';

/** Whether an item takes part in decisions. */
export const ItemState = z.enum(['draft', 'live', 'paused']);
