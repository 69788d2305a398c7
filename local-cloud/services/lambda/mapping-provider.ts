import type { LocalContext } from '#local-cloud/cloud/local-context.ts';
import type { ResourceProvider } from '#local-cloud/cloud/service.ts';
import type { Queues } from '#local-cloud/services/sqs/queues.ts';
import { mappingPropertyPaths, readMapping } from './event-source-mapping.ts';
import type { Functions } from './functions.ts';
import { createPoller, type Poller } from './poller.ts';
import { queueSource } from './queue-source.ts';
import { type OnStreamRecords, streamSource } from './stream-source.ts';

/** Where event source mappings read from. */
export interface EventSources {
  readonly queues: Queues;
  readonly onStreamRecords: OnStreamRecords;
}

/** Makes event source mappings, and tells each to `made`. */
export function mappingProvider(
  context: LocalContext,
  { queues, onStreamRecords }: EventSources,
  functions: Functions,
  made: (mapping: Poller) => void,
): ResourceProvider {
  return {
    properties: mappingPropertyPaths,
    async create(properties, { physicalName }) {
      const mapping = readMapping(properties, physicalName(), context);
      const fn = functions.named(mapping.functionName);
      const source = mapping.sourceArn.startsWith('arn:aws:sqs:')
        ? queueSource(context, queues, mapping, fn)
        : streamSource(context, onStreamRecords, mapping, fn);
      made(createPoller(context.activity, `event source mapping of ${fn.name}`, source));
      return { ref: mapping.id, attributes: { Id: mapping.id, EventSourceMappingArn: mapping.arn } };
    },
  };
}
