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

const stepsMax = 10_000
const depthMax = 32
const textMax = 1_000_000

class TooMuch extends Error {}

type Fields = ReadonlyMap<string, unknown>

const fieldsOf = (value: unknown): Fields | undefined =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? new Map(Object.entries(value))
    : undefined

const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [])

const typeFits = (value: unknown, type: unknown): boolean => {
  switch (type) {
    case 'null':
      return value === null
    case 'array':
      return Array.isArray(value)
    case 'object':
      return fieldsOf(value) !== undefined
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

/** JSON equality of scalars; of objects and arrays by their text, which knows the order of keys. */
const same = (a: unknown, b: unknown): boolean => a === b || JSON.stringify(a) === JSON.stringify(b)

const inRange = (value: number, schema: Fields): boolean => {
  const minimum = schema.get('minimum')
  const maximum = schema.get('maximum')
  return (
    !(typeof minimum === 'number' && value < minimum) &&
    !(typeof maximum === 'number' && value > maximum)
  )
}

const lengthFits = (length: number, schema: Fields, kind: 'Length' | 'Items'): boolean => {
  const min = schema.get(`min${kind}`)
  const max = schema.get(`max${kind}`)
  return !(typeof min === 'number' && length < min) && !(typeof max === 'number' && length > max)
}

class Check {
  #steps = 0

  /** Why it does not fit; undefined when it does, as far as is known. */
  run(value: unknown, of: unknown, depth = 0): InvalidReason | undefined {
    if (++this.#steps > stepsMax || depth > depthMax) throw new TooMuch()
    if (of === false) return 'no_alternative'
    const schema = fieldsOf(of)
    if (schema === undefined) return undefined
    return (
      this.#scalar(value, schema) ??
      this.#object(value, schema, depth) ??
      this.#array(value, schema, depth) ??
      this.#combined(value, schema, depth)
    )
  }

  #scalar(value: unknown, schema: Fields): InvalidReason | undefined {
    const type = schema.get('type')
    const types = Array.isArray(type) ? listOf(type) : [type]
    const nullable = value === null && schema.get('nullable') === true
    if (!nullable && !types.some((one) => typeFits(value, one))) return 'type'
    const allowed = schema.get('enum')
    if (Array.isArray(allowed) && !nullable) {
      this.#steps += allowed.length
      if (!allowed.some((one) => same(one, value))) return 'enum'
    }
    if (schema.has('const') && !same(schema.get('const'), value)) return 'enum'
    if (typeof value === 'number' && !inRange(value, schema)) return 'range'
    if (typeof value === 'string' && !lengthFits(Array.from(value).length, schema, 'Length')) {
      return 'length'
    }
    return undefined
  }

  #object(value: unknown, schema: Fields, depth: number): InvalidReason | undefined {
    const fields = fieldsOf(value)
    if (fields === undefined) return undefined
    for (const name of listOf(schema.get('required'))) {
      if (typeof name === 'string' && !fields.has(name)) return 'required'
    }
    const properties = fieldsOf(schema.get('properties')) ?? new Map<string, unknown>()
    const additional = schema.get('additionalProperties')
    for (const [name, item] of fields) {
      if (properties.has(name)) {
        const why = this.run(item, properties.get(name), depth + 1)
        if (why !== undefined) return why
      } else if (additional === false && !schema.has('patternProperties')) {
        return 'additional'
      } else if (!schema.has('patternProperties')) {
        const why = this.run(item, additional, depth + 1)
        if (why !== undefined) return why
      }
    }
    return undefined
  }

  #array(value: unknown, schema: Fields, depth: number): InvalidReason | undefined {
    if (!Array.isArray(value)) return undefined
    if (!lengthFits(value.length, schema, 'Items')) return 'length'
    // With prefixItems, `items` is about the rest only: which is which is left to others.
    if (schema.has('prefixItems')) return undefined
    for (const item of listOf(value)) {
      const why = this.run(item, schema.get('items'), depth + 1)
      if (why !== undefined) return why
    }
    return undefined
  }

  #combined(value: unknown, schema: Fields, depth: number): InvalidReason | undefined {
    for (const keyword of ['anyOf', 'oneOf']) {
      const alternatives = listOf(schema.get(keyword))
      if (alternatives.length === 0) continue
      const fits = alternatives.some((one) => this.run(value, one, depth + 1) === undefined)
      if (!fits) return 'no_alternative'
    }
    for (const part of listOf(schema.get('allOf'))) {
      const why = this.run(value, part, depth + 1)
      if (why !== undefined) return why
    }
    return undefined
  }
}

/** `text` are the arguments as the model wrote them; none at all mean an empty object. */
export const argumentValidity = (text: string, schema: unknown): ArgumentValidity => {
  if (fieldsOf(schema) === undefined || text.length > textMax) return { verdict: 'unknown' }
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
