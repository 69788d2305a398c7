import type { IncomingMessage, ServerResponse } from 'node:http';
import * as z from 'zod';
import { FaultPlanError } from '#local-cloud/faults/fault-plan.ts';
import type { Faults } from '#local-cloud/faults/faults.ts';
import type { Meter } from '#local-cloud/metering/meter.ts';
import type { OutboxControl } from '#local-cloud/outbox/outbox-control.ts';
import { answerOutbox } from './answer-outbox.ts';
import { foreignRequest } from './foreign-request.ts';
import { endUnread, requestBody } from './request-body.ts';

/** A plan of faults is the largest. */
const maximumBodyBytes = 1024 * 1024;

const clockMove = z.union([
  z.strictObject({ advance: z.string() }),
  z.strictObject({ now: z.iso.datetime({ offset: true }) }),
]);

/** What of a cloud can be seen and moved over HTTP. */
export interface ControlledCloud extends OutboxControl {
  readonly faults: Faults;
  readonly meter: Pick<Meter, 'read' | 'reset'>;
  now(): number;
  /** Executions of state machines, the newest first, or all that is known of one by its ARN; undefined when there is none of that. */
  executions(arn?: string): object | undefined;
  /** Resolves when nothing is in flight: queues, streams, deliveries. */
  settle(): Promise<void>;
  /** Moves the clock on by milliseconds or an ISO 8601 duration (`P1D`). */
  advance(by: number | string): Promise<void>;
  /** Moves the clock to an epoch millisecond. */
  moveTo(nowMs: number): Promise<void>;
}

/** Whether a request on the API's port is for the local cloud itself. */
export function isControl(request: IncomingMessage): boolean {
  return request.url?.startsWith('/_local/') === true;
}

/**
 * `GET|POST /_local/clock` shows or moves the time; `POST /_local/settle` answers when nothing is in flight;
 * `GET|POST|DELETE /_local/faults` tells what was injected, sets a plan, ends it;
 * `GET /_local/executions` shows executions of state machines, `?arn=` one with its history;
 * `GET /_local/outbox?channel=&customer=` shows what was sent, and what is posted below it is what customers do with it;
 * `GET /_local/meter` tells what AWS would bill, `POST /_local/meter/reset` starts again at nothing.
 */
export async function answerControl(
  cloud: ControlledCloud,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const answer = (status: number, body: object): void => {
    const text = JSON.stringify(body);
    response.writeHead(status, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) });
    endUnread(response, text);
  };
  const foreign = foreignRequest(request);
  if (foreign !== undefined) return answer(403, { message: foreign });
  const body = await requestBody(request, maximumBodyBytes);
  if (body === undefined) return answer(413, { message: 'Request Entity Too Large' });
  const clock = () => ({ now: new Date(cloud.now()).toISOString() });
  const ofOutbox = await answerOutbox(cloud, request, body);
  if (ofOutbox !== undefined) return answer(ofOutbox.status, ofOutbox.body);
  const { pathname, searchParams } = new URL(request.url ?? '/', 'http://local');
  switch (`${request.method} ${pathname}`) {
    case 'GET /_local/clock':
      answer(200, clock());
      return;
    case 'POST /_local/clock': {
      try {
        const move = clockMove.parse(JSON.parse(body.toString()));
        if ('advance' in move) await cloud.advance(move.advance);
        else await cloud.moveTo(Date.parse(move.now));
      } catch (error) {
        answer(400, { message: error instanceof z.ZodError ? z.prettifyError(error) : String(error) });
        return;
      }
      answer(200, clock());
      return;
    }
    case 'GET /_local/faults':
      answer(200, cloud.faults.report());
      return;
    case 'DELETE /_local/faults':
      cloud.faults.clear();
      answer(200, cloud.faults.report());
      return;
    case 'POST /_local/faults':
      try {
        cloud.faults.set(JSON.parse(body.toString()));
      } catch (error) {
        if (!(error instanceof FaultPlanError || error instanceof SyntaxError)) throw error;
        answer(400, { error: error.name, message: error.message });
        return;
      }
      answer(200, cloud.faults.report());
      return;
    case 'POST /_local/settle':
      await cloud.settle();
      answer(200, clock());
      return;
    case 'GET /_local/executions': {
      const shown = cloud.executions(searchParams.get('arn') ?? undefined);
      answer(shown === undefined ? 404 : 200, shown ?? { message: `there is no execution ${searchParams.get('arn')}` });
      return;
    }
    case 'GET /_local/meter':
      answer(200, cloud.meter.read());
      return;
    case 'POST /_local/meter/reset':
      cloud.meter.reset();
      answer(200, cloud.meter.read());
      return;
    default:
      answer(404, { message: `the local cloud does not know ${request.method} ${request.url}` });
  }
}
