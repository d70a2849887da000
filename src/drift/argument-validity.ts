/**
 * Whether the arguments of a tool call fit the JSON schema that the tool was offered with.
 *
 * A subset of JSON Schema: type, enum, const, required, properties, additionalProperties, items (without
 * prefixItems), minimum and maximum, lengths, anyOf, oneOf (read as anyOf) and allOf. Both
 * the schema and the arguments come from peers: no pattern is run (it could take for ever), no
 * reference is followed, and the work is bounded. What is outside of the subset is never called
 * invalid: an argument is invalid only when a keyword that is known says so.
 */

export type ArgumentValidity =
  | { verdict: 'valid' }
  | { verdict: 'invalid'; reason: InvalidReason }
  /** The schema is none, or too large to check within the bounds. */
  | { verdict: 'unknown' }

export const invalidReasons = [
  'not_json',
  'type',
  'enum',
  'required',
  'additional',
  'range',
  'length',
  'no_alternative',
] as const
export type InvalidReason = (typeof invalidReasons)[number]

/**
 * Work that may be done on one call: a schema or value looked at is 1 step, a key or a name 1/16, a
 * character to be counted 1/256. At some 0.1 microseconds each that is a few milliseconds at most.
 */
const stepsMax = 10_000
const keysPerStep = 16
const charactersPerStep = 256
const depthMax = 32
const textMax = 1_000_000

class TooMuch extends Error {}

type Fields = Readonly<Record<string, unknown>>

const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** Own properties only: `__proto__` and `constructor` are names like any other. */
const at = (fields: Fields, key: string): unknown =>
  Object.hasOwn(fields, key) ? fields[key] : undefined

const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [])

const typeFits = (value: unknown, type: unknown): boolean => {
  switch (type) {
    case 'null':
      return value === null
    case 'array':
      return Array.isArray(value)
    case 'object':
      return isFields(value)
    case 'integer':
      return Number.isInteger(value)
    case 'string':
    case 'number':
    case 'boolean':
      return typeof value === type
    default:
      // Not a type of JSON Schema: it says nothing.
      return true
  }
}

const inRange = (value: number, schema: Fields): boolean => {
  const minimum = at(schema, 'minimum')
  const maximum = at(schema, 'maximum')
  return (
    !(typeof minimum === 'number' && value < minimum) &&
    !(typeof maximum === 'number' && value > maximum)
  )
}

const lengthFits = (length: number, min: unknown, max: unknown): boolean =>
  !(typeof min === 'number' && length < min) && !(typeof max === 'number' && length > max)

const codePoints = (text: string): number => {
  let count = 0
  for (const _ of text) count++
  return count
}

class Check {
  #steps = 0

  /** Why it does not fit; undefined when it does, as far as is known. */
  run(value: unknown, schema: unknown, depth = 0): InvalidReason | undefined {
    this.#charge(1, depth)
    if (schema === false) return 'no_alternative'
    if (!isFields(schema)) return undefined
    return (
      this.#scalar(value, schema) ??
      this.#object(value, schema, depth) ??
      this.#array(value, schema, depth) ??
      this.#combined(value, schema, depth)
    )
  }

  #charge(steps: number, depth = 0): void {
    this.#steps += steps
    if (this.#steps > stepsMax || depth > depthMax) throw new TooMuch()
  }

