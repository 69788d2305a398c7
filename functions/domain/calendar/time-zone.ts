import * as z from 'zod';
import { isZone } from './zoned-time.ts';

/** The name of an IANA time zone. */
export const TimeZone = z.string().refine(isZone, 'Expected an IANA time zone such as Europe/Berlin');
