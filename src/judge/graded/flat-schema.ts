/**
 * The only shape a model's grade may have: one flat JSON object, exactly the declared keys, each a
 * word of a closed list or a whole number of a closed range. Read by hand and not by JSON.parse,
 * because that takes duplicate keys (the last wins), and what is ambiguous must not be a grade.
 */

export type FlatSchema = Readonly<Record<string, readonly string[] | readonly number[]>>

export type ValuesOf<S extends FlatSchema> = { readonly [K in keyof S]: S[K][number] }

/** In the subset that strict modes of the APIs take. */
export const jsonSchemaOf = (schema: FlatSchema): Readonly<Record<string, unknown>> => ({
  type: 'object',
  properties: Object.fromEntries(
    Object.entries(schema).map(([key, values]) => [
      key,
      { type: typeof values[0] === 'number' ? 'integer' : 'string', enum: values },
    ]),
  ),
  required: Object.keys(schema),
  additionalProperties: false,
})

/** Longer than any grade; a longer text is none. */
const textCharsMax = 512
/** White space is that of JSON: `\s` would take a no-break space too. */
const member =
  /[ \t\r\n]*"([a-z_]{1,32})"[ \t\r\n]*:[ \t\r\n]*(?:"([a-z_]{1,32})"|(0|[1-9][0-9]?))[ \t\r\n]*([,}])/y
const opening = /^[ \t\r\n]*\{/
const closing = /^[ \t\r\n]*$/

/** Undefined for everything but one object of the schema: anything before, behind, missing or more. */
export function readFlat<S extends FlatSchema>(schema: S, text: string): ValuesOf<S> | undefined {
  if (text.length > textCharsMax) return undefined
  const start = opening.exec(text)
  if (start === null) return undefined
  const values = new Map<string, string | number>()
  let at = start[0].length
  for (let end = ''; end !== '}'; ) {
    member.lastIndex = at
    const found = member.exec(text)
    if (found === null) return undefined
    const [all, key = '', word, number, separator = ''] = found
    if (values.has(key)) return undefined
    values.set(key, word ?? Number(number))
    at += all.length
    end = separator
  }
  if (!closing.test(text.slice(at))) return undefined
  const keys = Object.keys(schema)
  if (values.size !== keys.length) return undefined
  const allowed = keys.every((key) => {
    const domain: readonly (string | number)[] = schema[key] ?? []
    const value = values.get(key)
    return value !== undefined && domain.includes(value)
  })
  // Every key of the schema was found in its domain, and there are no others.
  return allowed ? (Object.fromEntries(values) as ValuesOf<S>) : undefined
}
