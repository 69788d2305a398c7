import * as z from 'zod';
import { readItemFiles } from '#scripts/catalogue/item-files.ts';
import { carryOut, planPush } from '#scripts/catalogue/push.ts';
import { remoteCatalogue } from '#scripts/catalogue/remote-catalogue.ts';
import { startLocalProcess } from '#scripts/run/local-process.ts';
import { basicAuth } from '#scripts/target/basic-auth.ts';
import { againstGoal, type BenchRow } from './bench-row.ts';
import { measureLayouts } from './decision-layouts.ts';
import { measureDecisions } from './decision-rates.ts';
import { inThousands, quantile } from './table.ts';

const goals = { inProcessP50Ms: 2.5, inProcessP99Ms: 20, perSecond: 450, shownP50Ms: 0.5, httpP99Ms: 100 };
const Answer = z.object({ treatments: z.array(z.unknown()) });

/** Decisions in process beside public rule engines, and through the local cloud's HTTP API. */
export async function decisionRows(assembly: string): Promise<BenchRow[]> {
  const { size, whole, rules, shown, others } = await measureDecisions();
  const what = `${size.treatments} treatments × ${size.rules} rules`;
  return [
    {
      what: `decision in process, ${what}: p50`,
      result: `${whole.p50.toFixed(2)} ms`,
      ...againstGoal(whole.p50, { atMost: goals.inProcessP50Ms }, 'ms'),
    },
    {
      what: `decision in process, ${what}: p99`,
      result: `${whole.p99.toFixed(1)} ms`,
      ...againstGoal(whole.p99, { atMost: goals.inProcessP99Ms }, 'ms'),
    },
    {
      what: `decisions in process, ${what}, one core`,
      result: `${inThousands(whole.perSecond)} a second`,
      ...againstGoal(whole.perSecond, { atLeast: goals.perSecond }, 'a second'),
    },
    {
      what: `what such a decision showed, from its record as it is stored: p50`,
      result: `${shown.p50.toFixed(2)} ms`,
      beside: `p99 ${shown.p99.toFixed(1)} ms`,
      ...againstGoal(shown.p50, { atMost: goals.shownP50Ms }, 'ms'),
    },
    {
      what: `its rules alone, ${what}`,
      result: `${inThousands(rules.perSecond)} a second`,
      beside: others
        .map(({ step, perSecond }) => `${Number((rules.perSecond / perSecond).toPrecision(2))} × ${step}`)
        .join(', '),
    },
    ...(await measureLayouts()).map(({ question, lists, rows }) => ({
      what: `bytes that Athena reads of 2,000 decisions of 20 treatments: ${question}`,
      result: `${inThousands(lists)} in lists`,
      beside: `${inThousands(rows)} with a row a candidate`,
    })),
    await httpRow(assembly),
  ];
}

async function httpRow(assembly: string): Promise<BenchRow> {
  const cloud = await startLocalProcess(['--port', '0', '--assembly', assembly]);
  try {
    const { url, adminKey } = cloud.info;
    const remote = remoteCatalogue({ url, key: adminKey });
    const { steps } = await planPush(readItemFiles('examples/catalogue').items, remote);
    await carryOut(steps, remote);
    const ask = async (index: number) => {
      const startedAt = performance.now();
      const response = await fetch(`${url}/v1/decisions`, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          authorization: basicAuth(adminKey),
        },
        body: JSON.stringify({ customer: `user_id:u${index}`, placements: ['web/home-hero'] }),
      });
      if (!response.ok) throw new Error(`POST /v1/decisions answered ${response.status}: ${await response.text()}`);
      Answer.parse(await response.json());
      return performance.now() - startedAt;
    };
    const latencies: number[] = [];
    for (let index = -50; index < 500; index += 1) {
      const ms = await ask(index);
      if (index >= 0) latencies.push(ms);
    }
    const [p50, p99] = [0.5, 0.99].map((share) => quantile(latencies, share));
    return {
      what: 'decision through local HTTP, the example catalogue, one at a time: p99',
      result: `${p99?.toFixed(1)} ms`,
      beside: `p50 ${p50?.toFixed(1)} ms, ${latencies.length} requests`,
      ...againstGoal(p99 ?? Number.NaN, { atMost: goals.httpP99Ms }, 'ms'),
    };
  } finally {
    await cloud.stop();
  }
}
