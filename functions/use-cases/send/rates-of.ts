import * as z from 'zod';
import { parseJson } from '#runtime/parse.ts';

const Rates = z.record(z.string(), z.int().min(1));
/** What a channel sends in a minute where the stage says nothing: SES begins new accounts with 14 mails a second. */
const usual = 600;

/** How many messages each channel may send in a minute, of the stage's settings as JSON. */
export function ratesOf(settings: string): (channel: string) => number {
  const rates = new Map(Object.entries(parseJson(Rates, settings, 'Rates of channels')));
  return (channel) => rates.get(channel) ?? usual;
}
