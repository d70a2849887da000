/** Runs a command with its own streams: exit code, what it printed, and what it complained of. */
import { PassThrough } from 'node:stream'
import type { Command } from '../../src/commands/command.ts'

export async function runCommand(
  command: Command,
  args: readonly string[],
  env: NodeJS.ProcessEnv = {},
): Promise<{ code: number; out: string; err: string }> {
  const stdout = new PassThrough()
  const stderr = new PassThrough()
  const told = { out: '', err: '' }
  stdout.on('data', (bytes: Buffer) => (told.out += bytes.toString()))
  stderr.on('data', (bytes: Buffer) => (told.err += bytes.toString()))
  const { signal } = new AbortController()
  const code = await command.run(args, { stdout, stderr, env, signal })
  await new Promise(setImmediate)
  return { code, ...told }
}
