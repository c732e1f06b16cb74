/**
 * `npm run bench [NAME...]`: whatever is missing is installed and built, then `counterweight bench` runs with the
 * arguments given here and its exit code is passed on.
 */
import { spawnSync } from 'node:child_process';
import { checkNode, ensureBuilt, ensureInstalled, root, say, StepFailed } from './setup.mjs';

try {
  checkNode();
  ensureInstalled();
  ensureBuilt();
} catch (error) {
  if (!(error instanceof StepFailed)) throw error;
  say(error.message);
  process.exit(error.exitCode);
}

const bench = spawnSync(process.execPath, ['bin/counterweight.js', 'bench', ...process.argv.slice(2)], {
  cwd: root,
  stdio: 'inherit',
});
process.exitCode = bench.status ?? 70;
