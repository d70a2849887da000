import t from 'tap'
import { ImportFaults } from '../../../src/probe/import/import-faults.ts'
import { Row } from '../../../src/probe/import/row.ts'

const rowOf = (values: Record<string, unknown>) => {
  const faults = new ImportFaults()
  return { row: new Row(new Map(Object.entries(values)), 'f', '3', faults), faults }
}

t.test('numbers and truths are read from a table and from JSON alike', async (t) => {
  const { row, faults } = rowOf({ a: '4', b: 4, c: 'TRUE', d: false, e: '0', f: 1, g: ' no ' })
  t.equal(row.whole('a', 0, 9), 4)
  t.equal(row.whole('b', 0, 9), 4)
  t.same(
    ['c', 'd', 'e', 'f', 'g'].map((key) => row.yesNo(key)),
    [true, false, false, true, false],
  )
  t.equal(row.name('b'), '4')
  t.equal(faults.count, 0)
})

t.test('what is wrong is a fault with its column, and reads as undefined', async (t) => {
  const { row, faults } = rowOf({
    a: 'x',
    b: 1.5,
    c: 'perhaps',
    d: null,
    e: ['', 'y'],
    f: {},
    g: '  ',
  })
  t.equal(row.whole('a', 0, 9), undefined)
  t.equal(row.whole('b', 0, 9), undefined)
  t.equal(row.yesNo('c'), undefined)
  t.equal(row.text('d'), undefined)
  t.equal(row.texts('e'), undefined)
  t.equal(row.text('f'), undefined)
  t.equal(row.text('g'), undefined)
  t.equal(row.text('h'), undefined)
  t.equal(row.whole('a', 0, 9), undefined)
  t.same(faults.texts.slice(0, 8), [
    'f:3: column a: is "x", must be a number from 0 to 9',
    'f:3: column b: is 1.5, must be a whole number',
    'f:3: column c: is "perhaps", must be true or false',
    'f:3: column d: is empty',
    'f:3: column e: must hold texts only',
    'f:3: column f: is not a text',
    'f:3: column g: is empty',
    'f:3: column h: is not there; did you mean a?',
  ])
})

t.test('a value in a message is short and does nothing to a terminal', async (t) => {
  const { row, faults } = rowOf({ a: `\u001b[31m${'x'.repeat(100)}` })
  row.oneOf('a', ['y'])
  t.equal(faults.texts[0], `f:3: column a: is "?[31m${'x'.repeat(35)}...", must be one of y`)
})

t.test('half a surrogate pair becomes the replacement character', async (t) => {
  const { row } = rowOf({ a: 'x\ud800y' })
  t.equal(row.text('a'), 'x\ufffdy')
})
