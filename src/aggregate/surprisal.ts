/**
 * How surprising a tool-call sequence is to a baseline: mean bits per step of a bigram model with
 * add-1/2 smoothing (Krichevsky and Trofimov 1981), start and end included.
 *
 * Assumes that a step depends on the one before it only. A step a->b costs
 * -log2((c_ab + 1/2) / (c_a + (V + 1) / 2)): V tools of the baseline's vocabulary, or the end. A tool
 * outside of the vocabulary costs as much as one never seen after a. A sequence without calls is a
 * sequence: start -> end.
 */

/** The start and the end of a sequence, in counts that are exported. No tool can have these names. */
export const startSymbol = '\u0002'
export const endSymbol = '\u0003'

export class BigramModel {
  readonly #vocabulary: Set<string>
  readonly #follow = new Map<string, Map<string, number>>()
  readonly #from = new Map<string, number>()
  readonly #vocabularyMax: number

  /** Tools beyond `vocabularyMax` are counted as one: memory is at most its square. */
  constructor(vocabulary: Iterable<string> = [], vocabularyMax = 256) {
    this.#vocabularyMax = vocabularyMax
    this.#vocabulary = new Set()
    for (const tool of vocabulary) this.#known(tool)
  }

  learn(tools: readonly string[], times = 1): void {
    let before = startSymbol
    for (const tool of tools) {
      const name = this.#known(tool)
      this.#count(before, name, times)
      before = name
    }
    this.#count(before, endSymbol, times)
  }

  /** One step alone, as it was counted elsewhere: from a tool or the start, to a tool or the end. */
  learnStep(before: string, after: string, times = 1): void {
    const from = before === startSymbol ? before : this.#known(before)
    this.#count(from, after === endSymbol ? after : this.#known(after), times)
  }

  /** V. */
  get vocabularySize(): number {
    return this.#vocabulary.size
  }

  /** True when the baseline has this step. */
  hasStep(before: string, after: string): boolean {
    return (this.#follow.get(before)?.get(after) ?? 0) > 0
  }

  stepBits(before: string, after: string): number {
    const joint = this.#follow.get(before)?.get(after) ?? 0
    const from = this.#from.get(before) ?? 0
    return -Math.log2((joint + 0.5) / (from + 0.5 * (this.#vocabulary.size + 1)))
  }

  /** Mean bits per step, the step to the end included. */
  meanBits(tools: readonly string[]): number {
    let bits = 0
    let before = startSymbol
    for (const tool of tools) {
      bits += this.stepBits(before, tool)
      before = tool
    }
    return (bits + this.stepBits(before, endSymbol)) / (tools.length + 1)
  }

  #known(tool: string): string {
    if (this.#vocabulary.has(tool)) return tool
    if (this.#vocabulary.size >= this.#vocabularyMax) return furtherTools
    this.#vocabulary.add(tool)
    return tool
  }

  #count(before: string, after: string, times: number): void {
    const row = this.#follow.get(before) ?? new Map<string, number>()
    this.#follow.set(before, row)
    row.set(after, (row.get(after) ?? 0) + times)
    this.#from.set(before, (this.#from.get(before) ?? 0) + times)
  }
}

/** All tools beyond the vocabulary, while learning. */
export const furtherTools = '\u0004'

/** Steps of a sequence, start and end included. */
export const stepsOf = (tools: readonly string[]): [string, string][] => {
  const steps: [string, string][] = []
  let before = startSymbol
  for (const tool of tools) {
    steps.push([before, tool])
    before = tool
  }
  steps.push([before, endSymbol])
  return steps
}
