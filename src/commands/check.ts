/** `holdfast check`: the configuration in force, or everything that is wrong with it. Starts nothing. */
import { optionsText } from '../config/describe.ts'
import { effectiveConfig, effectiveYaml } from '../config/effective.ts'
import { loadConfig } from '../config/load.ts'
import { type Fault, faultText } from '../error.ts'
import type { Command, CommandIo } from './command.ts'

/** Exit code of everything that the operator has to change. */
export const usageFault = 2

export function writeFaults(faults: readonly Fault[], io: CommandIo): void {
  io.stderr.write(
    `The configuration has ${faults.length} ${faults.length === 1 ? 'fault' : 'faults'}:\n`,
  )
  for (const fault of faults) io.stderr.write(`  ${faultText(fault)}\n`)
}

export const check: Command = {
  words: ['check'],
  summary: 'Check a configuration and print it as it would be in force',
  help: `Usage: holdfast check [--json] [options]
       holdfast check --suites PATH... [--json]

Reads flags, HOLDFAST_* variables and the file as \`holdfast serve\` does, starts nothing, and prints
the configuration in force. With faults it lists them all and ends with 2.

With --suites it checks probe suites instead, and names the file, line and reason of every fault.

Options:
  --json
      Print one object {ok, config, warnings} or {ok, faults}; with --suites {ok, suites} or
      {ok, faults}.
  --suites PATH...
      Folders of suites, folders of one suite, or files; without a path those that come with
      holdfast.
${optionsText()}`,
  async run(args, io) {
    const asJson = args.includes('--json')
    const suites = suitePaths(args)
    if (suites !== undefined) {
      const { checkSuites } = await import('./check-suites.ts')
      return checkSuites(suites, asJson, io)
    }
    const result = loadConfig({ args: args.filter((arg) => arg !== '--json'), env: io.env })
    if (asJson) {
      const told = result.ok ? { ...result, config: effectiveConfig(result.config) } : result
      io.stdout.write(`${JSON.stringify(told)}\n`)
      return result.ok ? 0 : usageFault
    }
    if (!result.ok) {
      writeFaults(result.faults, io)
      return usageFault
    }
    for (const warning of result.warnings) io.stderr.write(`warning: ${faultText(warning)}\n`)
    io.stdout.write(effectiveYaml(result.config))
    return 0
  },
}

/** Undefined: not about suites. Every word behind `--suites` is a path. */
function suitePaths(args: readonly string[]): string[] | undefined {
  const words = args.filter((arg) => arg !== '--json')
  return words[0] === '--suites' ? words.filter((word) => word !== '--suites') : undefined
}
