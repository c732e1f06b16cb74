/** What every command has: options for its output, examples in its help, and a context made of the options given. */
import type { Command } from 'commander';
import { contextOf, type Context, type GlobalOptions } from '../context.js';

/** Output options, the same on every command. */
export function withOutput(command: Command): Command {
  return command
    .option('--json', 'one JSON document on standard output and nothing else')
    .option('--csv [file]', 'CSV with exact values, on standard output or into a file')
    .option('--xlsx <file>', 'Excel workbook with exact values')
    .option('--lang <language>', 'en or zh (default: from the locale)')
    .option('--data <folder>', 'folder of imported data (default: .counterweight)');
}

export const examples = (...lines: readonly string[]): string =>
  `\nExamples:\n${lines.map((line) => `  counterweight ${line}`).join('\n')}\n`;

export const contextFrom = (command: Command): Context => contextOf(command.opts<GlobalOptions>());

export function withReview(command: Command): Command {
  return withOutput(command)
    .requiredOption('--effective <date>', 'effective date of the review, YYYY-MM-DD')
    .option('--known-at <date>', 'use only what was known on that day (default: the swap close)');
}
