import * as z from 'zod';
import type { CloudContext, Operation } from '#local-cloud/cloud/service.ts';
import type { Archive } from './archive.ts';
import type { BusEvent } from './bus-event.ts';
import { eventBridgeError } from './errors.ts';

const startReplay = z.object({
  ReplayName: z.string().regex(/^[.\-_A-Za-z0-9]{1,64}$/),
  EventSourceArn: z.string(),
  EventStartTime: z.number(),
  EventEndTime: z.number(),
  Destination: z.object({ Arn: z.string(), FilterArns: z.array(z.string()).optional() }),
});
const describeReplay = z.object({ ReplayName: z.string() });

interface Replay extends z.infer<typeof startReplay> {
  State: 'RUNNING' | 'COMPLETED' | 'FAILED';
}

/** StartReplay and DescribeReplay: archived events go through the rules again, marked with the replay's name. */
export function replayOperations(
  context: CloudContext,
  archives: readonly Archive[],
  publish: (busName: string, event: BusEvent, only?: ReadonlySet<string>) => Promise<void>,
): Readonly<Record<string, Operation>> {
  const replays = new Map<string, Replay>();
  const arnOf = (name: string) => `arn:aws:events:${context.region}:${context.account}:replay/${name}`;
  const described = (replay: Replay) => ({ ...replay, ReplayArn: arnOf(replay.ReplayName) });

  const run = async (replay: Replay, archive: Archive): Promise<void> => {
    const { EventStartTime, EventEndTime, Destination, ReplayName } = replay;
    const only = Destination.FilterArns && new Set(Destination.FilterArns);
    const busName = Destination.Arn.split('/').at(-1) ?? '';
    try {
      for (const event of archive.between(EventStartTime * 1000, EventEndTime * 1000, context.clock.now())) {
        await publish(busName, { ...event, 'replay-name': ReplayName }, only);
      }
      replay.State = 'COMPLETED';
    } catch {
      replay.State = 'FAILED';
    }
  };

  return {
    StartReplay: {
      permissions: (input) => [
        { action: 'events:StartReplay', resources: [arnOf(startReplay.parse(input).ReplayName)] },
      ],
      async run(input) {
        const replay: Replay = { ...startReplay.parse(input), State: 'RUNNING' };
        const archive = archives.find(({ arn }) => arn === replay.EventSourceArn);
        if (!archive)
          throw eventBridgeError('ResourceNotFoundException', `Archive ${replay.EventSourceArn} does not exist.`);
        if (replays.has(replay.ReplayName)) {
          throw eventBridgeError('ResourceAlreadyExistsException', `Replay ${replay.ReplayName} already exists.`);
        }
        replays.set(replay.ReplayName, replay);
        const answer = described({ ...replay });
        void context.activity.track(() => run(replay, archive));
        return answer;
      },
    },
    DescribeReplay: {
      permissions: (input) => [
        { action: 'events:DescribeReplay', resources: [arnOf(describeReplay.parse(input).ReplayName)] },
      ],
      async run(input) {
        const { ReplayName } = describeReplay.parse(input);
        const replay = replays.get(ReplayName);
        if (!replay) throw eventBridgeError('ResourceNotFoundException', `Replay ${ReplayName} does not exist.`);
        return described(replay);
      },
    },
  };
}
