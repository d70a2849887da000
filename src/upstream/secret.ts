/**
 * A key that can be used but not printed: string conversion, JSON and inspection all give a
 * placeholder, so that an object holding it may be logged or served by mistake.
 */
import { inspect } from 'node:util'

const placeholder = '[secret]'

export class Secret {
  readonly #value: string

  constructor(value: string) {
    this.#value = value
  }

  /** The key itself: only for the header of the request it belongs to. */
  reveal(): string {
    return this.#value
  }

  toString(): string {
    return placeholder
  }

  toJSON(): string {
    return placeholder
  }

  [inspect.custom](): string {
    return placeholder
  }
}
