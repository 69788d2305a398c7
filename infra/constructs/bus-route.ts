import type { Construct } from 'constructs';
import { type BusDetailType, busSource } from '#contracts/bus/bus-event.ts';
import { EventRoute, type EventRouteProps } from './event-route.ts';
import type { LoopBus } from './loop-bus.ts';

export interface BusRouteProps extends Omit<EventRouteProps, 'eventBus' | 'eventPattern'> {
  readonly bus: LoopBus;
  readonly detailTypes: readonly [BusDetailType, ...BusDetailType[]];
  /** What of the detail must match, in EventBridge's pattern language. */
  readonly detail?: Readonly<Record<string, unknown>>;
}

/** Brings events of the loop of some types to a function. */
export class BusRoute extends EventRoute {
  constructor(scope: Construct, id: string, { bus, detailTypes, detail, ...props }: BusRouteProps) {
    super(scope, id, {
      ...props,
      eventBus: bus,
      eventPattern: { source: [busSource], detailType: [...detailTypes], ...(detail && { detail }) },
    });
  }
}
