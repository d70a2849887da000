/**
 * The newest signatures of each user with their verdicts, in arrays that never grow: 269 bytes for
 * each prompt of `promptsMax`, taken when they are first used, and about 250 for each of `usersMax`
 * users. When prompts or users run out, the user who has been away longest is forgotten as a whole.
 *
 * Holds signatures, times and verdicts; no text. A prompt leaves once it is older than the window, at
 * the next visit of its user.
 */
import { signatureLength } from './minhash.ts'

/** Undefined: the answer was neither, or nobody could say. */
export type Refused = boolean | undefined

export interface PromptMemoryOptions {
  usersMax: number
  promptsMax: number
  perUserMax: number
  windowMs: number
}

interface User {
  /** Slot of the newest prompt; each slot knows the next older one. */
  newest: number
  count: number
}

const none = -1

/** How a verdict is held; the place is the code. */
const verdicts: readonly Refused[] = [undefined, false, true]

export class PromptMemory {
  readonly #options: PromptMemoryOptions
  /** Least recently seen first. */
  readonly #users = new Map<string, User>()
  readonly #signatures: Uint32Array
  readonly #times: Float64Array
  readonly #verdicts: Uint8Array
  readonly #older: Int32Array
  /** Slots that were given back, linked by `#older`; those from `#untouched` on were never used. */
  #free = none
  #untouched = 0
  #prompts = 0

  constructor(options: PromptMemoryOptions) {
    const { usersMax, promptsMax, perUserMax, windowMs } = options
    for (const bound of [usersMax, promptsMax, perUserMax]) {
      if (!(Number.isSafeInteger(bound) && bound >= 1)) {
        throw new RangeError(`PromptMemory: a bound of ${bound}`)
      }
    }
    if (perUserMax > promptsMax) throw new RangeError('PromptMemory: perUserMax above promptsMax')
    if (!(windowMs > 0)) throw new RangeError(`PromptMemory: a window of ${windowMs} ms`)
    this.#options = options
    this.#signatures = new Uint32Array(promptsMax * signatureLength)
    this.#times = new Float64Array(promptsMax)
    this.#verdicts = new Uint8Array(promptsMax)
    this.#older = new Int32Array(promptsMax)
  }

  get users(): number {
    return this.#users.size
  }

  get prompts(): number {
    return this.#prompts
  }

  /** Of the arrays, used or not. */
  get bytesMax(): number {
    const { byteLength } = this.#signatures
    return byteLength + this.#times.byteLength + this.#verdicts.byteLength + this.#older.byteLength
  }

  /** Prompts of the user within the window before `at`, newest first. */
  visit(
    userKey: string,
    at: number,
    look: (signatures: Uint32Array, offset: number, refused: Refused) => void,
  ): void {
    const user = this.#users.get(userKey)
    if (user === undefined) return
    let newer = none
    for (let slot = user.newest; slot !== none; slot = this.#older[slot] ?? none) {
      if ((this.#times[slot] ?? 0) <= at - this.#options.windowMs) {
        this.#cutFrom(user, newer)
        if (newer === none) this.#users.delete(userKey)
        return
      }
      look(this.#signatures, slot * signatureLength, verdicts[this.#verdicts[slot] ?? 0])
      newer = slot
    }
  }

  remember(userKey: string, at: number, signature: Uint32Array, refused: Refused): void {
    const known = this.#users.get(userKey)
    if (known === undefined && this.#users.size >= this.#options.usersMax) {
      this.#forgetOldestUser(userKey)
    }
    const user = known ?? { newest: none, count: 0 }
    if (user.count >= this.#options.perUserMax) this.#dropOldest(user)
    // Back in at the end: the order of the map is the order of the last visits.
    this.#users.delete(userKey)
    this.#users.set(userKey, user)
    const slot = this.#take(userKey)
    this.#signatures.set(signature, slot * signatureLength)
    this.#times[slot] = at
    this.#verdicts[slot] = verdicts.indexOf(refused)
    this.#older[slot] = user.newest
    user.newest = slot
    user.count++
    this.#prompts++
  }

  /** Never the slots of `forUser`: it holds fewer than there are. */
  #take(forUser: string): number {
    if (this.#free === none && this.#untouched >= this.#options.promptsMax) {
      this.#forgetOldestUser(forUser)
    }
    if (this.#free === none) return this.#untouched++
    const slot = this.#free
    this.#free = this.#older[slot] ?? none
    return slot
  }

  #forgetOldestUser(except: string): void {
    for (const [userKey, user] of this.#users) {
      if (userKey === except) continue
      this.#cutFrom(user, none)
      this.#users.delete(userKey)
      return
    }
  }

  #dropOldest(user: User): void {
    let newer = none
    let slot = user.newest
    for (let next = this.#older[slot] ?? none; next !== none; next = this.#older[slot] ?? none) {
      newer = slot
      slot = next
    }
    this.#cutFrom(user, newer)
  }

  /** Gives back what is older than `newer`; all of the user when that is none. */
  #cutFrom(user: User, newer: number): void {
    let slot = newer === none ? user.newest : (this.#older[newer] ?? none)
    while (slot !== none) {
      const next = this.#older[slot] ?? none
      this.#older[slot] = this.#free
      this.#free = slot
      user.count--
      this.#prompts--
      slot = next
    }
    if (newer === none) user.newest = none
    else this.#older[newer] = none
  }
}
