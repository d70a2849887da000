/** `holdfast baseline`: pins, lists, shows, chooses and drops baselines of a running holdfast. */
import { parseArgs } from 'node:util'
import { codeOf, messageOf } from '../error.ts'
import { adminDefault, askAdmin, readAdminAddress } from './admin-client.ts'
import { usageFault, writeFaults } from './check.ts'
import type { Command, CommandIo } from './command.ts'
import { textTable } from './text-table.ts'

const usage = `Usage: holdfast baseline pin NAME [--from TIME] [--to TIME]
       holdfast baseline list | show NAME | use NAME | drop NAME

A baseline is what the deployment did in a period, pinned under a name and never changed: its
counts, their size, and a hash. Detectors learn their nulls from the one in force, as one-sided limits
(docs/drift.md). The newest pin is in force until another is used.

  --from TIME         as 2026-01-31T00:00:00Z (default: 7 days back, not beyond a change of the model)
  --to TIME           (default: the last folded tick)
  --admin URL         admin port of the running holdfast (default ${adminDefault})
  --token-file FILE   what its operator.token_file names; or HOLDFAST_OPERATOR_TOKEN_FILE
  --json              print the answer as JSON

Exit code 1: it was refused, and why is said. 2: the arguments cannot be used.
`

const actions = ['pin', 'list', 'show', 'use', 'drop'] as const
type Action = (typeof actions)[number]

const isAction = (word: string | undefined): word is Action =>
  actions.some((action) => action === word)

const read = (args: readonly string[]) => {
  try {
    return parseArgs({
      args: [...args],
      options: {
        from: { type: 'string' },
        to: { type: 'string' },
        admin: { type: 'string' },
        'token-file': { type: 'string' },
        json: { type: 'boolean' },
      },
      allowPositionals: true,
    })
  } catch (error) {
    if (codeOf(error)?.startsWith('ERR_PARSE_ARGS') === true) return messageOf(error)
    throw error
  }
}

export const baseline: Command = {
  words: ['baseline'],
  summary: 'pin, list, show, use or drop baselines of a running holdfast',
  help: usage,
  async run(args: readonly string[], io: CommandIo): Promise<number> {
    const parsed = read(args)
    if (typeof parsed === 'string') return refuse(io, parsed)
    const { values, positionals } = parsed
    const [action, name, ...rest] = positionals
    if (!isAction(action) || rest.length > 0) return refuse(io, 'say pin, list, show, use or drop')
    if ((name === undefined) !== (action === 'list')) {
      return refuse(io, action === 'list' ? 'list takes no name' : `${action} needs one NAME`)
    }
    const access = readAdminAddress(values, io.env)
    if (!access.ok) {
      writeFaults(access.faults, io)
      return usageFault
    }
    const path = `/baselines/${encodeURIComponent(name ?? '')}`
    const { from, to } = values
    const answer = await (() => {
      switch (action) {
        case 'pin':
          return askAdmin(access.address, 'POST', '/baselines', { name, from, to })
        case 'list':
          return askAdmin(access.address, 'GET', '/baselines')
        case 'show':
          return askAdmin(access.address, 'GET', path)
        case 'use':
          return askAdmin(access.address, 'POST', `${path}/use`)
        case 'drop':
          return askAdmin(access.address, 'DELETE', path)
      }
    })()
    if (!answer.ok) {
      io.stderr.write(`holdfast baseline: ${answer.reason}\n`)
      return 1
    }
    io.stdout.write(
      values.json === true ? `${JSON.stringify(answer.body)}\n` : readable(action, answer.body),
    )
    return 0
  },
}

function refuse(io: CommandIo, why: string): number {
  io.stderr.write(`holdfast baseline: ${why}\n\n${usage}`)
  return usageFault
}

const field = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null ? new Map(Object.entries(value)).get(name) : undefined
const word = (value: unknown): string =>
  typeof value === 'string' || typeof value === 'number' ? String(value) : '-'
const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [])

function readable(action: Action, body: unknown): string {
  if (action === 'list') {
    const rows = listOf(field(body, 'baselines'))
    if (rows.length === 0) return 'No baseline is pinned.\n'
    return rows
      .map(
        (row) =>
          `${word(field(row, 'name'))}${field(row, 'active') === true ? '  in force' : ''}\n`,
      )
      .join('')
  }
  if (action === 'use') return `${word(field(body, 'active'))} is in force.\n`
  if (action === 'drop') return `${word(field(body, 'dropped'))} is dropped.\n`
  const strata = listOf(field(body, 'strata')).map((row) => {
    const judged = Number(field(row, 'judged'))
    const refused = Number(field(row, 'refused'))
    const rate = judged > 0 ? `${((100 * refused) / judged).toFixed(1)} %` : '-'
    return [word(field(row, 'language')), word(field(row, 'set')), String(judged), rate]
  })
  const facts = ['name', 'hash', 'from', 'to', 'ticks_with_data', 'judge_version', 'model'].map(
    (name) => [name.replaceAll('_', ' '), word(field(body, name))],
  )
  return `${textTable(facts)}\n\n${textTable([['language', 'set', 'judged', 'refused'], ...strata])}\n`
}
