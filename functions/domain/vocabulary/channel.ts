import * as z from 'zod';
import { Touchpoint } from './touchpoint.ts';

/** The way on which a treatment reaches a customer; channels have the touchpoints' names. */
export const Channel = Touchpoint;
export type Channel = z.infer<typeof Channel>;

/** Who begins: the customer comes (`inbound`), or the firm goes to the customer (`outbound`). */
export const Direction = z.enum(['inbound', 'outbound']);
export type Direction = z.infer<typeof Direction>;
