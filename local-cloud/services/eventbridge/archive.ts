import { join } from 'node:path';
import * as z from 'zod';
import { dayMs } from '#local-cloud/cloud/clock.ts';
import { openJournal } from '#local-cloud/cloud/journal.ts';
import { noteArchived } from '#local-cloud/metering/call-notes.ts';
import { type BusEvent, busEvent } from './bus-event.ts';
import { compilePattern } from './pattern.ts';

const archiveProperties = z.object({
  ArchiveName: z.string().optional(),
  SourceArn: z.string(),
  EventPattern: z.unknown().optional(),
  RetentionDays: z.coerce.number().default(0),
});

/** Properties of AWS::Events::Archive that are honoured. */
export const archivePropertyPaths = [
  'ArchiveName',
  'Description',
  'EventPattern',
  'KmsKeyIdentifier',
  'RetentionDays',
  'SourceArn',
] as const;

/** Keeps a bus's events in a file, so that they can be replayed. */
export interface Archive {
  readonly name: string;
  readonly arn: string;
  readonly busArn: string;
  keep(event: BusEvent, nowMs: number): void;
  /** Events that arrived in the window and are within the retention, oldest first. */
  between(startMs: number, endMs: number, nowMs: number): readonly BusEvent[];
  close(): void;
}

const kept = z.object({ at: z.number(), event: busEvent });

/** Opens the archive of these template properties in a folder. */
export function openArchive(
  properties: unknown,
  place: { fallbackName: string; region: string; account: string; folder: string },
): Archive {
  const { ArchiveName, SourceArn, EventPattern, RetentionDays } = archiveProperties.parse(properties);
  const name = ArchiveName ?? place.fallbackName;
  const matches = EventPattern === undefined ? () => true : compilePattern(EventPattern);
  const journal = openJournal(join(place.folder, `archive-${name}.jsonl`));
  return {
    name,
    arn: `arn:aws:events:${place.region}:${place.account}:archive/${name}`,
    busArn: SourceArn,
    keep(event, nowMs) {
      if (event['replay-name'] !== undefined || !matches(event)) return;
      journal.append({ at: nowMs, event });
      noteArchived(Buffer.byteLength(JSON.stringify(event)));
    },
    between(startMs, endMs, nowMs) {
      const oldest = RetentionDays === 0 ? Number.NEGATIVE_INFINITY : nowMs - RetentionDays * dayMs;
      const all = journal.read().map((entry) => kept.parse(entry));
      return all.filter(({ at }) => at >= Math.max(startMs, oldest) && at < endMs).map(({ event }) => event);
    },
    close: () => journal.close(),
  };
}
