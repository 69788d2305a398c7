import { join } from 'node:path';
import * as z from 'zod';
import type { LocalContext } from '#local-cloud/cloud/local-context.ts';
import type { Service } from '#local-cloud/cloud/service.ts';
import { type Archive, archivePropertyPaths, openArchive } from './archive.ts';
import { eventBridgeBilling } from './billing.ts';
import { busArn } from './bus-arn.ts';
import type { BusEvent } from './bus-event.ts';
import { createDeliveries } from './deliveries.ts';
import { eventOperations } from './operations.ts';
import { replayOperations } from './replay-operations.ts';
import { type Rule, readRule, rulePropertyPaths } from './rule.ts';
import { createSchedules } from './schedules.ts';

const busProperties = z.object({ Name: z.string() });

/** The local EventBridge, and a way for other services of AWS to put their events on a bus. */
export interface EventBridgeService extends Service {
  publish(busName: string, event: BusEvent): Promise<void>;
}

/**
 * Amazon EventBridge: buses, rules, archives and replays. An event is with its queues and streams when PutEvents
 * answers, so nothing accepted is lost when the process dies.
 */
export function createEventBridgeService(context: LocalContext): EventBridgeService {
  const folder = join(context.stateDirectory, 'events');
  const rules: Rule[] = [];
  const archives: Archive[] = [];
  const deliveries = createDeliveries(context, (arn) => rules.find((rule) => rule.arn === arn));

  const publish = async (busName: string, event: BusEvent, only?: ReadonlySet<string>): Promise<void> => {
    for (const archive of archives)
      if (archive.busArn === busArn(context, busName)) archive.keep(event, context.clock.now());
    for (const rule of rules) {
      if (!rule.enabled || rule.busName !== busName || (only && !only.has(rule.arn)) || !rule.matches(event)) continue;
      for (const target of rule.targets) await deliveries.deliver(rule, target, event);
    }
  };

  const schedules = createSchedules(
    context,
    () => rules,
    async (rule, event) => {
      for (const target of rule.targets) await deliveries.deliver(rule, target, event);
    },
  );

  return {
    name: 'events',
    publish: (busName, event) => publish(busName, event),
    wire: { protocol: 'json', target: 'AWSEvents' },
    bills: eventBridgeBilling,
    operations: {
      ...eventOperations(context, publish),
      ...replayOperations(context, archives, publish),
    },
    resources: {
      'AWS::Events::EventBus': {
        properties: ['Description', 'Name'],
        async create(properties) {
          const { Name } = busProperties.parse(properties);
          return { ref: Name, attributes: { Arn: busArn(context, Name), Name } };
        },
      },
      'AWS::Events::Rule': {
        properties: rulePropertyPaths,
        async create(properties, { physicalName }) {
          const rule = readRule(properties, physicalName(), context);
          rules.push(rule);
          return { ref: rule.arn.split(':rule/')[1] ?? rule.arn, attributes: { Arn: rule.arn } };
        },
      },
      'AWS::Events::Archive': {
        properties: archivePropertyPaths,
        async create(properties, { physicalName }) {
          const archive = openArchive(properties, { ...context, fallbackName: physicalName(48), folder });
          archives.push(archive);
          return { ref: archive.name, attributes: { Arn: archive.arn, ArchiveName: archive.name } };
        },
      },
    },
    start: async () => schedules.start(),
    flush: () => deliveries.retry(),
    async clockMoved() {
      await deliveries.retry();
      await schedules.fireDue();
    },
    async stop() {
      await schedules.stop();
      deliveries.close();
      for (const archive of archives) archive.close();
    },
  };
}
