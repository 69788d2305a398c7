import { AthenaClient } from '@aws-sdk/client-athena';
import { athenaRejections } from '#adapters/athena/athena-rejections.ts';
import { environment } from '#runtime/environment.ts';
import { withHttp } from '#runtime/http/with-http.ts';
import { readRejections } from './read-rejections.ts';

export const handler = withHttp('read-rejections', () => {
  const { ATHENA_WORKGROUP, ATHENA_DATABASE } = environment('ATHENA_WORKGROUP', 'ATHENA_DATABASE');
  return readRejections({
    lake: athenaRejections(new AthenaClient({}), { workgroup: ATHENA_WORKGROUP, database: ATHENA_DATABASE }),
    now: Date.now,
  });
});
