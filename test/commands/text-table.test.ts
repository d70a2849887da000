import t from 'tap'
import { textTable } from '../../src/commands/text-table.ts'

void t.test('the first column stands to the left, others to the right', async (t) => {
  t.equal(
    textTable([
      ['name', 'n'],
      ['a', '1000', ''],
    ]),
    'name     n\na     1000',
  )
})
