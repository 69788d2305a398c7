import { parseArgs } from 'node:util';
import { SQSClient } from '@aws-sdk/client-sqs';
import { inWords, runScript } from '../run/run-script.ts';
import { logLine, showProgress } from '../run/show-progress.ts';
import { outputOf, targetOf } from '../target/target.ts';
import { backToQueue } from './back-to-queue.ts';
import { decisionsAgain } from './decisions-again.ts';
import { drain } from './drain.ts';
import { intoDelivery } from './into-delivery.ts';
import { publishAgain } from './publish-again.ts';
import { undelivered } from './undelivered.ts';

/**
 * `npm run redrive [-- --stage STAGE]`: sends every dead letter, and every record that a delivery stream gave up, where it was
 * meant to go and then deletes it; a queue that can't be emptied is named, and the others go on. A message that is sent twice, because the run was cut off in between, has no second effect.
 */
async function main(): Promise<void> {
  const { values } = parseArgs({ options: { stage: { type: 'string' } } });
  const target = await targetOf(values.stage);
  const sqs = new SQSClient(target.client);
  const ways = [
    { from: 'ProfileDeadLettersUrl', send: backToQueue(sqs, outputOf(target, 'ProfileQueueUrl')) },
    { from: 'SegmentsDeadLettersUrl', send: backToQueue(sqs, outputOf(target, 'SegmentsQueueUrl')) },
    { from: 'DueSegmentsDeadLettersUrl', send: backToQueue(sqs, outputOf(target, 'DueSegmentsQueueUrl')) },
    { from: 'LearningDeadLettersUrl', send: backToQueue(sqs, outputOf(target, 'LearningQueueUrl')) },
    { from: 'InteractionsDeadLettersUrl', send: intoDelivery(target, outputOf(target, 'InteractionsStreamName')) },
    {
      from: 'RejectedInteractionsDeadLettersUrl',
      send: intoDelivery(target, outputOf(target, 'RejectedInteractionsStreamName')),
    },
    { from: 'IdentityLinksDeadLettersUrl', send: intoDelivery(target, outputOf(target, 'IdentityLinksStreamName')) },
    { from: 'UnpublishedChangesUrl', send: publishAgain(target) },
    { from: 'UnpublishedDecisionsUrl', send: publishAgain(target, decisionsAgain) },
    {
      from: 'DerivedDispositionsDeadLettersUrl',
      send: backToQueue(sqs, outputOf(target, 'DerivedDispositionsQueueUrl')),
    },
    { from: 'DecisionsDeadLettersUrl', send: intoDelivery(target, outputOf(target, 'DecisionsStreamName')) },
    { from: 'DispositionsDeadLettersUrl', send: intoDelivery(target, outputOf(target, 'DispositionsStreamName')) },
  ];
  for (const { from, send } of ways) {
    try {
      const sent = await drain(sqs, outputOf(target, from), send, (done) => showProgress(`${from}: ${done} sent`));
      logLine(`${from}: ${sent} sent, empty`);
    } catch (error) {
      // What one queue holds, and a stream has forgotten by now, must not keep the others waiting.
      logLine(`${from}: not empty`);
      console.error(inWords(error));
      process.exitCode = 1;
    }
  }
  const { sent, kept } = await undelivered(target);
  console.log(`errors/ in the lake: ${sent} sent, ${kept.length === 0 ? 'empty' : 'not empty'}`);
  for (const { key, reason } of kept) console.error(`${key} stays:`, reason);
  if (kept.length > 0) process.exitCode = 1;
}

await runScript(main);
