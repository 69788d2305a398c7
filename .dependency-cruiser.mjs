/** Which way imports may point; `npx depcruise functions infra local-cloud scripts tests` checks it. */
const folder = (...names) => `^(${names.join('|')})`;
const outside = '^(functions|infra|local-cloud|scripts|tests|workflows|console)/';

/** @param {string} name @param {string} comment @param {object} from @param {object} to */
const forbid = (name, comment, from, to) => ({ name, comment, severity: 'error', from, to });

/** The storeys of the domain, the lowest first: a noun imports nouns of its own floor and of lower ones. */
const floors = [
  ['vocabulary', 'text', 'calendar', 'mathematics'],
  ['budget', 'campaign', 'channel', 'credential', 'kpi', 'offer', 'placement', 'privacy', 'strategy', 'treatment'],
  ['interaction', 'message'],
  ['consent', 'identity'],
  ['profile', 'proof'],
  ['contact-policy', 'rule'],
  ['propensity', 'segment'],
  ['catalogue'],
  ['decision'],
  ['allocation', 'disposition'],
];
const nouns = (each) => each.map((noun) => `functions/domain/${noun}/`);
const floorRules = floors
  .slice(0, -1)
  .map((floor, index) =>
    forbid(
      `floor-${index + 1}-knows-none-above`,
      'A noun of the domain imports its own floor and lower ones: see the floors at the top of this file.',
      { path: folder(...nouns(floor)) },
      { path: folder(...nouns(floors.slice(index + 1).flat())) },
    ),
  );

/** What use cases and adapters may know of the runtime: what has no AWS, no environment and no logger in it. */
const plainRuntime = 'functions/runtime/(chunks-of|errors|gather|in-time|once|parse|retry)\\.ts$';

export default {
  forbidden: [
    forbid(
      'no-circles',
      'Files that need each other are one file or hide a third; circles of types alone are gone at run time.',
      {},
      { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    ),
    forbid(
      'no-circles-of-types',
      'A type that two files need of each other has a file of its own.',
      { path: folder('local-cloud/') },
      { circular: true },
    ),
    {
      ...forbid(
        'no-folder-circles',
        'Folders of the domain that need each other are one noun or hide a third, which belongs on a lower floor.',
        { path: '^functions/domain/' },
        { circular: true },
      ),
      scope: 'folder',
    },
    ...floorRules,
    forbid(
      'every-noun-has-a-floor',
      'A new folder of the domain is put on a floor, at the top of this file.',
      { path: '^functions/domain/', pathNot: folder(...nouns(floors.flat())) },
      {},
    ),
    forbid(
      'no-orphans',
      'Nothing imports it and it imports nothing: delete it or use it.',
      { orphan: true, pathNot: '\\.d\\.ts$' },
      {},
    ),
    forbid(
      'domain-stays-pure',
      'The domain imports the domain, zod and small pure libraries; no clock, network, environment or AWS.',
      { path: folder('functions/domain/') },
      {
        pathNot: [
          '^functions/domain/',
          'node_modules/zod/',
          'node_modules/@marcbachmann/cel-js/',
          'node_modules/libphonenumber-js/',
          'node_modules/liquidjs/',
          '^node:(crypto|zlib|url)$',
          '^(crypto|zlib|url)$',
        ],
      },
    ),
    forbid(
      'kinds-compile-no-rules',
      'Who lists the kinds of catalogue items would carry the CEL parser; rules are checked by the catalogue.',
      { path: '^functions/domain/.*-kind\\.ts$' },
      { path: folder('functions/domain/rule/'), reachable: true },
    ),
    forbid(
      'readers-do-not-decide',
      'Who lands a decision or hears what came of it takes what is on record: numbers worked out again would be those of another day.',
      { path: '/(land|capture|derive)-[a-z]+/handler\\.ts$' },
      { path: '^functions/domain/decision/(arbitrate|choice-probabilities|decide|replay)\\.ts$', reachable: true },
    ),
    forbid(
      'contracts-know-the-domain-only',
      'What others may read of us is said in the words of the domain.',
      { path: folder('functions/contracts/') },
      { path: outside, pathNot: folder('functions/(domain|contracts)/') },
    ),
    forbid(
      'ports-know-domain-and-contracts-only',
      'Ports say what use cases need of the world, in the words of the domain.',
      { path: folder('functions/ports/') },
      { path: outside, pathNot: folder('functions/(domain|contracts|ports)/') },
    ),
    forbid(
      'use-cases-ask-ports',
      'A use case says in which order ports are asked; which adapters they are is for the handler to say.',
      { path: folder('functions/use-cases/') },
      { path: outside, pathNot: folder('functions/(domain|contracts|ports|use-cases)/', plainRuntime) },
    ),
    forbid(
      'use-cases-are-handed-the-world',
      'No AWS SDK, no logger, no environment, no file in a use case: biome/no-environment.grit sees to process.env.',
      { path: folder('functions/use-cases/') },
      { path: ['node_modules/@aws', '^(node:)?(process|fs|os|http|https|net|child_process)(/|$)'] },
    ),
    forbid(
      'adapters-implement-ports',
      'Adapters know ports, contracts and the domain; never a handler, a use case or the cloud that runs them.',
      { path: folder('functions/adapters/') },
      { path: outside, pathNot: folder('functions/(domain|contracts|ports|adapters)/', plainRuntime) },
    ),
    forbid(
      'runtime-is-below-handlers',
      'What Lambda wants of us knows no table, no use case and no handler.',
      { path: folder('functions/runtime/') },
      { path: outside, pathNot: folder('functions/(domain|contracts|ports|runtime)/') },
    ),
    forbid(
      'handlers-stand-alone',
      'A handler is a bundle of its own: it imports no other handler and nothing outside functions/.',
      { path: '^functions/handlers/(?!wiring/)([^/]+)/([^/]+)/' },
      {
        path: outside,
        pathNot: folder(
          'functions/(domain|contracts|ports|adapters|runtime|use-cases)/',
          'functions/handlers/$1/$2/',
          'functions/handlers/wiring/',
        ),
      },
    ),
    forbid(
      'infra-knows-contracts-only',
      'The app reads contracts and workflows; it runs no code of functions, and knows no script.',
      { path: folder('infra/') },
      { path: outside, pathNot: folder('infra/', 'functions/contracts/', 'workflows/') },
    ),
    forbid(
      'workflows-know-contracts-only',
      'A workflow says what its states hand each other: in schemas, and in the words of contracts.',
      { path: folder('workflows/') },
      { path: outside, pathNot: folder('workflows/', 'functions/contracts/') },
    ),
    forbid(
      'scripts-run-no-handlers',
      'What a script has in common with a function is a use case; the function’s wiring is for Lambda.',
      { path: folder('scripts/') },
      { path: folder('functions/handlers/') },
    ),
    forbid(
      'local-cloud-knows-no-code',
      'The local cloud runs the template and its bundles, as AWS does: it imports none of their sources.',
      { path: folder('local-cloud/') },
      { path: folder('functions/', 'infra/(stacks|constructs|stages)/', 'scripts/', 'tests/') },
    ),
    forbid(
      'code-does-not-need-tests',
      'Tests, the simulation among them, are imported by tests.',
      { pathNot: folder('tests/') },
      { path: folder('tests/') },
    ),
    forbid('resolves', 'An import that leads nowhere.', {}, { couldNotResolve: true }),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'node', 'default', 'types'] },
    builtInModules: { add: ['node:sqlite'] },
  },
};
