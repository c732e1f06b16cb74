/**
 * `npm test`: build, types, lint, format and every vitest test; the last line is `N passed, N failed`.
 * With names (`npm test -- NAME...`) only the vitest files whose path contains one of them run. A stage that
 * fails does not stop the later ones.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { checkNode, ensureBuilt, ensureInstalled, root, run, say, StepFailed } from './setup.mjs';

const filters = process.argv.slice(2);
const total = { passed: 0, failed: 0 };

if (stage('install', prepare)) {
  stage('build', () => ensureBuilt());
  if (filters.length === 0) {
    stage('types', () => tool('typescript/bin/tsc', ['-b']));
    stage('lint', () => tool('oxlint/bin/oxlint', ['--deny-warnings']));
    stage('format', () => tool('prettier/bin/prettier.cjs', ['--check', '.']));
  }
  add(vitest());
}
process.stdout.write(`${total.passed} passed, ${total.failed} failed\n`);
process.exitCode = total.failed > 0 ? 1 : 0;

function prepare() {
  checkNode();
  ensureInstalled();
}

/** Runs one step as one test. Whether it passed. */
function stage(name, step) {
  const started = performance.now();
  let problem;
  try {
    step();
  } catch (error) {
    problem = error instanceof StepFailed ? error.message : error.stack;
  }
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  if (problem !== undefined) say(problem);
  say(`${problem === undefined ? 'ok    ' : 'FAILED'} ${name} (${seconds} s)`);
  add(problem === undefined ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 });
  return problem === undefined;
}

function tool(bin, args) {
  const { ok, output } = run(process.execPath, [join('node_modules', bin), ...args]);
  if (!ok) throw new StepFailed(output, 1);
}

function vitest() {
  const folder = mkdtempSync(join(tmpdir(), 'counterweight-test-'));
  const report = join(folder, 'vitest.json');
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
  const { status } = spawnSync(
    process.execPath,
    [join('node_modules', 'vitest', 'vitest.mjs'), 'run', ...reporters, ...filters],
    { cwd: root, stdio: 'inherit' },
  );
  const counts = countsIn(report);
  rmSync(folder, { recursive: true, force: true });
  if (counts === undefined) {
    say('vitest left no report: it crashed or found no test file');
    return { passed: 0, failed: 1 };
  }
  // Errors outside any test, and a run without a test, must not look like success.
  if (counts.failed === 0 && (status !== 0 || counts.passed === 0)) {
    say(counts.passed === 0 ? 'no vitest test was executed' : `vitest ended with status ${status}`);
    return { ...counts, failed: 1 };
  }
  return counts;
}

function countsIn(report) {
  try {
    const { numPassedTests, numFailedTests, testResults } = JSON.parse(readFileSync(report, 'utf8'));
    // A file that could not be loaded has failed although none of its tests has.
    const broken = testResults.filter(
      (file) => file.status === 'failed' && file.assertionResults.every((test) => test.status !== 'failed'),
    );
    return { passed: numPassedTests, failed: numFailedTests + broken.length };
  } catch {
    return undefined;
  }
}

function add({ passed, failed }) {
  total.passed += passed;
  total.failed += failed;
}
