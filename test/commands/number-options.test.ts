import t from 'tap'
import {
  faultsText,
  type NumberOption,
  numberOptionsText,
  readNumbers,
} from '../../src/commands/number-options.ts'

const options: readonly NumberOption[] = [
  { name: 'days', default: 30, min: 1, max: 90, whole: true, help: 'days' },
  { name: 'se', default: 0.9, min: 0.5, max: 1, whole: false, help: 'sensitivity' },
]

void t.test('given numbers are read, others keep their defaults', async (t) => {
  const read = readNumbers(['--days', '7', '--json', 'bn=3'], options, true)
  if (!read.ok) throw new Error('refused')
  t.equal(read.number('days'), 7)
  t.equal(read.number('se'), 0.9)
  t.equal(read.json, true)
  t.same(read.positionals, ['bn=3'])
  t.throws(() => read.number('weeks'))
})

void t.test('every fault is named at once', async (t) => {
  const read = readNumbers(['--days', '1.5', '--se', '.2'], options)
  if (read.ok) throw new Error('accepted')
  t.equal(
    faultsText('plan', read.faults),
    'holdfast plan: --days: must be a whole number from 1 to 90\n' +
      'holdfast plan: --se: must be a number from 0.5 to 1\n',
  )
  for (const args of [['--weeks', '3'], ['word'], ['--days'], ['--days', ''], ['--se', 'NaN']]) {
    t.notOk(readNumbers(args, options).ok, args.join(' '))
  }
})

void t.test('the help text names each with its default', async (t) => {
  t.equal(
    numberOptionsText(options),
    '  --days N  days (default 30)\n  --se N    sensitivity (default 0.9)',
  )
})
