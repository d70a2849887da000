/** `holdfast claims`: holds claims against the profile, and says how far the evidence is from each. */
import { parseArgs } from 'node:util'
import { checkClaims } from '../claims/check-claims.ts'
import type { ClaimResult } from '../claims/claim-result.ts'
import { faultText, messageOf } from '../error.ts'
import { profileOf } from '../report/build-report.ts'
import { between, figure } from '../report/words.ts'
import type { Command, CommandIo } from './command.ts'
import { inputHelp, inputOptions, readInputs, typed } from './evidence-inputs.ts'

const notSupported = 1
const usageFault = 2

const help = `Usage: holdfast claims FILE [options] [--json]

Reads claims from a YAML file (docs/claims.md) and says of each: the level that its evidence reaches, the
inferential distance from there to the claim (0 to 3), whether it is supported, not supported or
undecided with the interval that says so, and what would close it.

${inputHelp}
  --json                print one JSON object {claims: [...]}

Exit codes: 0 no claim is refuted; 1 one is not supported; 2 an option or a file has to be changed.
`

const read = (args: readonly string[]) =>
  parseArgs({
    args: [...args],
    options: { ...inputOptions, json: { type: 'boolean' } },
    allowPositionals: true,
  })

export const claims: Command = {
  words: ['claims'],
  summary: 'Hold claims against the evidence: level, distance, supported or not',
  help,
  async run(args: readonly string[], io: CommandIo): Promise<number> {
    const refuse = (lines: readonly string[]): number => {
      for (const line of lines) io.stderr.write(`holdfast claims: ${line}\n`)
      return usageFault
    }
    let parsed: ReturnType<typeof read>
    try {
      parsed = read(args)
    } catch (error) {
      return refuse([messageOf(error)])
    }
    const { values, positionals } = parsed
    const [file, ...further] = positionals
    if (file === undefined || further.length > 0) return refuse(['one file of claims is needed'])
    const command = `holdfast claims ${typed(args, [])}`
    const inputs = await readInputs({ ...values, claims: file }, command, io)
    if (!inputs.ok) return refuse(inputs.faults.map(faultText))
    const results = checkClaims(inputs.input.claims, profileOf(inputs.input))
    io.stdout.write(
      values.json === true
        ? `${JSON.stringify({ claims: results }, undefined, 1)}\n`
        : results.map(readable).join('\n'),
    )
    return results.some(({ outcome }) => outcome === 'not_supported') ? notSupported : 0
  },
}

const words = { supported: 'supported', not_supported: 'NOT SUPPORTED', undecided: 'undecided' }

const readable = (result: ClaimResult): string => {
  const { claim, statement, bound, claimed_level, evidenced_level, distance, interval } = result
  const lines = [
    `${words[result.outcome]}: ${statement} (${claim})`,
    `  bound ${bound}; claimed for ${claimed_level}, evidence at ${evidenced_level ?? 'no level'}, distance ${distance ?? 'not known'}`,
    `  ${result.why}`,
    ...(interval === null
      ? []
      : [
          `  ${figure(interval.est, interval.unit)} (${between(interval, interval.unit)}), row ${result.row ?? ''}`,
        ]),
    ...result.closes.map((step) => `  - ${step}`),
  ]
  return `${lines.join('\n')}\n`
}
