/** YAML as nodes with lines; texts of one line each take a short way with the same result. */
import t from 'tap'
import type { SuiteFault } from '../../src/probe/suite-fault.ts'
import { canonicalText, parseYamlText, plainValue } from '../../src/probe/yaml-file.ts'

const read = (text: string) => {
  const faults: SuiteFault[] = []
  return { node: parseYamlText(text, 'f.yaml', faults), faults }
}

void t.test('lines of texts are read as the parser reads them', async (t) => {
  const text = '# head\na-b: "one \\"two\\" \\u00e9"\nc: "three"\n'
  const short = read(text).node
  // An anchor sends the same content the long way.
  const long = read(text.replace('c: "', 'c: &x "')).node
  t.ok(short !== undefined && long !== undefined)
  if (short === undefined || long === undefined) return
  t.equal(canonicalText(short), canonicalText(long))
  t.same(plainValue(short), { 'a-b': 'one "two" é', c: 'three' })
  t.equal(short.kind === 'map' && short.entries.get('c')?.line, 3)
  t.equal(long.kind === 'map' && long.entries.get('c')?.line, 3)
})

void t.test('a repeated line is a fault on the short way too', async (t) => {
  t.match(read('a: "1"\na: "2"\n').faults, [
    { file: 'f.yaml', line: 2, reason: 'not valid YAML: Map keys must be unique' },
  ])
})

void t.test('anchors are resolved, and cannot grow a file without end', async (t) => {
  const shared = read('a: &x [1, 2]\nb: *x\n').node
  t.same(shared && plainValue(shared), { a: [1, 2], b: [1, 2] })
  const bomb = Array.from({ length: 9 }, (_, i) => {
    const inner = i === 0 ? '1' : `*a${i - 1}`
    return `a${i}: &a${i} [${Array(9).fill(inner).join(', ')}]`
  })
  t.same(read(`${bomb.join('\n')}\n`).faults.length, 1)
  t.match(read(`${'['.repeat(600)}\n`).faults, [{ reason: 'nested too deep' }])
})

void t.test('a key of any name is data', async (t) => {
  const { node } = read('__proto__: {polluted: true}\nconstructor: x\n')
  t.equal(node && canonicalText(node), '{"__proto__":{"polluted":true},"constructor":"x"}')
  t.equal(Object.hasOwn({}, 'polluted'), false)
})
