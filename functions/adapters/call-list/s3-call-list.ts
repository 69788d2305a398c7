import { PutObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import type { CallMessage } from '#domain/channel/channel-message.ts';
import { csvRow } from '#domain/channel/csv-row.ts';
import type { ChannelPort } from '#ports/channel.ts';

export interface CallListSettings {
  readonly bucket: string;
  readonly prefix: string;
}

/** The columns of each list; a desk's own fields follow as one of JSON, so that the rows of a day have one form. */
export const callListColumns = ['decision_id', 'treatment_id', 'phone', 'script', 'fields'] as const;

/**
 * Calls as rows of CSV in S3, by desk and day: `<prefix>desk=<desk>/day=<day>/<message>.csv`. Each call is an object of its own, which
 * sent again is the same one; who dials reads the folder. What people write back beside it is read by `read-call-results`.
 */
export function s3CallList(client: S3Client, { bucket, prefix }: CallListSettings): ChannelPort<CallMessage> {
  return {
    isIdempotent: true,
    async send({ desk, day, messageId, decisionId, treatmentId, phone, script, fields }) {
      const Key = `${prefix}desk=${desk}/day=${day}/${messageId}.csv`;
      // A number of E.164 begins with a plus, which a spreadsheet would work out: as a URI (RFC 3966) it is a text, and can be dialled.
      const cells = [decisionId, treatmentId, `tel:${phone}`, script, JSON.stringify(fields)];
      const Body = csvRow(callListColumns) + csvRow(cells);
      await client.send(
        new PutObjectCommand({ Bucket: bucket, Key, Body, ContentType: 'text/csv; charset=utf-8; header=present' }),
      );
      return { kind: 'sent', providerId: Key };
    },
  };
}
