/**
 * The file of a stress test: JSON lines of transcripts, failures and grades, each whole or not there.
 * A file that is there already is taken up again: what stands in it is neither asked nor graded once
 * more, and what was spent counts. A file of another test is refused. It holds answers of models, so
 * only its owner may read it.
 */

import { existsSync, readFileSync, truncateSync } from 'node:fs'
import { type Static, Type } from 'typebox'
import { Check } from 'typebox/value'
import { parseJsonText } from '../decode/untrusted-json.ts'
import { codeOf } from '../error.ts'
import { openAppended } from '../probe/appended-file.ts'
import { type Amounts, budgetUnits, noSpend } from '../spend/limits.ts'

const closed = { additionalProperties: false } as const
const spendSchema = Type.Object(
  { calls: Type.Number(), tokens: Type.Number(), usd: Type.Number() },
  closed,
)
const common = { stress: Type.String(), at: Type.String(), spent: spendSchema }

const transcriptSchema = Type.Object(
  {
    kind: Type.Literal('transcript'),
    ...common,
    id: Type.String(),
    target: Type.String(),
    servedModel: Type.Union([Type.String(), Type.Null()]),
    scaffold: Type.String(),
    task: Type.String(),
    answer: Type.String(),
    exchanges: Type.Integer(),
  },
  closed,
)
const failedSchema = Type.Object(
  {
    kind: Type.Literal('failed'),
    ...common,
    target: Type.String(),
    scaffold: Type.String(),
    task: Type.String(),
    reason: Type.String(),
  },
  closed,
)
const gradeSchema = Type.Object(
  {
    kind: Type.Literal('grade'),
    ...common,
    transcript: Type.String(),
    rater: Type.String(),
    version: Type.String(),
    /** Null: none on this scale, and `reason` says why. */
    grade: Type.Union([Type.Literal(0), Type.Literal(1), Type.Literal(2), Type.Null()]),
    reason: Type.Union([Type.String(), Type.Null()]),
  },
  closed,
)
const entrySchema = Type.Union([transcriptSchema, failedSchema, gradeSchema])

export type TranscriptEntry = Static<typeof transcriptSchema>
export type FailedEntry = Static<typeof failedSchema>
export type GradeEntry = Static<typeof gradeSchema>
export type Entry = Static<typeof entrySchema>

export interface Journal {
  /** Of an earlier part of the test, in the order of the file. */
  readonly entries: readonly Entry[]
  append(entry: Entry): void
  close(): void
}

export type OpenJournal = { ok: true; journal: Journal } | { ok: false; reason: string }

const fileBytesMax = 1_073_741_824

/** Kept nowhere: a test without a file. */
export const noJournal: Journal = { entries: [], append() {}, close() {} }

export function openJournal(path: string, stress: string): OpenJournal {
  try {
    const read = existsSync(path) ? readJournal(path, stress) : { entries: [], wholeBytes: 0 }
    if (typeof read === 'string') return { ok: false, reason: read }
    if (existsSync(path)) truncateSync(path, read.wholeBytes)
    const file = openAppended(path, 0o600)
    return {
      ok: true,
      journal: {
        entries: read.entries,
        append: (entry) => file.append(`${JSON.stringify(entry)}\n`),
        close: () => file.close(),
      },
    }
  } catch (error) {
    return { ok: false, reason: `cannot be used (${codeOf(error) ?? 'unknown error'})` }
  }
}

function readJournal(
  path: string,
  stress: string,
): { entries: Entry[]; wholeBytes: number } | string {
  const bytes = readFileSync(path)
  if (bytes.length > fileBytesMax) return `is over ${fileBytesMax} bytes`
  const wholeBytes = bytes.lastIndexOf(0x0a) + 1
  const entries: Entry[] = []
  for (const [index, row] of bytes.subarray(0, wholeBytes).toString().split('\n').entries()) {
    if (row === '') continue
    const parsed = parseJsonText(row)
    if (!parsed.ok || !Check(entrySchema, parsed.value)) {
      return `line ${index + 1} is not of a stress test`
    }
    if (parsed.value.stress !== stress) {
      return `line ${index + 1} is of test ${parsed.value.stress}, and this one is ${stress}: targets, scaffolds, suite, tasks or seed differ`
    }
    entries.push(parsed.value)
  }
  return { entries, wholeBytes }
}

export const spentIn = (entries: readonly Entry[]): Amounts => {
  const sum = { ...noSpend }
  for (const { spent } of entries) for (const unit of budgetUnits) sum[unit] += spent[unit]
  return sum
}
