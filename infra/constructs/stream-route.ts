import { Construct } from 'constructs';
import { DeadLetterQueue } from './dead-letter-queue.ts';
import type { FollowOptions, LoopFunction } from './loop-function.ts';
import type { LoopTable } from './loop-table.ts';

export interface StreamRouteProps extends Omit<FollowOptions, 'deadLetters'> {
  readonly table: LoopTable;
  readonly to: LoopFunction;
}

/** Brings changes of a table to a function: event source mapping, and a dead-letter queue for batches that are given up. */
export class StreamRoute extends Construct {
  readonly deadLetters: DeadLetterQueue;

  constructor(scope: Construct, id: string, { table, to, ...options }: StreamRouteProps) {
    super(scope, id);
    this.deadLetters = new DeadLetterQueue(this, 'Default', {
      name: id,
      back: () => ({ kind: 'table-stream', table, reader: to }),
    });
    to.follows(table, { ...options, deadLetters: this.deadLetters });
  }
}
