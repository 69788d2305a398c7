import * as z from 'zod';

export const largestLever = 1000;

/** A weight that the business puts on something: 1 changes nothing, 0 takes it out of the race. */
export const Lever = z.number().min(0).max(largestLever);
