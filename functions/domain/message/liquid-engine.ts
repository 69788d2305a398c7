import { type FS, Liquid } from 'liquidjs';
import { largestTemplate, mostTemplateMemory, patienceMs } from './message-limits.ts';
import { trackedLink } from './tracked-link.ts';

/** What reads files, or parts of other templates. */
const readers = ['include', 'render', 'layout', 'block'];
/** `raw` would hand on as HTML what customers write of themselves; the others' answers are other ones each time. */
const refusedFilters = ['raw', 'sample', 'shuffle'];

/**
 * Liquid without files, clock and chance, with bounds on time, steps and memory. A token that is not there is a fault, unless the
 * template says what to do without it (`default`, `if`). With `escapes` all that tokens say is escaped for HTML; with `tellsAll` it goes
 * on after a fault, to find the others.
 */
export function liquidEngine({ escapes, tellsAll }: { escapes: boolean; tellsAll: boolean }): Liquid {
  const engine = new Liquid({
    fs: noFiles,
    strictVariables: true,
    strictFilters: true,
    lenientIf: true,
    ownPropertyOnly: true,
    catchAllErrors: tellsAll,
    relativeReference: false,
    parseLimit: largestTemplate,
    memoryLimit: mostTemplateMemory,
    renderLimit: patienceMs,
    timezoneOffset: 0,
    locale: 'en-GB',
    ...(escapes ? { outputEscape: escapeHtml } : {}),
  });
  for (const tag of readers) delete engine.tags[tag];
  for (const name of refusedFilters) delete engine.filters[name];
  for (const name of Object.keys(engine.filters).filter((each) => each.startsWith('date'))) withoutClock(engine, name);
  engine.registerFilter('link', function link(address: unknown) {
    const idOf = (token: string) => String(this.context.getSync([token, 'id']));
    return trackedLink(String(address), { decision_id: idOf('decision'), treatment_id: idOf('treatment') });
  });
  return engine;
}

/** The clock says another time in each attempt to send one message. */
function withoutClock(engine: Liquid, name: string): void {
  const filter = engine.filters[name];
  if (typeof filter !== 'function') return;
  engine.registerFilter(name, function timeless(value: unknown, ...rest: unknown[]): unknown {
    if (value === 'now' || value === 'today')
      throw new TypeError(`"${value}" is no time of a message: use decision.at`);
    return filter.call(this, value, ...rest);
  });
}

const noFiles: FS = {
  readFile: async (file) => refuse(file),
  readFileSync: refuse,
  exists: async () => false,
  existsSync: () => false,
  resolve: (_, file) => file,
};

function refuse(file: string): never {
  throw new TypeError(`Templates read no files: ${file}`);
}

const signs: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&#34;', "'": '&#39;' };

function escapeHtml(value: unknown): string {
  const text = isPlain(value) ? JSON.stringify(value) : String(value ?? '');
  return text.replace(/[&<>"']/g, (sign) => signs[sign] ?? '');
}

/** Objects and lists of the customer's; the engine's own, as `nil` is, know how they are written. */
function isPlain(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return Array.isArray(value) || Object.getPrototypeOf(value) === Object.prototype;
}
