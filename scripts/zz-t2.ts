import { startSimulatedCloud } from './simulate/simulated-cloud.ts';
import { runSeed } from './simulate/run-seed.ts';
const s=await startSimulatedCloud('/tmp/f-asm',Date.parse('2026-01-05T00:00:00Z'));
for (let seed=300;seed<312;seed++){const a=performance.now();const c=process.cpuUsage();const r=await runSeed(seed,10080,s);const d=process.cpuUsage(c);
const crash=r.injected.filter(i=>i.effect.startsWith('crash')).length;
console.log(seed,'wall',(performance.now()-a).toFixed(0),'cpu',((d.user+d.system)/1000).toFixed(0),'faults',r.injected.length,'crashes',crash,r.findings.length);}
await s.cloud.stop();
