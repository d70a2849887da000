import fc from 'fast-check'
import t from 'tap'
import { stringify } from 'yaml'
import { parseYaml, type YamlTree } from '../../src/config/yaml-tree.ts'
import { fuzz } from '../fuzz-runs.ts'

const faultsOf = (text: string) => {
  const parsed = parseYaml(text)
  return parsed.ok ? [] : parsed.faults
}

t.test('a map knows the line of each key', (t) => {
  const parsed = parseYaml('a: 1\n\nb:\n  - x\n  - {c: true}\n')
  t.strictSame(parsed, {
    ok: true,
    tree: {
      kind: 'map',
      line: 1,
      entries: [
        { key: 'a', line: 1, value: { kind: 'scalar', line: 1, value: 1 } },
        {
          key: 'b',
          line: 3,
          value: {
            kind: 'list',
            line: 4,
            items: [
              { kind: 'scalar', line: 4, value: 'x' },
              {
                kind: 'map',
                line: 5,
                entries: [{ key: 'c', line: 5, value: { kind: 'scalar', line: 5, value: true } }],
              },
            ],
          },
        },
      ],
    },
  })
  t.end()
})

t.test('what a configuration has no use for is refused with its line', (t) => {
  t.strictSame(faultsOf('a: 1\na: 2\n'), [
    { key: 'file', reason: 'not valid YAML: Map keys must be unique', at: 'line 2' },
  ])
  const alias = 'aliases (*name) are not supported; write the value out'
  t.strictSame(faultsOf('a: &x 1\nb: *x\n'), [{ key: 'file', reason: alias, at: 'line 2' }])
  t.strictSame(faultsOf('a: 1\n---\nb: 2\n').length, 1, 'two documents')
  t.strictSame(faultsOf('a: !!js/function "x"\n').length, 1, 'an unknown tag')
  t.strictSame(faultsOf('? [a, b]\n: 1\n'), [
    { key: 'file', reason: 'a key must be a word', at: 'line 1' },
  ])
  t.strictSame(faultsOf(`${'{a: '.repeat(20)}1${'}'.repeat(20)}`), [
    { key: 'file', reason: 'nested too deep', at: 'line 1' },
  ])
  t.end()
})

t.test('an exponential anchor bomb costs nothing', (t) => {
  const levels = Array.from({ length: 30 }, (_, i) => `a${i}: &a${i} [*a${i + 1}, *a${i + 1}]`)
  t.ok(faultsOf(levels.reverse().join('\n')).length > 0)
  t.end()
})

t.test('depth that would end the parser is refused before it is parsed', (t) => {
  const deep = [{ key: 'file', reason: 'not valid YAML: nested too deep' }]
  for (const text of [
    '['.repeat(50_000),
    '{a: '.repeat(50_000),
    '["]",'.repeat(40_000),
    '- '.repeat(100_000),
    '? '.repeat(100_000),
    `${' '.repeat(500)}a: 1`,
  ]) {
    t.strictSame(faultsOf(text), deep, JSON.stringify(text.slice(0, 12)))
  }
  t.end()
})

t.test('a secret in a broken file is not quoted', (t) => {
  const text = JSON.stringify(faultsOf('upstream: "sk-live-1234567890\n  x: y: z: [\n'))
  t.notMatch(text, /1234567890/)
  t.end()
})

const valueOf = (tree: YamlTree): unknown => {
  if (tree.kind === 'scalar') return tree.value
  if (tree.kind === 'list') return tree.items.map(valueOf)
  return Object.fromEntries(tree.entries.map((entry) => [entry.key, valueOf(entry.value)]))
}

t.test('what was printed is read back, and no text throws', (t) => {
  const value = fc.letrec((tie) => ({
    node: fc.oneof(
      { maxDepth: 4 },
      fc.string(),
      fc.boolean(),
      fc.integer(),
      fc.array(tie('node'), { maxLength: 3 }),
      fc.dictionary(fc.stringMatching(/^[a-z_]{1,8}$/), tie('node'), { maxKeys: 3 }),
    ),
  })).node
  fc.assert(
    fc.property(value, (given) => {
      const parsed = parseYaml(stringify(given, { aliasDuplicateObjects: false }))
      if (!parsed.ok) throw new Error(JSON.stringify(parsed.faults))
      t.same(JSON.stringify(valueOf(parsed.tree)), JSON.stringify(given))
    }),
    fuzz('config_printed', 7),
  )
  fc.assert(
    fc.property(fc.string({ maxLength: 60, unit: 'binary' }), (text) => {
      parseYaml(text)
    }),
    fuzz('config_text', 7),
  )
  t.notOk(Object.hasOwn(Object.prototype, 'a'))
  t.end()
})
