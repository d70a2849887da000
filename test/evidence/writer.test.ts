/** The writer under faults of the disk: what it says is written can be read, and nothing waits for it. */
import { readdirSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import t, { type Test } from 'tap'
import type { Disk } from '../../src/evidence/disk.ts'
import { readEvidence } from '../../src/evidence/read.ts'
import type { ExchangeRecord, NewRecord } from '../../src/evidence/record.ts'
import { verifyEvidence } from '../../src/evidence/verify.ts'
import { createEvidenceWriter } from '../../src/evidence/writer.ts'
import { faultyDisk, type Operation } from './faulty-disk.ts'
import { at, exchangeRecord, frameOf, segmentOf } from './segment-bytes.ts'

const recordOf = (n: number, more: Partial<ExchangeRecord> = {}): NewRecord => {
  const { v: _v, id: _id, at: _at, ...rest } = exchangeRecord(n, more)
  return { ...rest, prompt_chars: n }
}

function setUp(
  t: Test,
  limits: {
    disk?: Disk
    bytesMax?: number
    segmentBytes?: number
    folder?: string
    writer?: string
  } = {},
) {
  const folder = limits.folder ?? join(t.testdir({}), 'evidence')
  const time = { now: at, monotonic: 0 }
  const counted = new Map<string, number>()
  const count = (name: string, by = 1): void =>
    void counted.set(name, (counted.get(name) ?? 0) + by)
  const writer = createEvidenceWriter({
    folder,
    writer: limits.writer ?? '0000000a',
    disk: limits.disk ?? faultyDisk(),
    clock: { now: () => time.now, monotonic: () => time.monotonic },
    bytesMax: limits.bytesMax ?? 10_000_000,
    ageMaxMs: 86_400_000,
    segmentBytes: limits.segmentBytes ?? 1_000_000,
    events: {
      written: (kind) => count(`written ${kind}`),
      dropped: (reason, n) => count(`dropped ${reason}`, n),
      failed: (error) => count(`failed ${error}`),
      removed: (n) => count('removed', n),
    },
  })
  // Its files would be closed by the garbage collector otherwise.
  t.teardown(() => writer.close())
  return {
    folder,
    writer,
    time,
    counted: () => Object.fromEntries(counted),
    pass(ms: number) {
      time.now += ms
      time.monotonic += ms
    },
    async read() {
      const numbers: number[] = []
      const faults: string[] = []
      const all = readEvidence({ folder, onFault: ({ code }) => faults.push(code) })
      for await (const record of all) {
        if (record.kind === 'exchange') numbers.push(record.prompt_chars)
      }
      return { numbers, faults }
    },
  }
}

const upTo = (n: number): number[] => Array.from({ length: n }, (_, i) => i)

t.test(
  'what is appended is on the disk after the next step, in a segment that is open',
  async (t) => {
    const { writer, read, folder, counted } = setUp(t)
    for (const n of upTo(3)) writer.append(recordOf(n))
    t.same(writer.state(), { up: true, queued: 3, bytes: undefined })
    await writer.step()
    t.same(await read(), { numbers: [0, 1, 2], faults: [] })
    t.same(counted(), { 'written exchange': 3 })
    const [file = ''] = readdirSync(folder)
    t.equal(file, `evidence-${String(at).padStart(15, '0')}-0000000a-000000.open`)
    t.same(writer.state(), { up: true, queued: 0, bytes: statSync(join(folder, file)).size })
    t.equal(statSync(join(folder, file)).mode & 0o777, 0o600)
    t.equal(statSync(folder).mode & 0o777, 0o700)
    await writer.close()
    t.same(readdirSync(folder), [file.replace('.open', '.seg')])
    writer.append(recordOf(4))
    t.equal(counted()['dropped closed'], 1)
  },
)

t.test('a record counts as written when it is synced, and not before', async (t) => {
  const disk = faultyDisk()
  const { writer, counted } = setUp(t, { disk })
  await writer.step()
  const held: (() => void)[] = []
  disk.before = (operation) =>
    operation === 'sync' && disk.calls.filter((one) => one === 'append').length > 1
      ? new Promise<void>((resolve) => {
          held.push(resolve)
        })
      : undefined
  writer.append(recordOf(1))
  const step = writer.step()
  while (held.length === 0) await new Promise(setImmediate)
  t.same(counted(), {})
  t.equal(writer.state().queued, 1)
  for (const release of held) release()
  await step
  t.same(counted(), { 'written exchange': 1 })
})

t.test('256 records are written without waiting for the timer', async (t) => {
  const { writer, read } = setUp(t)
  for (const n of upTo(256)) writer.append(recordOf(n))
  while (writer.state().queued > 0) await new Promise(setImmediate)
  t.equal((await read()).numbers.length, 256)
})

const faults: readonly [string, readonly Operation[], string][] = [
  ['ENOSPC', ['append'], 'ENOSPC'],
  ['EIO', ['append'], 'EIO'],
  ['EIO', ['sync'], 'EIO'],
  ['EIO', ['append', 'sync', 'truncate'], 'EIO'],
  ['EROFS', ['append', 'create', 'truncate', 'rename', 'remove', 'makeFolder'], 'EROFS'],
  ['EMFILE', ['create', 'list', 'read'], 'EMFILE'],
  ['EDQUOT', ['append', 'create'], 'EDQUOT'],
  ['ESTALE', ['append', 'sync', 'isLinked', 'list', 'facts', 'close'], 'other'],
]
for (const [code, operations, label] of faults) {
  t.test(
    `${code} in ${operations.join(', ')}: nothing written is lost, and it goes on within 10 s`,
    async (t) => {
      const disk = faultyDisk()
      const { writer, read, pass, counted } = setUp(t, { disk })
      for (const n of upTo(5)) writer.append(recordOf(n))
      await writer.step()
      disk.fail(code, operations)
      for (let n = 5; n < 10; n++) writer.append(recordOf(n))
      // Longer than any pause: each attempt fails and is counted.
      for (let i = 0; i < 300; i++) {
        pass(100)
        await writer.step()
      }
      t.equal(writer.state().up, false)
      t.equal(writer.state().queued, 5)
      const failures = counted()[`failed ${label}`] ?? 0
      t.ok(failures >= 6 && failures <= 20, `${failures} failures in 30 s`)
      t.same((await read()).numbers, upTo(5))
      disk.fail(undefined)
      let waited = 0
      for (; !writer.state().up && waited < 10_000; waited += 100) {
        pass(100)
        await writer.step()
      }
      t.ok(waited <= 5000, `${waited} ms until it goes on`)
      for (let n = 10; n < 12; n++) writer.append(recordOf(n))
      await writer.close()
      t.same((await read()).numbers, upTo(12))
      t.equal(counted()['written exchange'], 12)
    },
  )
}

t.test('a disk that fills up in the middle of a record leaves no half of it', async (t) => {
  const frame = frameOf({
    ...recordOf(1),
    v: 1,
    id: '0000000a-0',
    at: new Date(at).toISOString(),
  }).length
  for (const room of [0, 1, 31, 32, 33, 500, frame + 40, frame * 2 + 31]) {
    const disk = faultyDisk()
    const { writer, read, pass, folder } = setUp(t, { disk })
    disk.room(room)
    for (const n of upTo(4)) writer.append(recordOf(n))
    await writer.step()
    t.equal(writer.state().up, false, `${room} bytes`)
    t.same(await read(), { numbers: [], faults: [] }, `${room} bytes`)
    disk.room(undefined)
    pass(300)
    await writer.step()
    t.same(await read(), { numbers: upTo(4), faults: [] }, `${room} bytes`)
    t.ok((await verifyEvidence(folder)).segments.every(({ faults }) => faults.length === 0))
  }
})

t.test(
  'a disk that stays full: the queue is bounded, and each record that finds no room is counted',
  async (t) => {
    const disk = faultyDisk()
    const { writer, counted, pass, read } = setUp(t, { disk })
    await writer.step()
    disk.fail('ENOSPC', ['append'])
    const total = 30_000
    for (const n of upTo(total)) {
      writer.append(recordOf(n))
      if (n === 0) await writer.step()
      if (n % 1000 === 0) pass(100)
    }
    await writer.step()
    const { queued } = writer.state()
    t.ok(queued > 5000 && queued <= 20_000, `${queued} wait`)
    t.equal(counted()['dropped disk'], total - queued)
    disk.fail(undefined)
    pass(5000)
    await writer.close()
    t.equal((await read()).numbers.length, queued)
    t.equal(counted()['written exchange'], queued)
  },
)

t.test('what a full disk kept from being written at the end is counted', async (t) => {
  const disk = faultyDisk()
  const { writer, counted } = setUp(t, { disk })
  disk.fail('ENOSPC', ['append'])
  for (const n of upTo(3)) writer.append(recordOf(n))
  await writer.close()
  t.same(counted(), { 'failed ENOSPC': 1, 'dropped closed': 3 })
})

t.test('a segment that is removed under the writer costs nothing of the batch', async (t) => {
  const disk = faultyDisk()
  const { writer, folder, read, pass, counted } = setUp(t, { disk })
  writer.append(recordOf(0))
  await writer.step()
  const [file = ''] = readdirSync(folder)
  await disk.remove(join(folder, file))
  writer.append(recordOf(1))
  await writer.step()
  t.equal(counted()['failed removed'], 1)
  pass(300)
  await writer.step()
  t.same(await read(), { numbers: [1], faults: [] })
})

t.test('the folder stays below its size: the oldest segments go', async (t) => {
  const { writer, folder, read, counted, pass } = setUp(t, { bytesMax: 40_000, segmentBytes: 8000 })
  let largest = 0
  for (const n of upTo(400)) {
    writer.append(recordOf(n))
    pass(1000)
    await writer.step()
    const held = readdirSync(folder).reduce(
      (sum, file) => sum + statSync(join(folder, file)).size,
      0,
    )
    largest = Math.max(largest, held)
  }
  t.ok(largest <= 40_000 && largest > 30_000, `${largest} bytes at most`)
  const { numbers, faults } = await read()
  t.same(faults, [])
  t.same(numbers, upTo(400).slice(-numbers.length), 'the newest are there, without a gap')
  t.ok(numbers.length > 30, `${numbers.length} are left`)
  t.ok((counted()['removed'] ?? 0) > 30)
})

t.test('segments beyond their age go, also when nothing is written', async (t) => {
  const { writer, folder, pass, time, read } = setUp(t)
  writer.append(recordOf(0))
  await writer.step()
  pass(3_600_001)
  writer.append(recordOf(1))
  await writer.step()
  const sealed = readdirSync(folder).filter((file) => file.endsWith('.seg'))
  t.equal(sealed.length, 1, 'an hour is one segment')
  for (const file of sealed) utimesSync(join(folder, file), time.now / 1000, time.now / 1000)
  pass(86_399_000)
  await writer.step()
  t.same((await read()).numbers, [0, 1])
  pass(31_000)
  await writer.step()
  t.same((await read()).numbers, [1])
})

t.test(
  'segments that a killed process left open are repaired and sealed, those of a living one are not',
  async (t) => {
    const folder = t.testdir({})
    const name = (writer: string): string =>
      `evidence-${String(at).padStart(15, '0')}-${writer}-000000.open`
    const torn = Buffer.concat([
      segmentOf([exchangeRecord(1), exchangeRecord(2)]),
      frameOf(exchangeRecord(3)).subarray(0, 400),
    ])
    for (const [writer, content, age] of [
      ['0000000b', torn, 61],
      ['0000000c', torn.subarray(0, 20), 61],
      ['0000000d', torn, 10],
    ] as const) {
      writeFileSync(join(folder, name(writer)), content)
      utimesSync(join(folder, name(writer)), at / 1000 - age, at / 1000 - age)
    }
    writeFileSync(join(folder, 'notes.txt'), 'not evidence')
    const { writer } = setUp(t, { folder })
    await writer.step()
    t.same(readdirSync(folder).sort(), [
      name('0000000b').replace('.open', '.seg'),
      name('0000000d'),
      'notes.txt',
    ])
    const { segments } = await verifyEvidence(folder)
    t.same(
      segments.map(({ records, faults, unfinished }) => [records, faults.length, unfinished]),
      [
        [2, 0, 0],
        [2, 0, 400],
      ],
    )
  },
)

t.test('one file that cannot be removed does not stop writing while there is room', async (t) => {
  const disk = faultyDisk()
  const { writer, counted, pass, read, folder } = setUp(t, {
    disk,
    bytesMax: 40_000,
    segmentBytes: 8000,
  })
  disk.fail('EPERM', ['remove'])
  for (const n of upTo(100)) {
    writer.append(recordOf(n))
    pass(10_000)
    await writer.step()
  }
  t.equal(writer.state().up, false, 'it stops before it grows beyond its size')
  t.ok((counted()['failed EPERM'] ?? 0) > 0)
  const held = readdirSync(folder).reduce((sum, file) => sum + statSync(join(folder, file)).size, 0)
  t.ok(held <= 40_000, `${held}`)
  disk.fail(undefined)
  pass(5000)
  await writer.step()
  t.equal(writer.state().up, true)
  t.equal((await read()).numbers.at(-1), 99)
})

t.test('a record that is too large is dropped and counted, those around it are not', async (t) => {
  const { writer, counted, read } = setUp(t)
  writer.append(recordOf(0))
  const text = { prompt: 'x'.repeat(300_000), answer: '', cut: false, redactions: {} }
  writer.append(recordOf(1, { text }))
  writer.append(recordOf(2))
  await writer.step()
  t.same((await read()).numbers, [0, 2])
  t.same(counted(), { 'dropped too_large': 1, 'written exchange': 2 })
})
