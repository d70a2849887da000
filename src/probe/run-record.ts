/**
 * The file of a probe run (`holdfast probe run --out`) as what runs are compared by and profiles are
 * made of: one answer for each probe and condition. Strict, line by line, and bounded by what is kept of a line. A last
 * line that a crash has torn is left out; a question asked again after an error counts once.
 */
import { createReadStream } from 'node:fs'
import { arrayAt, countAt, parseJsonText, stringAt, valueAt } from '../decode/untrusted-json.ts'
import { codeOf } from '../error.ts'
import { type Category, categories } from './category.ts'
import { type Score, scores } from './scorers/scorer.ts'
import { type ProbeSet, probeSets } from './scoring.ts'

/** The last exchange of a delivery. */
export interface RunAnswer {
  probe: string
  category: Category
  set: ProbeSet
  language: string
  condition: string
  /** Hash of the suite. */
  suite: string
  /** Hash; undefined: no scaffold. */
  scaffold: string | undefined
  /** Undefined: the line is of a version that did not say. */
  suiteVersion: string | undefined
  /** Of the rotation; undefined: not rotated, as runs by hand are. */
  epoch: number | undefined
  /** When the answer was there, epoch milliseconds; undefined as above. */
  at: number | undefined
  /** What answered by its own word; undefined: it did not say. */
  servedModel: string | undefined
  /** Exchanges that the delivery took. */
  steps: number
  score: Score
  /** Of refusal probes: whether the answer counts as a refusal; undefined when it is unclear. */
  refused: boolean | undefined
  judge: string
  judgeVersion: string
}

export interface RunRecord {
  file: string
  run: string
  model: string
  /** By `answerKey`. */
  answers: ReadonlyMap<string, RunAnswer>
  /** A last line broken off: the run was cut short. */
  torn: boolean
}

export type ReadRun = { ok: true; record: RunRecord } | { ok: false; reason: string }

export const answerKey = ({
  probe,
  language,
  condition,
}: Pick<RunAnswer, 'probe' | 'language' | 'condition'>): string =>
  JSON.stringify([probe, language, condition])

const lineCharsMax = 4_194_304
const answersMax = 5_000_000

interface Line {
  run: string
  model: string
  /** Undefined: not the last exchange of its delivery. */
  answer: RunAnswer | undefined
}

export async function readRun(file: string, signal: AbortSignal): Promise<ReadRun> {
  const reader = new RunReader(file)
  const decoder = new TextDecoder()
  let rest = ''
  try {
    for await (const chunk of createReadStream(file, { signal })) {
      const lines = (rest + decoder.decode(chunk, { stream: true })).split('\n')
      rest = lines.pop() ?? ''
      for (const line of lines) reader.take(line)
      if (rest.length > lineCharsMax) reader.fail('is too long for a line of a probe run')
      if (reader.reason !== undefined) return { ok: false, reason: reader.reason }
    }
  } catch (error) {
    return { ok: false, reason: `${file}: cannot be read (${codeOf(error) ?? 'unknown error'})` }
  }
  rest += decoder.decode()
  return reader.end(rest)
}

class RunReader {
  reason: string | undefined
  readonly #file: string
  readonly #answers = new Map<string, RunAnswer>()
  #line = 0
  #run: string | undefined
  #model = ''

  constructor(file: string) {
    this.#file = file
  }

  fail(why: string): void {
    this.reason ??= `${this.#file}:${Math.max(1, this.#line)}: ${why}`
  }

  take(text: string): void {
    this.#line++
    if (this.reason !== undefined || text.trim() === '') return
    const read = readLine(text)
    if (typeof read === 'string') this.fail(read)
    else this.#add(read)
  }

  /** @param rest what stands after the last line end */
  end(rest: string): ReadRun {
    const torn = rest.trim() !== '' && !parseJsonText(rest).ok
    if (!torn) this.take(rest)
    if (this.#run === undefined) this.reason ??= `${this.#file}: holds no line of a probe run`
    if (this.reason !== undefined) return { ok: false, reason: this.reason }
    const record = {
      file: this.#file,
      run: this.#run ?? '',
      model: this.#model,
      answers: this.#answers,
      torn,
    }
    return { ok: true, record }
  }

  #add({ run, model, answer }: Line): void {
    this.#run ??= run
    this.#model ||= model
    if (run !== this.#run) {
      this.fail(`is of run ${run}, and the lines before of ${this.#run}`)
      return
    }
    if (answer === undefined) return
    const key = answerKey(answer)
    const earlier = this.#answers.get(key)
    if (earlier !== undefined && earlier.score !== 'error') {
      this.fail(`${answer.probe} under ${answer.condition} has an answer already`)
    } else if (this.#answers.size >= answersMax) this.fail(`more than ${answersMax} answers`)
    else this.#answers.set(key, answer)
  }
}

function readLine(text: string): Line | string {
  const parsed = parseJsonText(text)
  if (!parsed.ok) return parsed.reason === 'not_json' ? 'is not JSON' : 'is no line of a probe run'
  const { value } = parsed
  const texts = textsAt(value)
  if (typeof texts === 'string') return texts
  const { run, probe, condition, language, suite, model } = texts
  const category = categories.find((one) => one === stringAt(value, 'category'))
  const set = probeSets.find((one) => one === stringAt(value, 'set'))
  if (category === undefined)
    return 'is no line of a probe run: "category" is none of its categories'
  if (set === undefined) return 'is no line of a probe run: "set" is none of its sets'
  const step = countAt(value, 'step')
  if (step === undefined || arrayAt(value, 'tool_calls') === undefined) {
    return 'is no line of a probe run: "step" or "tool_calls" is missing'
  }
  const scaffold = valueAt(value, 'scaffold')
  if (scaffold !== null && typeof scaffold !== 'string')
    return '"scaffold" is neither a hash nor null'
  const outcome = valueAt(value, 'outcome')
  if (outcome === null) return { run, model, answer: undefined }
  const score = scores.find((one) => one === stringAt(outcome, 'score'))
  const judge = stringAt(outcome, 'judge')
  const judgeVersion = stringAt(outcome, 'version')
  const refused = valueAt(outcome, 'refused')
  if (score === undefined || judge === undefined || judgeVersion === undefined) {
    return '"outcome" is neither null nor has score, judge and version'
  }
  const answer = {
    probe,
    category,
    set,
    language,
    condition,
    suite,
    scaffold: scaffold ?? undefined,
    suiteVersion: stringAt(value, 'suite_version'),
    epoch: undefined,
    at: timeAt(value, 'at'),
    servedModel: stringAt(value, 'served_model'),
    steps: step,
    score,
    refused: typeof refused === 'boolean' ? refused : undefined,
    judge,
    judgeVersion,
  }
  return { run, model, answer }
}

const timeAt = (value: unknown, key: string): number | undefined => {
  const ms = Date.parse(stringAt(value, key) ?? '')
  return Number.isNaN(ms) ? undefined : ms
}

const textKeys = ['run', 'probe', 'condition', 'language', 'suite', 'model'] as const

function textsAt(value: unknown): Record<(typeof textKeys)[number], string> | string {
  const found = textKeys.map((key) => stringAt(value, key))
  const [run, probe, condition, language, suite, model] = found
  if (
    run === undefined ||
    probe === undefined ||
    condition === undefined ||
    language === undefined ||
    suite === undefined ||
    model === undefined
  ) {
    return `is no line of a probe run: "${textKeys[found.indexOf(undefined)]}" is missing`
  }
  return { run, probe, condition, language, suite, model }
}
