/** Loads, then saves one state after the other until it is killed; says which load and saves were done. */
import { systemClock } from '../../src/clock.ts'
import { MemoryStore } from '../../src/state/memory-store.ts'
import { createSnapshotFile } from '../../src/state/snapshot-file.ts'

const bytesMax = 1_048_576
const store = new MemoryStore({ clock: systemClock, bytesMax, valueBytesMax: bytesMax })
const file = createSnapshotFile({ path: process.argv[2], bytesMax })
const { bytes, faults } = await file.load()
if (bytes !== undefined && !store.restore(bytes)) throw new Error('what was loaded is refused')
const held = await store.read(['g:count', 'g:filling'])
let count = Number(held.value.get('g:count') ?? 0)
if (count > 0 && held.value.get('g:filling').length !== (count * 7919) % 100_000)
  throw new Error('two states in one')
process.stdout.write(`loaded ${count} ${JSON.stringify(faults)}\n`)
for (;;) {
  count++
  await store.set('g:count', String(count), 3_600_000)
  await store.set('g:filling', 'x'.repeat((count * 7919) % 100_000), 3_600_000)
  const saved = await file.save(store.snapshot())
  if (!saved.ok) throw new Error(saved.code)
  process.stdout.write(`saved ${count}\n`)
}
