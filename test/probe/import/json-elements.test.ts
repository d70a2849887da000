import fc from 'fast-check'
import t from 'tap'
import { type JsonElement, JsonElements } from '../../../src/probe/import/json-elements.ts'

const read = (pieces: readonly string[]) => {
  const reader = new JsonElements()
  const elements: JsonElement[] = []
  for (const piece of pieces) elements.push(...reader.push(piece))
  reader.end()
  return { elements, fault: reader.fault }
}

t.test('elements of a list come one by one, whole', async (t) => {
  const { elements, fault } = read([' [ {"a": [1, "],{"]} , 2,\n"x" ] '])
  t.equal(fault, undefined)
  t.same(elements, [
    { key: undefined, index: 0, text: '{"a": [1, "],{"]}' },
    { key: undefined, index: 1, text: '2' },
    { key: undefined, index: 2, text: '"x"' },
  ])
  t.same(read(['[]']), { elements: [], fault: undefined })
})

t.test('lists of an object come element by element, its other members whole', async (t) => {
  const { elements, fault } = read([
    '{"info": {"n": [1]}, "runs": [{"r": 1}, 2], "empty": [], "z": "\\"]"}',
  ])
  t.equal(fault, undefined)
  t.same(elements, [
    { key: 'info', index: undefined, text: '{"n": [1]}' },
    { key: 'runs', index: 0, text: '{"r": 1}' },
    { key: 'runs', index: 1, text: '2' },
    { key: 'z', index: undefined, text: '"\\"]"' },
  ])
})

t.test('what is no list or object, or is broken off, is a fault in words', async (t) => {
  const cases: [string, string][] = [
    ['', 'ends in the middle'],
    ['[1, 2', 'ends in the middle'],
    ['"text"', 'is neither a list nor an object'],
    ['7', 'is neither a list nor an object'],
    ['[1}', 'a "[" is closed by a "}"'],
    ['[1,]', 'a value is missing before a comma or bracket'],
    ['[,1]', 'a value is missing before a comma or bracket'],
    ['[1] [2]', 'goes on after its end'],
    ['{"a": [1] 2}', 'goes on after the end of a list'],
    ['{1: 2}', 'a member is no "key": value'],
  ]
  for (const [text, fault] of cases) t.equal(read([text]).fault, fault, text)
})

t.test('an element without end is refused before it fills the memory', async (t) => {
  const reader = new JsonElements()
  reader.push('["')
  const piece = 'x'.repeat(1_000_000)
  for (let i = 0; i < 40; i++) reader.push(piece)
  t.match(reader.fault, /an element of more than 33554432 characters/)
})

t.test('any JSON list is read as JSON.parse reads it, cut anywhere', async () => {
  fc.assert(
    fc.property(fc.array(fc.jsonValue(), { maxLength: 6 }), fc.nat(1000), (list, cut) => {
      const text = JSON.stringify(list, undefined, cut % 3)
      const at = cut % (text.length + 1)
      const { elements, fault } = read([text.slice(0, at), text.slice(at)])
      const values = elements.map((element): unknown => JSON.parse(element.text))
      return fault === undefined && JSON.stringify(values) === JSON.stringify(list)
    }),
    { numRuns: 500, seed: 3 },
  )
})

t.test('any JSON object is read as JSON.parse reads it', async () => {
  fc.assert(
    fc.property(fc.dictionary(fc.string(), fc.jsonValue(), { maxKeys: 5 }), (object) => {
      const text = JSON.stringify(object)
      const { elements, fault } = read(text.split(''))
      const rebuilt = new Map<string, unknown>()
      for (const [key, value] of Object.entries(object))
        if (Array.isArray(value)) rebuilt.set(key, [])
      for (const { key = '', index, text: one } of elements) {
        const value: unknown = JSON.parse(one)
        const list = rebuilt.get(key)
        if (index === undefined) rebuilt.set(key, value)
        else if (Array.isArray(list)) list.push(value)
      }
      const sorted = (of: Iterable<[string, unknown]>) =>
        JSON.stringify([...of].sort(([a], [b]) => (a < b ? -1 : 1)))
      return fault === undefined && sorted(rebuilt) === sorted(Object.entries(object))
    }),
    { numRuns: 500, seed: 5 },
  )
})

t.test('noise never makes it throw', async () => {
  const noise = fc.string({
    unit: fc.constantFrom('[', ']', '{', '}', ',', '"', '\\', ':', 'a', '1', ' '),
  })
  fc.assert(
    fc.property(noise, (text) => {
      const { elements } = read([text])
      return elements.every(({ text: one }) => one !== '')
    }),
    { numRuns: 3000, seed: 9 },
  )
})
