import { announcedCloud, announcements } from './announced-cloud.ts';

let isSaid = false;

/**
 * The file of the local cloud that scripts ask: the one that LEMNISCATE_CLOUD_FILE names, else that of the one that runs, of
 * several the first. Says on standard error which that is, for answers go to standard output. Throws an Error that says how to start one.
 */
export function askedCloudFile(): string {
  const named = process.env.LEMNISCATE_CLOUD_FILE;
  if (named !== undefined) return named;
  const running = Object.entries(announcements).flatMap(([command, file]) => {
    const cloud = announcedCloud(file);
    return cloud === undefined ? [] : [{ command, file, url: cloud.url }];
  });
  const [asked, ...others] = running;
  if (asked === undefined) {
    throw new Error(
      'No local cloud runs in this folder: run "npm start" or "npm run local" first, and leave it running; a deployed stage is named with --stage',
    );
  }
  if (!isSaid) {
    const beside = others.map(
      ({ command, file }) => ` ${command} runs too: LEMNISCATE_CLOUD_FILE=${file} would ask that one.`,
    );
    console.error(`Asking the cloud of ${asked.command}, ${asked.url}.${beside.join('')}`);
    isSaid = true;
  }
  return asked.file;
}
