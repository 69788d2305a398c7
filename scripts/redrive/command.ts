import { SQSClient } from '@aws-sdk/client-sqs';
import * as z from 'zod';
import { command } from '#scripts/run/command.ts';
import { inWords } from '#scripts/run/run-script.ts';
import { logLine, showProgress } from '#scripts/run/show-progress.ts';
import { stageOption } from '#scripts/run/stage-option.ts';
import { deadLetterRoutes } from '#scripts/target/dead-letter-routes.ts';
import { targetOf } from '#scripts/target/target.ts';
import { drain } from './drain.ts';
import { undelivered } from './undelivered.ts';
import { wayBack } from './way-back.ts';

export const redrive = command({
  name: 'redrive',
  summary:
    'Sends every dead letter, and every record that a delivery stream gave up, where it was meant to go, and then deletes it',
  notes: `A queue that can't be emptied is named, and the others go on. A message that is sent twice, because the run was cut off in
between, has no second effect.`,
  values: z.object({ stage: stageOption }),
  main: ({ stage }) => sendOn(stage),
});

async function sendOn(stage: string | undefined): Promise<void> {
  const target = await targetOf(stage);
  const sqs = new SQSClient(target.client);
  for (const route of deadLetterRoutes(target)) {
    const { name, deadLettersUrl } = route;
    try {
      const send = wayBack(target, sqs, route);
      const sent = await drain(sqs, deadLettersUrl, send, (done) => showProgress(`${name}: ${done} sent`));
      logLine(`${name}: ${sent} sent, empty`);
    } catch (error) {
      // What one queue holds, and a stream has forgotten by now, must not keep the others waiting.
      logLine(`${name}: not empty`);
      console.error(inWords(error));
      process.exitCode = 1;
    }
  }
  const { sent, kept } = await undelivered(target);
  console.log(`errors/ in the lake: ${sent} sent, ${kept.length === 0 ? 'empty' : 'not empty'}`);
  for (const { key, reason } of kept) console.error(`${key} stays:`, reason);
  if (kept.length > 0) process.exitCode = 1;
}
