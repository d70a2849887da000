import { setTimeout as pause } from 'node:timers/promises'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import t from 'tap'
import { endsAfter } from '../../src/commands/ends-after.ts'

setFlagsFromString('--expose-gc')
const collect = runInNewContext('gc') as () => void

t.test('it aborts after its time, whatever has been collected meanwhile', async (t) => {
  const other = new AbortController()
  const signals = Array.from({ length: 50 }, () => endsAfter(300, other.signal))
  for (let round = 0; round < 5; round++) {
    await pause(10)
    collect()
  }
  await pause(1000)
  t.equal(signals.filter(({ aborted }) => aborted).length, 50)
})

t.test('it aborts with the other signal, also with one that has aborted before', async (t) => {
  const other = new AbortController()
  const signal = endsAfter(60_000, other.signal)
  t.equal(signal.aborted, false)
  other.abort()
  t.equal(signal.aborted, true)
  t.equal(endsAfter(60_000, other.signal).aborted, true)
})
