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

Reads flags, HOLDFAST_* variables and the file as \`holdfast serve\` does, starts nothing, and prints
the configuration in force. With faults it lists them all and ends with 2.

Options:
  --json
      Print one object {ok, config, warnings} or {ok, faults}.
${optionsText()}`,
  async run(args, io) {
    const asJson = args.includes('--json')
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
