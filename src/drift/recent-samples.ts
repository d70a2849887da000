/**
 * The samples of one language in one cell that are not older than the window, as running sums: what
 * has come since any earlier mark can be told in O(1) memory, whoever set the mark.
 *
 * The window is held in twelve slots, so a sample leaves between 11/12 of the window and the window,
 * never later. A clock that steps back by less than the window writes into the newest slot; one that
 * steps back further forgets everything. What leaves in time is handed over, up to a bound.
 */

/** Sum and number of all samples up to some moment. Both only grow. */
export interface Mark {
  sum: number
  count: number
}

interface Slot extends Mark {
  slot: number
  /** The first outcomes, in order of arrival. */
  outcomes: string
}

/** What left the window: the samples of one slot. */
export interface LeftSlot {
  /** Number of the window that it was in, counted from the epoch. */
  window: number
  /** Samples before the first of them. */
  from: number
  outcomes: string
}

const slotsPerWindow = 12
const outcomesPerSlot = 64

export class RecentSamples {
  readonly #slotMs: number
  #sum = 0
  #count = 0
  /** Totals before each slot that had a sample, oldest first; at most twelve. */
  #slots: Slot[] = []

  readonly #onLeft: (left: LeftSlot) => void

  constructor(windowMs: number, onLeft: (left: LeftSlot) => void = () => undefined) {
    if (!(windowMs > 0)) throw new RangeError(`RecentSamples: a window of ${windowMs} ms`)
    this.#onLeft = onLeft
    this.#slotMs = windowMs / slotsPerWindow
  }

  add(at: number, value: number): void {
    const slot = this.#expire(at)
    let newest = this.#slots.at(-1)
    if (newest === undefined || slot > newest.slot) {
      newest = { slot, sum: this.#sum, count: this.#count, outcomes: '' }
      this.#slots.push(newest)
    }
    if (newest.outcomes.length < outcomesPerSlot) newest.outcomes += value > 0 ? '1' : '0'
    this.#sum += value
    this.#count++
  }

  get count(): number {
    return this.#count
  }

  now(): Mark {
    return { sum: this.#sum, count: this.#count }
  }

  /** Lets go of what is older than the window. */
  expire(at: number): void {
    this.#expire(at)
  }

  /** Samples within the window that came after the mark. */
  since(mark: Mark, at: number): Mark {
    this.#expire(at)
    const oldest = this.#slots[0]
    if (oldest === undefined) return { sum: 0, count: 0 }
    const from = mark.count > oldest.count ? mark : oldest
    return { sum: this.#sum - from.sum, count: this.#count - from.count }
  }

  #expire(at: number): number {
    const slot = Math.floor(at / this.#slotMs)
    const newest = this.#slots.at(-1)
    if (newest !== undefined && slot <= newest.slot - slotsPerWindow) this.#slots = []
    for (
      let oldest = this.#slots[0];
      oldest !== undefined && oldest.slot <= slot - slotsPerWindow;
      oldest = this.#slots[0]
    ) {
      this.#slots.shift()
      const window = Math.floor(oldest.slot / slotsPerWindow)
      this.#onLeft({ window, from: oldest.count, outcomes: oldest.outcomes })
    }
    return slot
  }
}
