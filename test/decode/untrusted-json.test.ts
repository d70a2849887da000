import * as fc from 'fast-check'
import t from 'tap'
import {
  arrayAt,
  countAt,
  indexAt,
  jsonBytesMax,
  jsonDepthMax,
  nestsDeeperThan,
  objectAt,
  parseJsonBytes,
  parseJsonText,
  stringAt,
  valueAt,
} from '../../src/decode/untrusted-json.ts'
import { fuzz } from '../fuzz-runs.ts'

const nested = (depth: number): string => '['.repeat(depth) + ']'.repeat(depth)

void t.test('depth and size are limited before anything is parsed', async (t) => {
  t.equal(parseJsonText(nested(jsonDepthMax)).ok, true)
  t.same(parseJsonText(nested(jsonDepthMax + 1)), { ok: false, reason: 'too_deep' })
  t.same(parseJsonText('{"a":'.repeat(65)), { ok: false, reason: 'too_deep' })
  t.same(parseJsonText('['.repeat(3_000_000)), { ok: false, reason: 'too_deep' })
  t.same(parseJsonText(' '.repeat(jsonBytesMax + 1)), { ok: false, reason: 'output_cap' })
  t.same(parseJsonBytes(new Uint8Array(jsonBytesMax + 1)), { ok: false, reason: 'output_cap' })
})

void t.test('brackets inside strings do not count', async (t) => {
  const cases: [string, boolean][] = [
    [`"${'['.repeat(100)}"`, false],
    [`"\\"${'['.repeat(100)}"`, false],
    [`"\\\\"${'['.repeat(100)}`, true],
    [`"a\\\\\\"${'{'.repeat(100)}"`, false],
    [`"open ${'['.repeat(100)}`, false],
    ['[],'.repeat(100), false],
  ]
  for (const [text, expected] of cases) {
    t.equal(nestsDeeperThan(text, 64), expected, text.slice(0, 12))
  }
})

void t.test('the depth scanner agrees with the depth of the parsed value', async (t) => {
  const depthOf = (value: unknown): number =>
    typeof value === 'object' && value !== null
      ? 1 + Math.max(0, ...Object.values(value).map(depthOf))
      : 0
  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: 8 }), fc.integer({ min: 0, max: 9 }), (value, limit) => {
      const text = JSON.stringify(value)
      return nestsDeeperThan(text, limit) === depthOf(JSON.parse(text)) > limit
    }),
    fuzz('json_text', 20261121),
  )
  t.pass('5000 values')
})

void t.test('what is not JSON is said so', async (t) => {
  for (const text of ['', '{', 'nul', "{'a':1}", '{"a":1}{"b":2}', '[1,]', 'NaN', '\u0000']) {
    t.same(parseJsonText(text), { ok: false, reason: 'not_json' }, JSON.stringify(text))
  }
  t.same(parseJsonBytes(Buffer.from('\uFEFF{"a":1}')), { ok: true, value: { a: 1 } }, 'with a BOM')
  t.same(parseJsonBytes(Uint8Array.of(0x22, 0xff, 0x22)), { ok: true, value: '\uFFFD' })
})

void t.test('keys of Object.prototype are plain data', async (t) => {
  const parsed = parseJsonText(
    '{"__proto__":{"polluted":"yes"},"constructor":{"prototype":{"polluted":"yes"}},"toString":5}',
  )
  const value = parsed.ok ? parsed.value : undefined
  t.equal(stringAt(objectAt(value, '__proto__'), 'polluted'), 'yes', 'an own key is read')
  t.equal(stringAt(value, 'polluted'), undefined, 'and is no prototype')
  t.equal(valueAt({}, '__proto__'), undefined, 'what is inherited is not seen')
  t.equal(valueAt({}, 'constructor'), undefined)
  t.equal(valueAt({}, 'toString'), undefined)
  t.equal(valueAt({}, 'polluted'), undefined)
})

void t.test('accessors give the type they name or undefined', async (t) => {
  const value = { s: 'x', n: 1, f: 1.5, neg: -1, big: 2 ** 60, a: [1], o: {}, z: null, e: '' }
  t.equal(stringAt(value, 's'), 'x')
  t.equal(stringAt(value, 'e'), '', 'an empty string is a string')
  t.equal(stringAt(value, 'n'), undefined)
  t.same(arrayAt(value, 'a'), [1])
  t.equal(arrayAt(value, 'o'), undefined)
  t.same(objectAt(value, 'o'), {})
  t.equal(objectAt(value, 'a'), undefined)
  t.equal(objectAt(value, 'z'), undefined)
  for (const key of ['f', 'neg', 'big', 's', 'z']) t.equal(countAt(value, key), undefined, key)
  t.equal(countAt(value, 'n'), 1)
  t.equal(indexAt({ i: 127 }, 'i', 127), 127)
  t.equal(indexAt({ i: 128 }, 'i', 127), undefined)
  for (const holder of [null, undefined, 'text', 5, ['x']]) {
    t.equal(valueAt(holder, 'length'), undefined, 'only objects have keys')
  }
})
