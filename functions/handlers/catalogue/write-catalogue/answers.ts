import { itemKinds } from '#domain/catalogue/item-kinds.ts';
import type { ChangePlan, ChangeRequest } from '#domain/catalogue/plan-change.ts';
import { entityTag } from '#domain/catalogue/precondition.ts';
import type { ItemFault } from '#domain/vocabulary/item-fault.ts';
import { answer, type HttpAnswer, refuse } from '#runtime/http/http.ts';
import type { Change, NoChange } from '#use-cases/catalogue/change-catalogue.ts';

/** The answer to a change that was saved as a version. */
export function savedAnswer(plan: Change, version: number): HttpAnswer {
  if (plan.kind === 'deleted') return { statusCode: 204, headers: {}, body: '' };
  return answer(plan.kind === 'created' ? 201 : 200, plan.item, { etag: entityTag(version) });
}

/** The answer to a request that changes nothing: the item as it is, or why the change is refused. */
export function planAnswer({ kind, id }: ChangeRequest, plan: NoChange): HttpAnswer {
  const { noun } = itemKinds[kind];
  switch (plan.kind) {
    case 'unchanged':
      return answer(200, plan.stored.item, { etag: entityTag(plan.stored.version) });
    case 'unknown':
      return refuse(404, 'unknown_item', `There is no ${noun} "${id.slice(0, 80)}".`);
    case 'precondition-required':
      return refuse(
        428,
        'precondition_required',
        'Send If-Match with the ETag that the change was made from, or If-None-Match: * to create.',
      );
    case 'precondition-failed':
      return plan.version === undefined
        ? refuse(412, 'precondition_failed', `There is no ${noun} "${id}" yet; create it with If-None-Match: *.`)
        : refuse(
            412,
            'precondition_failed',
            `The ${noun} "${id}" is at version ${entityTag(plan.version)} by now: read it, and send that as If-Match, quotes included.`,
            {
              etag: entityTag(plan.version),
            },
          );
    case 'invalid':
      return answer(400, {
        error: { code: 'invalid_item', message: inWords(noun, plan.faults), faults: plan.faults },
      });
    case 'referenced':
      return answer(409, {
        error: {
          code: 'still_referenced',
          message: `Others name the ${noun} "${id}": ${byWhom(plan.by)}`,
          references: plan.by,
        },
      });
  }
}

/** The answer to a dry run: what the change would do, or everything that is wrong with it. */
export function dryRunAnswer(wanted: ChangeRequest, plan: ChangePlan): HttpAnswer {
  switch (plan.kind) {
    case 'created':
    case 'changed':
      return answer(200, { valid: true, effect: plan.kind, item: plan.item, faults: [], references: [] });
    case 'unchanged':
      return answer(200, { valid: true, effect: plan.kind, item: plan.stored.item, faults: [], references: [] });
    case 'deleted':
      return answer(200, { valid: true, effect: plan.kind, faults: [], references: [] });
    case 'invalid':
      return answer(200, { valid: false, faults: plan.faults, references: [] });
    case 'referenced':
      return answer(200, { valid: false, faults: [], references: plan.by });
    case 'unknown':
    case 'precondition-required':
    case 'precondition-failed':
      return planAnswer(wanted, plan);
  }
}

function byWhom(references: Extract<ChangePlan, { kind: 'referenced' }>['by']): string {
  const named = references.slice(0, 5).map(({ kind, id, path }) => `${kind}/${id} at ${path}`);
  const more = references.length > named.length ? [`${references.length - named.length} more`] : [];
  return [...named, ...more].join('; ');
}

function inWords(noun: string, faults: readonly ItemFault[]): string {
  const [first] = faults;
  const where = first?.path === '' || first === undefined ? '' : ` at "${first.path}"`;
  const place = first?.line === undefined ? '' : `, line ${first.line}, column ${first.column}`;
  const more = faults.length > 1 ? ` (and ${faults.length - 1} more)` : '';
  return `The ${noun} can't be saved${where}${place}: ${first?.message}${more}`;
}
