/**
 * Grading: each rater sees every transcript once, blinded and in an order of its own. What an earlier
 * part of the test has graded with the same instrument is not graded again; what failed is.
 */
import type { Clock } from '../clock.ts'
import type { Probe } from '../probe/probe.ts'
import { raterOrder, type Scrub } from './blind.ts'
import type { GradeEntry, Journal, TranscriptEntry } from './journal.ts'
import type { Rater, Rating } from './raters.ts'

export interface GradeDeps {
  clock: Clock
  signal: AbortSignal
  journal: Journal
  /** Of each rater. */
  concurrency: number
  scrub: Scrub
  progress: (done: number, total: number) => void
}

export interface Grades {
  entries: readonly GradeEntry[]
  resumed: number
  /** Transcripts in which something that would have told was taken out. */
  scrubbed: number
}

const gradeKey = (transcript: string, rater: string, version: string): string =>
  JSON.stringify([transcript, rater, version])

export async function gradeAll(
  stress: { id: string; seed: number; tasks: readonly Probe[] },
  transcripts: readonly TranscriptEntry[],
  raters: readonly Rater[],
  deps: GradeDeps,
): Promise<Grades> {
  const tasks = new Map(stress.tasks.map((task) => [task.id, task]))
  const known = new Map(
    deps.journal.entries.flatMap((entry) =>
      entry.kind === 'grade' && (entry.grade !== null || isFinal(entry.reason))
        ? [[gradeKey(entry.transcript, entry.rater, entry.version), entry] as const]
        : [],
    ),
  )
  const blinded = transcripts.flatMap((transcript) => {
    const task = tasks.get(transcript.task)
    const { text, places } = deps.scrub(transcript.answer)
    return task === undefined ? [] : [{ id: transcript.id, task, answer: text, places }]
  })
  const entries: GradeEntry[] = []
  let resumed = 0
  const total = blinded.length * raters.length
  const one = async (rater: Rater): Promise<void> => {
    const waiting = raterOrder(blinded, stress.seed, rater.name).filter(({ id }) => {
      const found = known.get(gradeKey(id, rater.name, rater.version))
      if (found === undefined) return true
      entries.push(found)
      resumed++
      return false
    })
    let next = 0
    const worker = async (): Promise<void> => {
      while (!deps.signal.aborted) {
        const item = waiting[next++]
        if (item === undefined) return
        const rating = await rater.rate(item.task, item.answer)
        // What the end of the test cut off is no fault of the judge.
        if (deps.signal.aborted && rating.kind === 'error') return
        const entry = entryOf(rating, {
          stress: stress.id,
          at: new Date(deps.clock.now()).toISOString(),
          transcript: item.id,
          rater: rater.name,
          version: rater.version,
        })
        deps.journal.append(entry)
        entries.push(entry)
        deps.progress(entries.length, total)
      }
    }
    await Promise.all(Array.from({ length: deps.concurrency }, worker))
  }
  await Promise.all(raters.map(one))
  return { entries, resumed, scrubbed: blinded.filter(({ places }) => places > 0).length }
}

/** Reasons that asking again would not change. */
const finalReasons: ReadonlySet<string> = new Set([
  'not_applicable',
  'unclear',
  'no_opinion',
  'nothing_to_grade',
])
export const isFinal = (reason: string | null): boolean =>
  reason !== null && finalReasons.has(reason)

function entryOf(
  rating: Rating,
  common: Pick<GradeEntry, 'stress' | 'at' | 'transcript' | 'rater' | 'version'>,
): GradeEntry {
  const { spent } = rating
  if (rating.kind === 'error') {
    return { kind: 'grade', ...common, spent, grade: null, reason: rating.reason }
  }
  const { scored } = rating
  return typeof scored === 'number'
    ? { kind: 'grade', ...common, spent, grade: scored, reason: null }
    : { kind: 'grade', ...common, spent, grade: null, reason: scored }
}
