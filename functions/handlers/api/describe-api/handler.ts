import { withHttp } from '#runtime/http/with-http.ts';
import { describeApi } from './describe-api.ts';

export const handler = withHttp('describe-api', describeApi);
