/**
 * Checks one key's value against its part of the schema and says in words what it must be. The
 * value itself is not repeated: it may be a secret in the wrong place.
 */
import { Check } from 'typebox/value'
import type { Fault } from '../error.ts'
import { type Parsed, parseHostPort, parsePrefix, parseUpstream } from './address.ts'
import { describeNode, type SchemaNode, snakeCase } from './keys.ts'

export type Checked = { ok: true; value: unknown } | { ok: false; faults: Fault[] }

export function checkValue(node: SchemaNode, value: unknown, key: string, at: string): Checked {
  if (node.type === 'array') return checkList(node, value, key, at)
  if (node.type === 'object') return checkSection(node, value, key, at)
  if (Check(node, value)) return checkFormat(node, value, key, at)
  const found = value === null ? 'nothing' : kindOf(value)
  return refuse(key, `must be ${describeNode(node)}, not ${found}`, at)
}

/** What a pattern cannot say, with a reason in words. */
const formats: ReadonlyMap<string, (text: string) => Parsed<unknown>> = new Map<
  string,
  (text: string) => Parsed<unknown>
>([
  ['holdfast-upstream', parseUpstream],
  ['holdfast-prefix', parsePrefix],
  ['holdfast-host-port', parseHostPort],
  ['holdfast-language', parseLanguage],
])

function checkFormat(node: SchemaNode, value: unknown, key: string, at: string): Checked {
  const parse = node.format === undefined ? undefined : formats.get(node.format)
  if (parse === undefined || typeof value !== 'string') return { ok: true, value }
  const parsed = parse(value)
  return parsed.ok ? { ok: true, value } : refuse(key, parsed.reason, at)
}

function parseLanguage(code: string): Parsed<string> {
  const names = new Intl.DisplayNames('en', { type: 'language', fallback: 'none' })
  if (names.of(code) === undefined) return { ok: false, reason: 'is no ISO 639-1 code' }
  return { ok: true, value: code }
}

const refuse = (key: string, reason: string, at: string): Checked => ({
  ok: false,
  faults: [{ key, reason, at }],
})

function checkList(node: SchemaNode, value: unknown, key: string, at: string): Checked {
  if (!Array.isArray(value)) {
    return refuse(key, `must be ${describeNode(node)}, not ${kindOf(value)}`, at)
  }
  const length = value.length
  if (length < (node.minItems ?? 0) || length > (node.maxItems ?? Number.POSITIVE_INFINITY)) {
    return refuse(key, `must be ${describeNode(node)}, not of ${length}`, at)
  }
  const items = value.map((item: unknown, i) =>
    checkValue(node.items ?? {}, item, `${key}[${i}]`, at),
  )
  const faults = items.flatMap((item) => (item.ok ? [] : item.faults))
  if (faults.length > 0) return { ok: false, faults }
  const values = items.flatMap((item) => (item.ok ? [item.value] : []))
  if (node.uniqueItems === true && new Set(values).size < values.length) {
    return refuse(key, `must be ${describeNode(node)}; one stands there twice`, at)
  }
  return { ok: true, value: values }
}

function checkSection(node: SchemaNode, value: unknown, key: string, at: string): Checked {
  if (!(value instanceof Map)) return refuse(key, `must be a section, not ${kindOf(value)}`, at)
  const faults: Fault[] = []
  const out: Record<string, unknown> = {}
  for (const [word, child] of Object.entries(node.properties ?? {})) {
    const name = `${key}.${snakeCase(word)}`
    if (!value.has(word)) {
      if (child.default !== undefined) out[word] = child.default
      else if (node.required?.includes(word)) faults.push({ key: name, reason: 'is missing', at })
      continue
    }
    const checked = checkValue(child, value.get(word), name, at)
    if (checked.ok) out[word] = checked.value
    else faults.push(...checked.faults)
  }
  return faults.length > 0 ? { ok: false, faults } : { ok: true, value: out }
}

function kindOf(value: unknown): string {
  if (typeof value === 'number') return `${value}`
  if (typeof value === 'boolean') return `${value}`
  if (typeof value === 'string') return 'this text'
  if (Array.isArray(value)) return 'a list'
  return value instanceof Map ? 'a section' : 'nothing'
}
