/** `holdfast evidence`: reads, checks and prunes what holdfast has recorded, beside it or without it. */
import { once } from 'node:events'
import { systemClock } from '../clock.ts'
import { faultText } from '../error.ts'
import { forget } from '../evidence/forget.ts'
import { type ReadFault, type ReadOptions, readEvidence } from '../evidence/read.ts'
import type { EvidenceRecord } from '../evidence/record.ts'
import { verifyEvidence } from '../evidence/verify.ts'
import { usageFault } from './check.ts'
import type { Command, CommandIo } from './command.ts'
import {
  diskFault,
  type EvidenceArguments,
  filterHelp,
  folderHelp,
  folderOptions,
  type OptionName,
  readEvidenceArguments,
  subjectOptions,
} from './evidence-options.ts'
import { recordFields, recordLines } from './evidence-text.ts'
import { textTable } from './text-table.ts'

const help = `Usage: holdfast evidence list [filters]
       holdfast evidence show ID
       holdfast evidence export [filters] > records.jsonl
       holdfast evidence verify
       holdfast evidence forget --user-id ID | --tenant-id NAME | --conversation-id ID

What holdfast has recorded (docs/evidence.md). All of it works beside a running holdfast, which never
waits for it.

  list      the newest records that fit, newest first (default limit 50)
  show      one record, every field
  export    every record that fits as JSON lines, oldest first: for jq, DuckDB and pandas
  verify    checks every byte
  forget    removes every record of a user, a tenant or a conversation, and says how many

${folderHelp}
  --json                print JSON

Filters:
${filterHelp}

Exit code 1: nothing fits (show), damage was found (verify), or the folder cannot be read or written.
2: the arguments cannot be used.
`

const filterOptions: readonly OptionName[] = [
  ...folderOptions,
  ...subjectOptions,
  ...(['from', 'to', 'kind', 'language', 'verdict', 'set', 'model', 'judge', 'detector'] as const),
  ...(['trace', 'limit'] as const),
]

interface Action {
  options: readonly OptionName[]
  /** Undefined: what is wrong with the words was said. */
  run(given: EvidenceArguments, io: CommandIo): Promise<number>
}

const actions: Readonly<Record<string, Action>> = {
  list: { options: filterOptions, run: list },
  show: { options: folderOptions, run: show },
  export: { options: filterOptions, run: exportLines },
  verify: { options: folderOptions, run: verify },
  forget: { options: [...folderOptions, ...subjectOptions], run: forgetSubjects },
}

const listDefault = 50

export const evidence: Command = {
  words: ['evidence'],
  summary: 'List, show, export, verify and forget what holdfast has recorded',
  help,
  async run(args, io) {
    const [name, ...rest] = args
    const action = name !== undefined && Object.hasOwn(actions, name) ? actions[name] : undefined
    if (action === undefined) {
      return refuse(io, ['say list, show, export, verify or forget'])
    }
    const read = readEvidenceArguments(rest, new Set(action.options), io.env)
    if (!read.ok) return refuse(io, read.faults.map(faultText))
    const takes = name === 'show' ? 1 : 0
    if (read.given.words.length !== takes) {
      return refuse(io, [takes === 1 ? 'show needs one ID' : `${name} takes no words`])
    }
    try {
      return await action.run(read.given, io)
    } catch (error) {
      io.stderr.write(`holdfast evidence: ${diskFault(read.given.folder, error)}\n`)
      return 1
    }
  },
}

function refuse(io: CommandIo, reasons: readonly string[]): number {
  for (const reason of reasons) io.stderr.write(`holdfast evidence: ${reason}\n`)
  io.stderr.write('holdfast evidence --help says what it takes.\n')
  return usageFault
}

/** Told as they are found; the records around them are read all the same. */
function faultsInto(io: CommandIo): { onFault: (fault: ReadFault) => void; code: () => number } {
  let unreadable = false
  return {
    onFault({ file, code }) {
      if (file === undefined) unreadable = true
      io.stderr.write(`holdfast evidence: ${file ?? 'the folder'}: ${code}\n`)
    },
    code: () => (unreadable ? 1 : 0),
  }
}

