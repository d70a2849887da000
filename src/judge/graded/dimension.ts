/**
 * One thing a model can be asked to grade: a rubric in English, the fields it sees, and a closed
 * schema for its answer. Adding one is a file in dimensions/, its test, and a line in dimensions.ts.
 */
import { createHash } from 'node:crypto'
import { frameVersion, systemText, userText } from './fence.ts'
import { type FlatSchema, jsonSchemaOf, readFlat, type ValuesOf } from './flat-schema.ts'

export interface Field<F extends string> {
  name: F
  bytesMax: number
  /** Without this text there is nothing to grade, and no call is made. */
  required: boolean
}

export interface Dimension<F extends string, R> {
  readonly id: string
  readonly fields: readonly Field<F>[]
  readonly system: string
  readonly jsonSchema: Readonly<Record<string, unknown>>
  /** SHA-256 over rubric, frame and schema: a change of any word is another instrument. */
  readonly promptHash: string
  /** Undefined: not an answer of the schema, thus an error and never a grade. */
  parse(text: string): R | undefined
}

/** All fields together. */
export const excerptBytesMax = 4096

export function defineDimension<F extends string, S extends FlatSchema, R>(definition: {
  id: string
  rubric: string
  fields: readonly Field<F>[]
  schema: S
  read(values: ValuesOf<S>): R
}): Dimension<F, R> {
  const { id, rubric, fields, schema } = definition
  const bytes = fields.reduce((sum, field) => sum + field.bytesMax, 0)
  if (bytes > excerptBytesMax) throw new Error(`${id}: fields of ${bytes} bytes`)
  const system = systemText(rubric)
  const jsonSchema = jsonSchemaOf(schema)
  const frame = userText(
    fields.map(({ name, bytesMax }) => ({ name, excerpt: { head: `${bytesMax}`, tail: '' } })),
    '',
  )
  return {
    id,
    fields,
    system,
    jsonSchema,
    promptHash: createHash('sha256')
      .update(JSON.stringify([frameVersion, system, frame, jsonSchema]))
      .digest('hex'),
    parse(text) {
      const values = readFlat(schema, text)
      return values === undefined ? undefined : definition.read(values)
    },
  }
}