  #keysOf(fields: Fields): string[] {
    const keys = Object.keys(fields)
    this.#charge(keys.length / keysPerStep)
    return keys
  }

  /** JSON equality: the order of keys does not matter. */
  #same(a: unknown, b: unknown, depth = 0): boolean {
    this.#charge(1, depth)
    if (Array.isArray(a) && Array.isArray(b)) {
      return a.length === b.length && a.every((item, i) => this.#same(item, b[i], depth + 1))
    }
    if (!isFields(a) || !isFields(b)) return a === b
    const keys = this.#keysOf(a)
    return (
      keys.length === this.#keysOf(b).length &&
      keys.every((key) => Object.hasOwn(b, key) && this.#same(a[key], b[key], depth + 1))
    )
  }

  #scalar(value: unknown, schema: Fields): InvalidReason | undefined {
    const type = at(schema, 'type')
    const types = Array.isArray(type) ? listOf(type) : [type]
    const nullable = value === null && at(schema, 'nullable') === true
    this.#charge(types.length / keysPerStep)
    if (!nullable && !types.some((one) => typeFits(value, one))) return 'type'
    const allowed = at(schema, 'enum')
    if (Array.isArray(allowed) && !nullable && !allowed.some((one) => this.#same(one, value))) {
      return 'enum'
    }
    if (Object.hasOwn(schema, 'const') && !this.#same(at(schema, 'const'), value)) return 'enum'
    if (typeof value === 'number' && !inRange(value, schema)) return 'range'
    return typeof value === 'string' ? this.#text(value, schema) : undefined
  }

  #text(value: string, schema: Fields): InvalidReason | undefined {
    const min = at(schema, 'minLength')
    const max = at(schema, 'maxLength')
    if (min === undefined && max === undefined) return undefined
    this.#charge(value.length / charactersPerStep)
    return lengthFits(codePoints(value), min, max) ? undefined : 'length'
  }

  #object(value: unknown, schema: Fields, depth: number): InvalidReason | undefined {
    if (!isFields(value)) return undefined
    const required = listOf(at(schema, 'required'))
    this.#charge(required.length / keysPerStep)
    for (const name of required) {
      if (typeof name === 'string' && !Object.hasOwn(value, name)) return 'required'
    }
    const sent = at(schema, 'properties')
    const properties = isFields(sent) ? sent : {}
    const additional = at(schema, 'additionalProperties')
    const hasPatterns = Object.hasOwn(schema, 'patternProperties')
    for (const name of this.#keysOf(value)) {
      let why: InvalidReason | undefined
      if (Object.hasOwn(properties, name)) why = this.run(value[name], properties[name], depth + 1)
      else if (hasPatterns) continue
      else if (additional === false) why = 'additional'
      else if (additional !== undefined) why = this.run(value[name], additional, depth + 1)
      if (why !== undefined) return why
    }
    return undefined
  }

  #array(value: unknown, schema: Fields, depth: number): InvalidReason | undefined {
    if (!Array.isArray(value)) return undefined
    if (!lengthFits(value.length, at(schema, 'minItems'), at(schema, 'maxItems'))) return 'length'
    // With prefixItems, `items` is about the rest only: which is which is left to others.
    const items = at(schema, 'items')
    if (items === undefined || Object.hasOwn(schema, 'prefixItems')) return undefined
    for (const item of listOf(value)) {
      const why = this.run(item, items, depth + 1)
      if (why !== undefined) return why
    }
    return undefined
  }

  #combined(value: unknown, schema: Fields, depth: number): InvalidReason | undefined {
    for (const keyword of ['anyOf', 'oneOf']) {
      const alternatives = listOf(at(schema, keyword))
      if (alternatives.length === 0) continue
      const fits = alternatives.some((one) => this.run(value, one, depth + 1) === undefined)
      if (!fits) return 'no_alternative'
    }
    for (const part of listOf(at(schema, 'allOf'))) {
      const why = this.run(value, part, depth + 1)
      if (why !== undefined) return why
    }
    return undefined
  }
}

/** `text` are the arguments as the model wrote them; none at all mean an empty object. */
export const argumentValidity = (text: string, schema: unknown): ArgumentValidity => {
  if (!isFields(schema) || text.length > textMax) return { verdict: 'unknown' }
  let value: unknown
  try {
    value = text.trim() === '' ? {} : JSON.parse(text)
  } catch {
    return { verdict: 'invalid', reason: 'not_json' }
  }
  try {
    const reason = new Check().run(value, schema)
    return reason === undefined ? { verdict: 'valid' } : { verdict: 'invalid', reason }
  } catch (error) {
    if (error instanceof TooMuch) return { verdict: 'unknown' }
    throw error
  }
}