/** One reading for each key that a name may have. */
function readings({ folder, filter, subjects, limit }: EvidenceArguments): ReadOptions[] {
  const base = { folder, ...filter, limit }
  if (subjects.length === 0) return [base]
  return subjects.map(({ field, key }) => ({ ...base, [field]: key }))
}

async function list(given: EvidenceArguments, io: CommandIo): Promise<number> {
  const limit = given.limit ?? listDefault
  const { onFault, code } = faultsInto(io)
  const found: EvidenceRecord[] = []
  for (const options of readings({ ...given, limit })) {
    for await (const record of readEvidence({ ...options, order: 'newest_first', onFault })) {
      found.push(record)
    }
  }
  const shown = found.sort((a, b) => (a.at < b.at ? 1 : a.at > b.at ? -1 : 0)).slice(0, limit)
  if (given.json) for (const record of shown) io.stdout.write(`${JSON.stringify(record)}\n`)
  else io.stdout.write(shown.length === 0 ? 'No record fits.\n' : `${recordLines(shown)}\n`)
  return code()
}

async function show({ folder, words, json }: EvidenceArguments, io: CommandIo): Promise<number> {
  const { onFault } = faultsInto(io)
  for await (const record of readEvidence({ folder, id: words[0], limit: 1, onFault })) {
    io.stdout.write(json ? `${JSON.stringify(record)}\n` : `${recordFields(record)}\n`)
    return 0
  }
  io.stderr.write('holdfast evidence: there is no record of this id\n')
  return 1
}

async function exportLines(given: EvidenceArguments, io: CommandIo): Promise<number> {
  const { onFault, code } = faultsInto(io)
  for (const options of readings(given)) {
    for await (const record of readEvidence({ ...options, onFault })) {
      if (io.signal.aborted) return code()
      if (!io.stdout.write(`${JSON.stringify(record)}\n`)) await once(io.stdout, 'drain')
    }
  }
  return code()
}

async function verify({ folder, json }: EvidenceArguments, io: CommandIo): Promise<number> {
  const { segments, interrupted } = await verifyEvidence(folder)
  const faults = segments.flatMap((one) =>
    one.faults.map((fault) => ({ file: one.file, ...fault })),
  )
  const records = segments.reduce((sum, one) => sum + one.records, 0)
  if (json) io.stdout.write(`${JSON.stringify({ segments, interrupted })}\n`)
  else {
    const rows = segments.map((one) => [
      one.file,
      String(one.records),
      String(one.bytes),
      String(one.faults.length),
    ])
    if (rows.length > 0) {
      io.stdout.write(`${textTable([['segment', 'records', 'bytes', 'faults'], ...rows])}\n`)
    }
    io.stdout.write(`${records} records in ${segments.length} segments are intact.\n`)
    for (const { file, at, bytes, what } of faults) {
      io.stdout.write(`${file}: ${what} at byte ${at}, ${bytes} bytes\n`)
    }
    for (const { file, unfinished } of segments) {
      if (unfinished > 0) io.stdout.write(`${file}: ${unfinished} bytes are unfinished\n`)
    }
    if (interrupted.length > 0) {
      io.stdout.write(
        'A forget was interrupted, or is at work: what it names may still be there.\n',
      )
    }
  }
  return faults.length > 0 || interrupted.length > 0 ? 1 : 0
}

async function forgetSubjects(given: EvidenceArguments, io: CommandIo): Promise<number> {
  const { folder, subjects, json } = given
  if (subjects.length === 0) return refuse(io, ['name a user, a tenant or a conversation'])
  const result = await forget({ folder, subjects, clock: systemClock })
  if (!result.ok) {
    io.stderr.write('holdfast evidence: another forget is at work in this folder\n')
    return 1
  }
  const { records, segments, unanswered } = result
  if (json) io.stdout.write(`${JSON.stringify({ records, segments, unanswered })}\n`)
  else {
    io.stdout.write(`${records} records are forgotten, in ${segments} segments.\n`)
    if (unanswered > 0) {
      io.stdout.write(
        `${unanswered} open segments were sealed here: nobody writes to them, or it could not answer.\n`,
      )
    }
  }
  return 0
}
