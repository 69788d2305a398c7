import { checkAccess } from '#domain/credential/access.ts';
import { type DispositionReport, detailsOf, readDispositionReports } from '#domain/disposition/disposition-report.ts';
import { isPublicDisposition } from '#domain/disposition/public-dispositions.ts';
import { boundedByArrival, parseTime, timeInRange } from '#domain/interaction/occurred-at.ts';
import type { Allowances } from '#ports/allowances.ts';
import type { HttpFunction } from '#runtime/http/answer-or-retry.ts';
import { faultsInWords } from '#runtime/http/faults-in-words.ts';
import { answer, callerOfRequest, refuse } from '#runtime/http/http.ts';
import { jsonBody } from '#runtime/http/json-body.ts';
import { tooMany } from '#runtime/http/too-many.ts';
import { type DispositionCaptureDeps, dispositionCapture } from '#use-cases/respond/disposition-capture.ts';

interface CaptureDispositionDeps extends DispositionCaptureDeps {
  readonly allowances: Allowances;
}

/** Takes what customers did with treatments, one or a list, and answers what became of each. */
export function captureDisposition(deps: CaptureDispositionDeps): HttpFunction {
  const take = dispositionCapture(deps);
  return async (http) => {
    const access = checkAccess(callerOfRequest(http), 'decide', 'collect');
    if (access.kind === 'denied') return refuse(access.status, access.code, access.message);
    const body = jsonBody(http);
    if (body.kind === 'refused') return refuse(400, body.code, body.message);
    const read = readDispositionReports(body.value);
    if (!read.success) return refuse(400, 'invalid_request', faultsInWords(read.error, 'body'));
    const { trust } = access.caller;
    if (trust === 'public' && !read.data.every(isPublicReport)) {
      const message =
        'A public key tells what is presented, clicked and refused, without value and details; a server’s key tells all.';
      return refuse(403, 'not_for_public_keys', message);
    }
    const receivedMs = deps.now();
    const over = await deps.allowances.take(access.caller, Math.max(1, read.data.length), receivedMs);
    if (over !== undefined) return tooMany(over);
    const times = read.data.map(({ occurredAt }) => parseTime(occurredAt) ?? receivedMs);
    if (times.some((time) => !timeInRange(time, receivedMs))) {
      return refuse(400, 'timestamp_out_of_range', 'Expected times from 1970 to a day after the arrival.');
    }
    const receivedAt = new Date(receivedMs).toISOString();
    const reports = read.data.map((report, index) => {
      const { decisionId, treatmentId, disposition, value } = report;
      const details = detailsOf(report);
      return {
        decisionId: decisionId.toLowerCase(),
        treatmentNames: [treatmentId],
        disposition,
        occurredAt: new Date(boundedByArrival(times[index] ?? receivedMs, receivedMs, trust)).toISOString(),
        receivedAt,
        touchpoint: access.caller.touchpoint,
        ...(value === undefined ? {} : { valueMinor: value.amountMinor, currency: value.currency }),
        ...(details === undefined ? {} : { details }),
      };
    });
    const captured = await take(reports);
    return answer(200, { results: captured.map(({ kind }, index) => ({ index, status: kind })) });
  };
}

function isPublicReport(report: DispositionReport): boolean {
  return isPublicDisposition(report.disposition) && report.value === undefined && detailsOf(report) === undefined;
}
