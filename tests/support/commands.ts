import { allocate } from '#scripts/allocate/command.ts';
import { athena } from '#scripts/athena/command.ts';
import { bench } from '#scripts/bench/command.ts';
import { bill } from '#scripts/bill/command.ts';
import { budgets } from '#scripts/budgets/command.ts';
import { catalogue } from '#scripts/catalogue/command.ts';
import { credentials } from '#scripts/credentials/command.ts';
import { docs } from '#scripts/data-dictionary/command.ts';
import { deploy } from '#scripts/deploy/command.ts';
import { diff } from '#scripts/diff/command.ts';
import { identityKey } from '#scripts/identity-key/command.ts';
import { local } from '#scripts/local/command.ts';
import { models } from '#scripts/models/command.ts';
import { rebuild } from '#scripts/rebuild/command.ts';
import { recover } from '#scripts/recover/command.ts';
import { redrive } from '#scripts/redrive/command.ts';
import { start } from '#scripts/start/command.ts';

/** The commands of the scripts. */
export const commands = [
  allocate,
  athena,
  bench,
  bill,
  budgets,
  catalogue,
  credentials,
  deploy,
  diff,
  docs,
  identityKey,
  local,
  models,
  rebuild,
  recover,
  redrive,
  start,
];
