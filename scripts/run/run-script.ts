import * as z from 'zod';
import { awsAdvice } from '#scripts/target/aws-advice.ts';

/** Runs a script. What goes wrong is told in words and makes the exit code 1. */
export async function runScript(main: () => Promise<unknown>): Promise<void> {
  try {
    await main();
  } catch (error) {
    console.error(inWords(error));
    process.exitCode = 1;
  }
}

/** What a person needs to know of an error; a fault of the program itself, which nobody expects, stays whole with its stack. */
export function inWords(error: unknown): unknown {
  if (!(error instanceof Error)) return error;
  if (error instanceof z.ZodError) return z.prettifyError(error);
  const refused = [error, error.cause].find((each) => codeOf(each) === 'ECONNREFUSED');
  if (refused instanceof Error) return `${refused.message}: nothing answers there. Is the local cloud still running?`;
  if (codeOf(error) === 'EADDRINUSE') return `${error.message}: something else listens there; --port takes another one`;
  if (codeOf(error).startsWith('ERR_PARSE_ARGS')) return error.message;
  const path = fileFaults[codeOf(error)] === undefined || !('path' in error) ? undefined : String(error.path);
  if (path !== undefined) return `${path}: ${fileFaults[codeOf(error)]} (${codeOf(error)})`;
  // What fetch throws is a TypeError whatever happened; the address that is none is its cause.
  const lost = [error, error.cause].find((each) => awsAdvice(codeOf(each)) !== undefined);
  if (lost instanceof Error) return `${lost.message}\n${awsAdvice(codeOf(lost))}`;
  if ([TypeError, RangeError, ReferenceError, SyntaxError].some((fault) => error instanceof fault)) return error;
  const advice = awsAdvice(error.name);
  const told = error.name === 'Error' ? error.message : `${error.name}: ${error.message}`;
  return advice === undefined ? told : `${told}\n${advice}`;
}

/** What the system says of a file, in words. */
const fileFaults: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file or directory',
  ENOTDIR: 'a part of this path is no directory',
  EISDIR: 'this is a directory, and a file is expected',
  EEXIST: 'this is there already',
  EACCES: 'this user may not read or write it',
};

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : '';
}
