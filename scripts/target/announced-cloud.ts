import { existsSync, readFileSync } from 'node:fs';
import * as z from 'zod';

/** Where the clouds of this folder leave their addresses and keys, each a file of its own, by the command that starts them. */
export const announcements = { 'npm start': '.local/cloud.json', 'npm run local': '.local/local.json' } as const;

const Announced = z.object({ pid: z.int().min(1), url: z.string() });

/** The cloud that left a file and still runs. Who was killed leaves the file; then there is none. */
export function announcedCloud(file: string): z.output<typeof Announced> | undefined {
  if (!existsSync(file)) return undefined;
  const { data } = Announced.safeParse(jsonOf(readFileSync(file, 'utf8')));
  return data !== undefined && isRunning(data.pid) ? data : undefined;
}

/** Whether there is a process with an id, whoever owns it. */
export function isRunning(pid: number): boolean {
  try {
    // Signal 0 is sent to nobody.
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
