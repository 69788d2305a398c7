import * as z from 'zod';
import { readInteraction } from '#contracts/wire/read-interaction.ts';
import { runQuery } from '#scripts/athena/athena-query.ts';
import { command } from '#scripts/run/command.ts';
import { logLine, showProgress } from '#scripts/run/show-progress.ts';
import { stageOption } from '#scripts/run/stage-option.ts';
import { apiAccess } from '#scripts/target/api-access.ts';
import { stageIdentifiers } from '#scripts/target/stage-identifiers.ts';
import { outputOf, type Target, targetOf } from '#scripts/target/target.ts';
import { play } from '#scripts/world/play.ts';
import { openAll } from './open-all.ts';
import { openerOf } from './opener-of.ts';
import { openingKeysOf } from './opening-keys-of.ts';
import { rejectionsSql, sealedEvents } from './sealed-events.ts';

const Day = z.iso.date({ error: 'Expected a day such as 2026-01-31' });
const Values = z
  .object({
    from: Day.describe('First day of arrival, in UTC').meta({ value: 'YYYY-MM-DD' }),
    to: Day.describe('Last day of arrival, in UTC').meta({ value: 'YYYY-MM-DD' }),
    reason: z.string().optional().describe('Only those that were refused for this reason'),
    'dry-run': z.boolean().default(false).describe('Says how many are valid now, and sends none'),
    stage: stageOption,
  })
  .refine(({ from, to }) => from <= to, { path: ['to'], error: 'Expected no day before --from' });

export const recover = command({
  name: 'recover',
  summary: 'Reads refused events again, by today’s rules, and sends those that are valid now',
  notes: `Run it after a fix of the schema or the mapping. Running it twice has no second effect. With --stage the key of a credential
with the scopes "collect" and "admin" is read from LEMNISCATE_KEY: it tells for every touchpoint.`,
  values: Values,
  main: sendAgain,
});

async function sendAgain({ from, to, reason, 'dry-run': isDryRun, stage }: z.output<typeof Values>): Promise<void> {
  const access = isDryRun ? undefined : await apiAccess(stage, 'collect');
  const target = await targetOf(stage);
  const open = openerOf(await openingKeysOf(target));
  const { rows } = await runQuery(target, rejectionsSql(from, to, reason));
  const { events, unopened } = openAll(sealedEvents(rows), open);
  if (unopened.length > 0) {
    console.error(
      `${unopened.length} rejections do not open with this stage’s keys (npm run identity-key -- check): ${unopened.slice(0, 10).join(', ')}`,
    );
    process.exitCode = 1;
  }
  const identifiers = stageIdentifiers(stage);
  const now = await clockOf(target);
  const valid = events.filter(({ message, touchpoint }) => {
    const arrival = {
      receivedAt: now,
      sentAt: undefined,
      place: 0,
      touchpoint,
      speaksFor: () => true,
      trust: 'server',
      identifiers,
      newId: () => '',
    } as const;
    return readInteraction(message, arrival).kind === 'accepted';
  });
  console.log(
    `${events.length} refused events found, ${valid.length} are valid now, ${events.length - valid.length} stay refused`,
  );
  if (access === undefined || valid.length === 0) return;

  let sent = 0;
  const { accepted } = await play(valid, { url: access.url, keyOf: () => access.key }, (count) => {
    sent += count;
    showProgress(`${sent} of ${valid.length} sent`);
  });
  logLine(`${accepted} of ${valid.length} accepted`);
  if (accepted !== valid.length) process.exitCode = 1;
}

/** Now by the clock of the API that will judge them: a local cloud's may have been moved. */
async function clockOf(target: Target): Promise<number> {
  const { headers } = await fetch(outputOf(target, 'ApiUrl'));
  return Date.parse(headers.get('date') ?? '') || Date.now();
}
