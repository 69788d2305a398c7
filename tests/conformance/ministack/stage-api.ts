import type { DecisionAnswer } from '#domain/decision/decision-answer.ts';
import { basicAuth } from '#scripts/target/basic-auth.ts';

/** The API of a deployed stage, with the key of a server unless another one, or null for none, is given. */
export function stageApi(url: string, serverKey: string) {
  async function call(
    method: string,
    path: string,
    { key = serverKey, json }: { readonly key?: string | null; readonly json?: unknown } = {},
  ): Promise<{ readonly status: number; readonly body: unknown }> {
    const response = await fetch(`${url}${path}`, {
      method,
      headers: { 'content-type': 'application/json', ...(key === null ? {} : { authorization: basicAuth(key) }) },
      ...(json === undefined ? {} : { body: JSON.stringify(json) }),
    });
    const text = await response.text();
    return { status: response.status, body: text === '' ? undefined : JSON.parse(text) };
  }

  async function decide(userId: string, more: object): Promise<DecisionAnswer> {
    const json = { customer: `user_id:${userId}`, placements: ['web/home-hero'], ...more };
    const { status, body } = await call('POST', '/v1/decisions', { json });
    if (status !== 200) throw new Error(`Deciding for ${userId} answered ${status}: ${JSON.stringify(body)}`);
    return body as DecisionAnswer;
  }

  return {
    call,

    async interactionsOf(userId: string): Promise<number | undefined> {
      const { body } = await call('GET', `/v1/customers/user_id:${userId}`);
      return (body as { interactions?: { total: number } }).interactions?.total;
    },

    /** A decision of the first customer to whom something is shown. */
    async shownTo(userIds: readonly string[]) {
      for (const userId of userIds) {
        const { decisionId, treatments } = await decide(userId, {});
        const [treatment] = treatments;
        if (treatment !== undefined) return { userId, decisionId, treatmentId: treatment.treatmentId };
      }
      throw new Error('Nothing is shown to anybody');
    },

    /** How likely the stage thinks a yes of this customer to a treatment now. */
    async propensityOf(userId: string, treatmentId: string): Promise<number> {
      const { explanation } = await decide(userId, { preview: true, explain: true });
      const candidates = explanation?.placements[0]?.candidates ?? [];
      return candidates.find((candidate) => candidate.treatmentId === treatmentId)?.weighing?.propensity ?? Number.NaN;
    },
  };
}
