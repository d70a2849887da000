/** One detector in a simulation: the shipped functions, and when it first spoke. */
import {
  addDifference,
  createWager,
  type DetectorState,
  emptyTick,
  foldTick,
  initialState,
  type TickSum,
  type Wager,
} from '../e-detector.ts'

export class Watched {
  readonly #wager: Wager
  readonly #threshold: number
  #sum: TickSum
  #state: DetectorState
  firstAt: number | undefined

  constructor(g0: number, threshold: number) {
    this.#wager = createWager(g0)
    this.#threshold = threshold
    this.#sum = emptyTick(this.#wager)
    this.#state = initialState(this.#wager)
  }

  add(difference: number): void {
    addDifference(this.#sum, this.#wager, difference)
  }

  close(tick: number): void {
    if (this.#sum.count === 0) return
    const folded = foldTick(this.#state, tick, this.#sum, { threshold: this.#threshold })
    if (!folded.ok) throw new Error(`tick ${tick} is ${folded.reason}`)
    this.#state = folded.state
    if (folded.opened) this.firstAt ??= tick
    this.#sum = emptyTick(this.#wager)
  }

  get crossings(): number {
    return this.#state.crossings
  }
}
