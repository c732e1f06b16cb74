/** `fix`: mistakes are named before anything is sent or listened to. What goes well is in test/gateway. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { run, runAll } from './run.js';

const folder = mkdtempSync(join(tmpdir(), 'counterweight-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const file = (name: string, lines: readonly string[]): string => {
  writeFileSync(join(folder, name), `${lines.join('\n')}\n`);
  return join(folder, name);
};
const at = (...args: readonly string[]): readonly string[] => ['fix', ...args, '--data', folder];

test('mistakes', { timeout: 60_000 }, async () => {
  await run(['account', 'open', 'a', '--cash', '1m', '--on', '2025-09-05', '--data', folder]);
  const good = file('good.csv', ['id,security,side,shares,limit', 'o1,688256,buy,200,1300']);
  const bad = file('bad.csv', [
    'id,action,order,security,side,shares,limit',
    'o1,,,688256,buy,-5,NaN',
    'o1,cancel,,,,,',
    'o2,swap,,688256,hold,200,1300.001',
  ]);
  const ended = await runAll({
    noAccount: at('serve', '--client', 'DESK'),
    unknownAccount: at('serve', '--client', 'DESK=b', '--port', '0'),
    reachable: at('serve', '--client', 'DESK=a', '--host', '0.0.0.0'),
    names: at('send', good, '--as', 'DE SK', '--port', '99999', '--heartbeat', '0'),
    rows: at('send', bad, '--as', 'DESK'),
    nobody: at('send', good, '--as', 'DESK', '--port', '1', '--wait', '0.3'),
  });
  const expected: Readonly<Record<keyof typeof ended, readonly [number, ...string[]]>> = {
    noAccount: [2, 'NAME=ACCOUNT'],
    unknownAccount: [3, 'there is no account b'],
    reachable: [2, '--token-file'],
    names: [2, '--as', '--port', '--heartbeat', '3 problems'],
    rows: [2, 'shares', 'limit', 'swap', 'hold', 'bad.csv'],
    nobody: [4, 'ECONNREFUSED', 'what was handed over is not sent twice'],
  };
  for (const [name, { code, stderr }] of Object.entries(ended)) {
    const [exit, ...words] = expected[name as keyof typeof ended];
    expect([name, code]).toEqual([name, exit]);
    for (const word of words) expect(stderr).toContain(word);
  }
  const { stdout } = await run(at('show', '--lang', 'zh'));
  expect(stdout).toContain('下一接收序号');
  expect(stdout).toContain('没有被拒绝的消息');
  expect((await run(['fix', 'show', '--data', join(folder, 'none')])).code).toBe(4);
});
