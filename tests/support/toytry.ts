import { startLocalCloud } from '#infra/local/local-cloud.ts';
import { synthesizeToyApp } from '#support/toy-app/toy-app.ts';
console.time('synth');
const assemblyDirectory = synthesizeToyApp();
console.timeEnd('synth');
console.time('start');
const cloud = await startLocalCloud({ assemblyDirectory, now: Date.parse('2030-01-01T00:00:00Z') });
console.timeEnd('start');
console.log(cloud);
const r = await fetch(`${cloud.url}/echo?a=1&a=2&b=%20x`, { method: 'POST', body: '{"x":1}', headers: { 'content-type': 'application/json', cookie: 'a=b; c=d' } });
console.log(r.status, JSON.stringify(await r.json(), null, 1), [...r.headers]);
const p = await fetch(`${cloud.url}/publish`, { method: 'POST', body: '{"key":"k1"}', headers: { 'content-type': 'application/json' } });
console.log(p.status, await p.text());
console.time('settle');
await cloud.settle();
console.timeEnd('settle');
for (const path of ['denied', 'crash', 'exit', 'sleep', 'echo']) {
  const x = await fetch(`${cloud.url}/${path}`);
  console.log(path, x.status, (await x.text()).slice(0, 300));
}
await cloud.stop();
