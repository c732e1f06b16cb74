/**
 * The built command many times over in one process: `run.ts` sends words and gets what was printed. Starting Node and
 * loading the command takes longer than most commands do, and there are hundreds of them in the tests. Those that are
 * about the process itself, and all that stand in the documents, are run in a process of their own.
 */
import process from 'node:process';

const MAIN = new URL('../../dist/bin/main.js', import.meta.url);

/** Each run listens for a full disk. */
for (const stream of [process.stdout, process.stderr]) stream.setMaxListeners(0);
process.on('disconnect', () => process.exit());

let runs = 0;

process.on('message', async (args) => {
  const printed = { stdout: [], stderr: [] };
  const writes = { stdout: process.stdout.write, stderr: process.stderr.write };
  for (const name of ['stdout', 'stderr']) {
    process[name].write = (chunk, encoding, done) => {
      printed[name].push(Buffer.from(chunk));
      const callback = typeof encoding === 'function' ? encoding : done;
      if (callback !== undefined) process.nextTick(callback);
      return true;
    };
  }
  process.argv = [process.argv[0], 'counterweight', ...args];
  process.exitCode = undefined;
  try {
    // Another address is another module, and evaluated again; what it imports is not.
    runs += 1;
    await import(`${MAIN.href}?run=${runs}`);
  } finally {
    for (const name of ['stdout', 'stderr']) process[name].write = writes[name];
  }
  const [stdout, stderr] = [printed.stdout, printed.stderr].map((chunks) => Buffer.concat(chunks).toString());
  process.send({ code: process.exitCode ?? 0, stdout, stderr });
});
