import { existsSync, readFileSync, symlinkSync } from 'node:fs';

// npm 10, which Node 20 brings, deletes node_modules/.bin/node when it leaves out the packages of other platforms, which
// have a command of that name too. npm 11 keeps it, and then there is nothing to do here. This runs on the host's Node.
const link = 'node_modules/.bin/node';
const { optionalDependencies } = JSON.parse(readFileSync('package.json', 'utf8'));
const installed = Object.keys(optionalDependencies).find((name) => existsSync(`node_modules/${name}/bin/node`));
if (installed !== undefined && !existsSync(link)) symlinkSync(`../${installed}/bin/node`, link);
