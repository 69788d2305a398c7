import { startLocalCloud } from '#infra/local/local-cloud.ts';
console.time('start');
const cloud = await startLocalCloud({ assemblyDirectory: '/tmp/L1synth' });
console.timeEnd('start');
console.log(cloud);
await cloud.stop();
