import { longestValue } from './normalise-value.ts';

/**
 * Whether a text is what programs and people write where they have no id, whoever's it should have been: nothing but zeros, a
 * template that nobody filled in, or only words such as `undefined`, `not authenticated`, `distinct_id`. Case, quotes, brackets,
 * full-width forms, invisible characters and escapes (`%22null%22`, `&lt;id&gt;`) hide none of them.
 */
export function namesNobody(text: string): boolean {
  return isNobody(plainValue(text));
}

/** `namesNobody` for a text that `plainValue` gave. */
export function isNobody(plain: string): boolean {
  return zeros.test(plain) || templates.some((template) => template.test(plain)) || isOnlyNames(plain);
}

/** A text as values that name nobody are compared, but for capitals: without escapes, quotes and invisible characters, in compatible forms (NFKC). */
export function plainValue(text: string): string {
  let plain = text.trim().slice(0, longestValue + 1);
  for (let round = 0; round < mostEscapes; round++) {
    const bare = unescaped(plain).normalize('NFKC').replace(invisible, '');
    if (bare === plain) break;
    plain = bare;
  }
  return plain.replace(quotes, '');
}

/** Programs that a value passed, each of which may have escaped it. */
const mostEscapes = 5;

// Characters of formatting and control, and those that Unicode says to draw nothing for (UAX 44, Default_Ignorable_Code_Point).
const invisible = /[\p{Cf}\p{Cc}\p{Default_Ignorable_Code_Point}\u2800]/gu;
const quotes = /^[\s"'`´‘’‚“”„«»‹›\\]+|[\s"'`´‘’‚“”„«»‹›\\]+$/g;

// `0000`, `00000000-0000-0000-0000-000000000000`, `+000 000`, `0-0-0`, `--`, `{}`.
const zeros = /^[0\s+_.:/,;()[\]{}<>|*#?!~=-]*$/;

// Handlebars and Liquid, JavaScript and shells, Mailchimp, ERB and JSP, Salesforce, Django; a lone name in brackets or between signs.
const templates = [
  /\{\{.*\}\}|\$\{.*\}|#\{.*\}|@\{.*\}|\$\(.*\)|\*\|.*\|\*|<%.*%>|%%.+%%|\{%.*%\}|\[\[.*\]\]/s,
  /^(?:\[[\p{L}_][\p{L}\p{M}\s_.:-]*\]|\{[\p{L}_][\p{L}\p{M}\s_.:-]*\}|<[\p{L}_][\p{L}\p{M}\s_.:-]*>|%[\p{L}_][\p{L}\p{M}\s_.-]*%)$/u,
];

/** Without the escapes of addresses, of HTML and of JSON. */
function unescaped(text: string): string {
  return text
    .replace(/(?:%[0-9a-f]{2})+/gi, (run) => Buffer.from(run.replaceAll('%', ''), 'hex').toString('utf8'))
    .replace(/\\u([0-9a-f]{4})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
    .replace(/&(amp|lt|gt|quot|apos|#34|#39|#x27);/gi, (_, name: string) => entities[name.toLowerCase()] ?? '');
}

const entities: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  '#34': '"',
  '#39': "'",
  '#x27': "'",
};

/** A capital inside a word begins a new one: `notSet` is `not set`. */
function isOnlyNames(plain: string): boolean {
  const words = plain
    .replace(/(\p{Ll})(\p{Lu})/gu, '$1 $2')
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '');
  const isName = (word: string) => names.has(word) || /^x{2,12}$/.test(word);
  return (words.some(isName) && words.every((word) => isName(word) || fillers.has(word))) || names.has(words.join(''));
}

// Gathered from what PostHog, Mixpanel, Amplitude and Segment refuse as ids, and from how languages spell the absence of a value.
const absent =
  'undefined null nil none nan void unset empty blank missing invalid unknown unidentified unspecified undef infinity ' +
  'true false na notset notfound notavailable notapplicable notprovided notdefined noid novalue nouser nodata tbd todo';
const visitors =
  'anonymous anon guest visitor user customer client member person contact subscriber test tester ' +
  'testuser demo dummy sample example default placeholder foo bar string unauthenticated authenticated notauthenticated ' +
  'notloggedin loggedin loggedout signedin signedout unregistered notregistered notidentified optedout deleted redacted removed hidden masked';
const fields =
  'id ids uid uuid guid userid useruuid customerid clientid memberid visitorid contactid subscriberid profileid personid anonymousid ' +
  'anonid anonymousuid distinctid deviceid accountid accountnumber externalid loyaltyid sessionid installationid username email ' +
  'emailaddress mail phone phonenumber mobile identifier identity account profile value object promise function symbol device session';
const names: ReadonlySet<string> = new Set(`${absent} ${visitors} ${fields}`.split(' '));

/** Say nothing without a name beside them: `your user id`, `not set`, `logged in user`. */
const fillers: ReadonlySet<string> = new Set(
  'not set no is the your my this current insert enter here distinct external logged signed in out'.split(' '),
);
