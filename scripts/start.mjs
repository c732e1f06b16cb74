/**
 * `npm start`: whatever is missing is installed and built, then `counterweight demo` runs with the arguments
 * given here and its exit code is passed on.
 */
import { spawn } from 'node:child_process';
import { constants } from 'node:os';
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

const demo = spawn(process.execPath, ['bin/counterweight.js', 'demo', ...process.argv.slice(2)], {
  cwd: root,
  stdio: 'inherit',
});
// A terminal's Ctrl-C reaches both processes; a signal sent to this one alone must be handed on.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => demo.kill(signal));
demo.on('exit', (code, signal) => process.exit(code ?? 128 + constants.signals[signal]));
