/**
 * How often one tool followed another, start and end included, as counts that add up: over exchanges,
 * over replicas, over ticks. What a baseline's model is built from.
 *
 * Bounded by names, not by what peers send: beyond `toolNamesMax` names, and for what is no name,
 * everything is `other`. Merging keeps the names that come first by code unit, so any order of merges
 * gives the same counts.
 */
import { BigramModel, endSymbol, startSymbol } from './surprisal.ts'

export const toolNamesMax = 64
/** All tools that have no name of their own; a tool of this name is one of them. */
export const otherTool = 'other'

/** Providers allow up to 128 characters; a control character could be taken for a symbol. */
const nameForm = /^[^\p{Cc}\p{Cs}]{1,128}$/u
export const isToolName = (name: string): boolean => name !== otherTool && nameForm.test(name)

export type CountedStep = readonly [before: string, after: string, times: number]

/** Plain JSON, sorted: equal counts give equal text. */
export interface BigramCountsJson {
  steps: CountedStep[]
}

export class BigramCounts {
  readonly #namesMax: number
  readonly #names = new Set<string>()
  readonly #rows = new Map<string, Map<string, number>>()
  #total = 0

  constructor(namesMax = toolNamesMax) {
    if (!(Number.isSafeInteger(namesMax) && namesMax >= 0)) {
      throw new RangeError(`BigramCounts: ${namesMax} names`)
    }
    this.#namesMax = namesMax
  }

  /** From a tool or the start, to a tool or the end. The first names that come are kept. */
  add(before: string, after: string, times = 1): void {
    if (!(Number.isSafeInteger(times) && times > 0)) {
      throw new RangeError(`BigramCounts: ${times} times`)
    }
    const from = before === startSymbol ? before : this.#admit(before)
    this.#count(from, after === endSymbol ? after : this.#admit(after), times)
  }

  merge(more: BigramCounts): void {
    const names = [...new Set([...this.#names, ...more.#names])].sort().slice(0, this.#namesMax)
    const steps = [...this.steps(), ...more.steps()]
    this.#names.clear()
    this.#rows.clear()
    this.#total = 0
    for (const name of names) this.#names.add(name)
    for (const [before, after, times] of steps) {
      const from = before === startSymbol ? before : this.#known(before)
      this.#count(from, after === endSymbol ? after : this.#known(after), times)
    }
  }

  /** Steps counted, of all kinds. */
  get total(): number {
    return this.#total
  }

  /** Sorted; `other` is none of them. */
  names(): string[] {
    return [...this.#names].sort()
  }

  /** Sorted by the step. */
  steps(): CountedStep[] {
    const steps: CountedStep[] = []
    for (const [before, row] of this.#rows) {
      for (const [after, times] of row) steps.push([before, after, times])
    }
    return steps.sort(inOrder)
  }

  toJSON(): BigramCountsJson {
    return { steps: this.steps() }
  }

  #admit(name: string): string {
    if (this.#names.size < this.#namesMax && isToolName(name)) this.#names.add(name)
    return this.#known(name)
  }

  #known(name: string): string {
    return this.#names.has(name) ? name : otherTool
  }

  #count(before: string, after: string, times: number): void {
    const row = this.#rows.get(before) ?? new Map<string, number>()
    this.#rows.set(before, row)
    row.set(after, (row.get(after) ?? 0) + times)
    this.#total += times
  }
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)
const inOrder = (a: CountedStep, b: CountedStep): number =>
  compare(a[0], b[0]) || compare(a[1], b[1])

/** The model of the counts: a vocabulary of their names, and `other` where it occurs. */
export const bigramModelOf = (counts: BigramCounts): BigramModel => {
  const names = counts.names()
  const model = new BigramModel(names, names.length + 1)
  for (const [before, after, times] of counts.steps()) model.learnStep(before, after, times)
  return model
}

const isName = (value: unknown, symbol: string): value is string =>
  typeof value === 'string' && (value === symbol || value === otherTool || isToolName(value))

const readStep = (value: unknown): CountedStep | undefined => {
  if (!Array.isArray(value) || value.length !== 3) return undefined
  const [before, after, times]: unknown[] = value
  if (!isName(before, startSymbol) || !isName(after, endSymbol)) return undefined
  if (typeof times !== 'number' || !Number.isSafeInteger(times) || times < 1) return undefined
  return [before, after, times]
}

/** What `toJSON` wrote and another process may have changed; undefined when it is anything else. */
export const readBigramCounts = (
  value: unknown,
  namesMax = toolNamesMax,
): BigramCounts | undefined => {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined
  const fields = new Map<string, unknown>(Object.entries(value))
  const steps = fields.get('steps')
  if (fields.size !== 1 || !Array.isArray(steps) || steps.length > (namesMax + 2) ** 2) {
    return undefined
  }
  const counts = new BigramCounts(namesMax)
  let last: CountedStep | undefined
  for (const item of steps) {
    const step = readStep(item)
    // Each step once, in order: a writer writes it no other way.
    if (step === undefined || (last !== undefined && inOrder(last, step) >= 0)) return undefined
    counts.add(...step)
    last = step
  }
  // A name too many would have been counted as other.
  const names = new Set(steps.flatMap((step: CountedStep) => [step[0], step[1]]))
  for (const symbol of [startSymbol, endSymbol, otherTool]) names.delete(symbol)
  return names.size <= namesMax && Number.isSafeInteger(counts.total) ? counts : undefined
}
