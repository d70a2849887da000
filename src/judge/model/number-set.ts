/**
 * A set of signed 32-bit numbers in the order they came in, made to be used again: clearing it costs
 * as much as was in it, and the thousands of hashes of an answer leave nothing to collect. JavaScript's
 * own sets take several times as long.
 */

const initialBits = 10
/** Knuth's multiplicative hash: its upper bits tell. */
const spread = 0x9e3779b1

export class NumberSet {
  #shift = 32 - initialBits
  /** Open addressing: 1 + where a number stands in the list; 0 for a free place. */
  #slots = new Int32Array(2 ** initialBits)
  /** The numbers, and the slot of each; half as long as there are slots. */
  #list = new Int32Array(2 ** (initialBits - 1))
  #places = new Int32Array(2 ** (initialBits - 1))
  #size = 0

  get size(): number {
    return this.#size
  }

  /** Whether the number was not there yet. */
  add(number: number): boolean {
    const slot = this.#slotOf(number)
    if (this.#slots[slot] !== 0) return false
    this.#list[this.#size] = number
    this.#places[this.#size] = slot
    this.#slots[slot] = ++this.#size
    if (this.#size === this.#list.length) this.#grow()
    return true
  }

  has(number: number): boolean {
    return this.#slots[this.#slotOf(number)] !== 0
  }

  /** How many came before it; -1 for one that is not there. */
  indexOf(number: number): number {
    return (this.#slots[this.#slotOf(number)] ?? 0) - 1
  }

  at(index: number): number {
    return this.#list[index] ?? 0
  }

  clear(): void {
    for (let i = 0; i < this.#size; i++) this.#slots[this.#places[i] ?? 0] = 0
    this.#size = 0
  }

  #slotOf(number: number): number {
    const slots = this.#slots
    const mask = slots.length - 1
    let slot = Math.imul(number, spread) >>> this.#shift
    for (;;) {
      const place = slots[slot] ?? 0
      if (place === 0 || this.#list[place - 1] === number) return slot
      slot = (slot + 1) & mask
    }
  }

  #grow(): void {
    const list = new Int32Array(2 * this.#list.length)
    list.set(this.#list)
    this.#list = list
    this.#places = new Int32Array(list.length)
    this.#slots = new Int32Array(2 * list.length)
    this.#shift--
    for (let i = 0; i < this.#size; i++) {
      const slot = this.#slotOf(this.at(i))
      this.#places[i] = slot
      this.#slots[slot] = i + 1
    }
  }
}
