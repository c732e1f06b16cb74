/** Threads that may be ended at any time. */
import { setFlagsFromString } from 'node:v8';
import { Worker } from 'node:worker_threads';

/**
 * A thread that optimises its code itself instead of in the background. Node 20 forgets a thread that ends before it stops the
 * thread's background compiler, and one that is still at work then aborts the whole process (`node_platform.cc`, assertion
 * `data.first != nullptr`): on a busy machine in one of two hundred endings. V8 reads the flag when a thread begins, so
 * those that run already, the main one among them, are as they were.
 */
export function startThread(file: URL): Worker {
  setFlagsFromString('--no-concurrent-recompilation');
  return new Worker(file);
}
