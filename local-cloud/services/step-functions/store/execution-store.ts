import { createHash } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import * as z from 'zod';
import type { Execution } from '#local-cloud/services/step-functions/engine/execution.ts';
import type { HistoryEvent } from '#local-cloud/services/step-functions/engine/history-event.ts';
import type { Scope } from '#local-cloud/services/step-functions/engine/scope.ts';
import { type Machine, makeMachine } from '#local-cloud/services/step-functions/language/machine.ts';
import { type StoredMapRun, storedMapRun } from '#local-cloud/services/step-functions/map/stored-map-run.ts';
import { storedEvent, storedExecution, storedMachine, storedScope } from './stored-execution.ts';

/** What one step of an execution changed; it is stored whole or not at all. */
export interface Step {
  readonly execution: Execution;
  readonly events: readonly HistoryEvent[];
  readonly scopes: Iterable<Scope>;
  /** Scopes below these paths, and they themselves, are done with. */
  readonly forgotten: Iterable<string>;
}

/** Which executions, newest first. */
export interface Listing {
  /** Those of a state machine; without the children of its map runs. */
  readonly machineArn?: string | undefined;
  /** The children of a map run. */
  readonly mapRunArn?: string | undefined;
  readonly status?: string | undefined;
  readonly skip: number;
  readonly most: number;
}

/** Executions, their histories and where they stand; what was saved is there after a kill. */
export interface ExecutionStore {
  save(step: Step): void;
  find(arn: string): Execution | undefined;
  list(listing: Listing): readonly Execution[];
  running(): readonly Execution[];
  history(
    arn: string,
    page: { readonly skip: number; readonly most: number; readonly reverse: boolean },
  ): readonly HistoryEvent[];
  scopes(arn: string): readonly Scope[];
  saveMapRun(mapRun: StoredMapRun, items?: readonly unknown[]): void;
  mapRun(arn: string): StoredMapRun | undefined;
  mapRunsOf(executionArn: string): readonly StoredMapRun[];
  mapItem(arn: string, index: number): unknown;
  /** The status of each child of a map run that was begun, by its place among the items. */
  childStatuses(mapRunArn: string): ReadonlyMap<number, string>;
  child(mapRunArn: string, index: number): Execution | undefined;
  /** Marks the children of a map run that failed or were aborted: they are to be redriven. */
  setPendingRedrive(mapRunArn: string): void;
  close(): void;
}

const tables = `
  PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;
  CREATE TABLE IF NOT EXISTS machines (key TEXT PRIMARY KEY, body TEXT) WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS executions (arn TEXT PRIMARY KEY, machine TEXT, map_run TEXT, item INTEGER, status TEXT, started REAL, body TEXT);
  CREATE INDEX IF NOT EXISTS executions_of_machine ON executions (machine, started);
  CREATE INDEX IF NOT EXISTS executions_of_map_run ON executions (map_run, item);
  CREATE TABLE IF NOT EXISTS events (arn TEXT, id INTEGER, body TEXT, PRIMARY KEY (arn, id)) WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS scopes (arn TEXT, path TEXT, body TEXT, PRIMARY KEY (arn, path)) WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS map_runs (arn TEXT PRIMARY KEY, execution TEXT, body TEXT);
  CREATE INDEX IF NOT EXISTS map_runs_of_execution ON map_runs (execution);
  CREATE TABLE IF NOT EXISTS map_items (arn TEXT, item INTEGER, body TEXT, PRIMARY KEY (arn, item)) WITHOUT ROWID;
`;

const bodyRow = z.object({ body: z.string() });
const statusRow = z.object({ item: z.number(), status: z.string() });

