/** Shows on the terminal's current line how far a script is. A file or a pipe gets none of it, only what is logged. */
export function showProgress(text: string): void {
  if (process.stdout.isTTY) process.stdout.write(`\r${text}`);
}

/** Logs a line in place of the progress that the terminal shows. */
export function logLine(text: string): void {
  console.log(process.stdout.isTTY ? `\r\u001b[K${text}` : text);
}
