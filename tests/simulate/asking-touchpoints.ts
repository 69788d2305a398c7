import { setTimeout as sleep } from 'node:timers/promises';
import * as z from 'zod';
import { basicAuth } from '#scripts/target/basic-auth.ts';
import { outputOf } from '#scripts/target/target.ts';
import type { AskedQuestion } from '#support/auditors/touchpoint-log.ts';
import type { SimulatedCloud } from './simulated-cloud.ts';

/** A question of a touchpoint: about one customer through the API, or about many as a campaign asks. */
export type Question = Readonly<{ name: string; placements: readonly string[] }> &
  (
    | Readonly<{ kind: 'single'; customer: string; explain: boolean; preview: boolean; isRepeatable: boolean }>
    | Readonly<{ kind: 'batch'; customerIds: readonly string[] }>
  );

/** Touchpoints that ask for decisions, as often as it takes to get an answer. */
export interface AskingTouchpoints {
  /** Asks, trying a few times; asked again under its name it is the same question. */
  ask(question: Question): Promise<void>;
  /** Asks again whatever may be repeated and has no answer yet. */
  askLeft(): Promise<void>;
  asked(): readonly (AskedQuestion & { readonly question: Question })[];
}

interface Draft extends AskedQuestion {
  readonly question: Question;
  readonly attemptsMs: number[];
  readonly answers: (readonly string[])[];
}

const attempts = 6;
const firstPauseMs = 4;
// Twice what an HTTP API waits for its function: who gives up earlier takes a slow answer for none.
const patienceMs = 60_000;

const Batch = z.object({ decisions: z.array(z.record(z.string(), z.unknown())) });

/** Touchpoints of a cloud. They throw an Error when a question is refused, which none here deserves. */
export function askingTouchpoints({ cloud, target, adminKey }: SimulatedCloud): AskingTouchpoints {
  const drafts = new Map<string, Draft>();

  /** The JSON texts of the decisions of an answer; undefined when there was none. */
  async function attempt(question: Question): Promise<readonly string[] | undefined> {
    return question.kind === 'single' ? single(question) : batch(question);
  }

  async function single(question: Question & { kind: 'single' }): Promise<readonly string[] | undefined> {
    const { name, customer, placements, explain, preview, isRepeatable } = question;
    const text = await post(
      `${cloud.url}/v1/decisions`,
      { authorization: basicAuth(adminKey), ...(isRepeatable ? { 'idempotency-key': name } : {}) },
      { customer, placements, explain, preview },
    );
    return text === undefined ? undefined : [text];
  }

  async function batch({ name, placements, customerIds }: Question & { kind: 'batch' }) {
    const scope = `${cloud.accessKeyId}/20260101/${cloud.region}/lambda/aws4_request`;
    const text = await post(
      `${cloud.awsEndpoint}/2015-03-31/functions/${outputOf(target, 'DecideBatchFunctionName')}/invocations`,
      // The local cloud looks up the access key and leaves the signature alone.
      { authorization: `AWS4-HMAC-SHA256 Credential=${scope}, SignedHeaders=host, Signature=none` },
      { batchId: name, touchpoint: 'email', placements, customerIds },
    );
    const answer = Batch.safeParse(text === undefined ? undefined : JSON.parse(text));
    // A function that died is an answer of Lambda's all the same, with an error in it.
    return answer.data?.decisions.map((decision) => JSON.stringify(decision));
  }

  async function askOften(draft: Draft): Promise<void> {
    for (let tried = 1; tried <= attempts; tried++) {
      draft.attemptsMs.push(cloud.now());
      const answer = await attempt(draft.question);
      if (answer !== undefined) {
        draft.answers.push(answer);
        return;
      }
      await sleep(firstPauseMs * 2 ** tried);
    }
  }

  return {
    async ask(question) {
      const known = drafts.get(question.name) ?? draftOf(question);
      drafts.set(question.name, known);
      await askOften(known);
    },
    async askLeft() {
      for (const draft of drafts.values()) if (draft.isRepeatable && draft.answers.length === 0) await askOften(draft);
    },
    asked: () => [...drafts.values()],
  };
}

function draftOf(question: Question): Draft {
  const isSingle = question.kind === 'single';
  return {
    question,
    name: question.name,
    isPreview: isSingle && question.preview,
    isRepeatable: !isSingle || question.isRepeatable,
    customers: isSingle ? 1 : question.customerIds.length,
    attemptsMs: [],
    answers: [],
  };
}

/** The text of an answer; undefined when there was none, or one after which a client tries again. */
async function post(
  url: string,
  headers: Readonly<Record<string, string>>,
  question: unknown,
): Promise<string | undefined> {
  const request = {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(question),
    signal: AbortSignal.timeout(patienceMs),
  };
  const response = await fetch(url, request).catch(() => undefined);
  const text = await response?.text().catch(() => undefined);
  if (response === undefined || text === undefined || response.status === 429 || response.status >= 500)
    return undefined;
  if (!response.ok) throw new Error(`${url} answered ${response.status}: ${text}`);
  return text;
}
