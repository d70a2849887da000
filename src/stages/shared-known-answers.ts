/**
 * The watch of a paid judge whose known answers all replicas ask together: what each of them was told
 * is one list in the shared store, and the standing of the judge is what that list says. So a fleet
 * proves its judge once, and a replica that starts finds it proven. Between two looks at the store, and
 * while it is away, a replica goes by the list that it saw last and by its own results.
 */
import { type Clock, nowAndThen } from '../clock.ts'
import { fieldsOf, parseJson } from '../drift/stored-values.ts'
import { type VerdictClass, verdictClasses } from '../exchange/verdict.ts'
import { knownAnswers, wrongKeyAnswers } from '../judge/known-answers/items.ts'
import type { KnownAnswer } from '../judge/known-answers/known-answer.ts'
import {
  createKnownAnswerWatch,
  type KnownAnswerWatch,
  type WatchOptions,
} from '../judge/known-answers.ts'
import type { Store, StoreError } from '../state/store.ts'

export interface SharedKnownAnswersOptions {
  store: Pick<Store, 'transact' | 'isUp'>
  /** Of the instrument: another model or prompt is another judge. */
  key: string
  watch: WatchOptions
  onError: (error: StoreError) => void
  /** What lies there is not what a replica writes. */
  onBadEntry: () => void
  clock: Pick<Clock, 'monotonic'>
}

export interface SharedKnownAnswers extends KnownAnswerWatch {
  /** To be called again and again; looks at the store now and then, one look at a time. */
  step(): Promise<void>
}

interface Result {
  item: KnownAnswer
  verdict: VerdictClass
  /** Epoch milliseconds. */
  at: number
}

const version = 1
const lookMs = 60_000
/** Without a result for so long the judge has to prove itself again. */
const keptMs = 2 * 86_400_000
const items = new Map([...knownAnswers, ...wrongKeyAnswers].map((item) => [item.id, item]))
const languagesMax = new Set(knownAnswers.map(({ language }) => language)).size

export function createSharedKnownAnswers(options: SharedKnownAnswersOptions): SharedKnownAnswers {
  const { store, key, onError, onBadEntry, clock } = options
  /** Every window is full of the newest of its own, with the wrong keys between them. */
  const resultsMax = 2 * languagesMax * options.watch.languageWindowMax
  let watch = createKnownAnswerWatch(options.watch)
  let untold: Result[] = []

  const look = async (): Promise<void> => {
    const told = untold
    const looked = await store.transact<Result[] | undefined>(
      { values: [key], parts: [] },
      ({ values }) => {
        const text = values.get(key)
        const known = text === undefined ? [] : readResults(text)
        const all = [...(known ?? []), ...told].sort((a, b) => a.at - b.at).slice(-resultsMax)
        if (told.length === 0) return { result: known }
        return {
          result: known === undefined ? undefined : all,
          writes: { set: [{ key, value: resultsText(all), ttlMs: keptMs }] },
        }
      },
    )
    if (!looked.ok) return onError(looked.error)
    untold = untold.slice(told.length)
    if (looked.value === undefined) return onBadEntry()
    watch = createKnownAnswerWatch(options.watch)
    for (const { item, verdict, at } of [...looked.value, ...untold])
      watch.record(item, verdict, at)
  }
  return {
    judge: watch.judge,
    record(item, verdict, at) {
      if (verdict !== 'error') untold = [...untold, { item, verdict, at }].slice(-resultsMax)
      return watch.record(item, verdict, at)
    },
    standing: () => watch.standing(),
    standingIn: (language) => watch.standingIn(language),
    lastSuccessAt: () => watch.lastSuccessAt(),
    step: nowAndThen(lookMs, clock, look, () => store.isUp()),
  }
}

const resultsText = (results: readonly Result[]): string =>
  JSON.stringify({
    version,
    results: results.map(({ item, verdict, at }) => [item.id, verdict, at]),
  })

/** Undefined: not of the form. Items that another version of holdfast asks are left out. */
function readResults(text: string): Result[] | undefined {
  const fields = fieldsOf(parseJson(text))
  const list = fields?.get('results')
  if (fields?.get('version') !== version || !Array.isArray(list)) return undefined
  const results: Result[] = []
  for (const entry of list as unknown[]) {
    const [id, word, at] = Array.isArray(entry) ? (entry as unknown[]) : []
    const verdict = verdictClasses.find((one) => one === word)
    if (typeof id !== 'string' || verdict === undefined || !Number.isSafeInteger(at)) {
      return undefined
    }
    const item = items.get(id)
    if (item !== undefined) results.push({ item, verdict, at: Number(at) })
  }
  return results
}