/** Opens the store in the folder. */
export function openExecutionStore(folder: string): ExecutionStore {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const db = new DatabaseSync(join(folder, 'executions.sqlite'));
  db.exec(tables);
  const putExecution = db.prepare(
    'INSERT INTO executions VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (arn) DO UPDATE SET status = excluded.status, body = excluded.body',
  );
  const putMachine = db.prepare('INSERT OR IGNORE INTO machines VALUES (?, ?)');
  const putEvent = db.prepare('INSERT INTO events VALUES (?, ?, ?)');
  const putScope = db.prepare('INSERT OR REPLACE INTO scopes VALUES (?, ?, ?)');
  const dropScopes = db.prepare("DELETE FROM scopes WHERE arn = ? AND (path = ? OR path GLOB ? || '/*')");
  const putMapRun = db.prepare('INSERT OR REPLACE INTO map_runs VALUES (?, ?, ?)');
  const putItem = db.prepare('INSERT OR REPLACE INTO map_items VALUES (?, ?, ?)');

  const transaction = (work: () => void): void => {
    db.exec('BEGIN IMMEDIATE');
    try {
      work();
      db.exec('COMMIT');
    } catch (error) {
      db.exec('ROLLBACK');
      throw error;
    }
  };
  const bodies = (sql: string, ...values: (string | number)[]): readonly unknown[] =>
    db
      .prepare(sql)
      .all(...values)
      .map((row): unknown => JSON.parse(bodyRow.parse(row).body));
  const machines = new Map<string, Machine>();
  const keys = new WeakMap<Machine, string>();
  const keyOf = (machine: Machine): string => {
    const known = keys.get(machine);
    if (known !== undefined) return known;
    const { flow: _, ...source } = machine;
    const body = JSON.stringify(source);
    const key = createHash('sha256').update(body).digest('hex');
    putMachine.run(key, body);
    keys.set(machine, key);
    return key;
  };
  const machineOf = (key: string): Machine => {
    const [body] = machines.has(key) ? [] : bodies('SELECT body FROM machines WHERE key = ?', key);
    const machine = machines.get(key) ?? makeMachine(storedMachine.parse(body));
    keys.set(machine, key);
    machines.set(key, machine);
    return machine;
  };
  const executions = (sql: string, ...values: (string | number)[]): readonly Execution[] =>
    bodies(sql, ...values).map((body) => {
      const { machineKey, ...execution } = storedExecution.parse(body);
      return { ...execution, machine: machineOf(machineKey) };
    });

  return {
    save({ execution, events, scopes, forgotten }) {
      transaction(() => {
        const { machine, ...rest } = execution;
        const { arn, mapRun, status, startMs } = rest;
        putExecution.run(
          arn,
          machine.arn,
          mapRun?.arn ?? null,
          mapRun?.index ?? null,
          status,
          startMs,
          JSON.stringify({ ...rest, machineKey: keyOf(machine) }),
        );
        for (const event of events) putEvent.run(arn, event.id, JSON.stringify(event));
        for (const scope of scopes) putScope.run(arn, scope.path, JSON.stringify(scope));
        for (const path of forgotten) dropScopes.run(arn, path, path);
      });
    },
    find: (arn) => executions('SELECT body FROM executions WHERE arn = ?', arn)[0],
    list({ machineArn, mapRunArn, status, skip, most }) {
      const owner = mapRunArn === undefined ? 'machine = ? AND map_run IS NULL' : 'map_run = ?';
      const state = status === undefined ? '' : 'AND status = ?';
      return executions(
        `SELECT body FROM executions WHERE ${owner} ${state} ORDER BY started DESC, rowid DESC LIMIT ? OFFSET ?`,
        mapRunArn ?? machineArn ?? '',
        ...(status === undefined ? [] : [status]),
        most,
        skip,
      );
    },
    running: () =>
      executions("SELECT body FROM executions WHERE status IN ('RUNNING', 'PENDING_REDRIVE') ORDER BY rowid"),
    history: (arn, { skip, most, reverse }) =>
      bodies(
        `SELECT body FROM events WHERE arn = ? ORDER BY id ${reverse ? 'DESC' : 'ASC'} LIMIT ? OFFSET ?`,
        arn,
        most,
        skip,
      ).map((body) => storedEvent.parse(body)),
    scopes: (arn) => bodies('SELECT body FROM scopes WHERE arn = ?', arn).map((body) => storedScope.parse(body)),
    saveMapRun(mapRun, items = []) {
      transaction(() => {
        putMapRun.run(mapRun.arn, mapRun.executionArn, JSON.stringify(mapRun));
        for (const [index, item] of items.entries()) putItem.run(mapRun.arn, index, JSON.stringify(item));
      });
    },
    mapRun(arn) {
      const [body] = bodies('SELECT body FROM map_runs WHERE arn = ?', arn);
      return body === undefined ? undefined : storedMapRun.parse(body);
    },
    mapRunsOf: (executionArn) =>
      bodies('SELECT body FROM map_runs WHERE execution = ? ORDER BY rowid', executionArn).map((body) =>
        storedMapRun.parse(body),
      ),
    mapItem: (arn, index) => bodies('SELECT body FROM map_items WHERE arn = ? AND item = ?', arn, index)[0],
    childStatuses: (arn) =>
      new Map(
        db
          .prepare('SELECT item, status FROM executions WHERE map_run = ? ORDER BY item')
          .all(arn)
          .map((row) => statusRow.parse(row))
          .map(({ item, status }) => [item, status]),
      ),
    child: (arn, index) => executions('SELECT body FROM executions WHERE map_run = ? AND item = ?', arn, index)[0],
    setPendingRedrive(arn) {
      db.prepare(
        `UPDATE executions SET status = 'PENDING_REDRIVE', body = json_set(body, '$.status', 'PENDING_REDRIVE')
         WHERE map_run = ? AND status IN ('FAILED', 'ABORTED', 'TIMED_OUT')`,
      ).run(arn);
    },
    close: () => db.close(),
  };
}
