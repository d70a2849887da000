/** Forgetting removes every record of a subject and no other, beside a writer and after a crash. */
import { readdirSync, readFileSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import t, { type Test } from 'tap'
import { systemClock } from '../../src/clock.ts'
import { realDisk } from '../../src/evidence/disk.ts'
import { forget } from '../../src/evidence/forget.ts'
import { readRequest, requestFile, requestText } from '../../src/evidence/forget-request.ts'
import { readEvidence } from '../../src/evidence/read.ts'
import type { ExchangeRecord, NewRecord } from '../../src/evidence/record.ts'
import { verifyEvidence } from '../../src/evidence/verify.ts'
import { createEvidenceWriter, type EvidenceWriter } from '../../src/evidence/writer.ts'
import { at, exchangeRecord, frameOf, segmentOf } from './segment-bytes.ts'

const name = (n: number, ending = 'seg'): string =>
  `evidence-${String(at + n).padStart(15, '0')}-0000000a-00000${n}.${ending}`

const folderWith = (t: Test, segments: Readonly<Record<string, readonly object[]>>): string => {
  const folder = t.testdir({})
  for (const [file, values] of Object.entries(segments)) {
    writeFileSync(join(folder, file), segmentOf(values))
  }
  return folder
}

const idsIn = async (folder: string): Promise<string[]> => {
  const ids: string[] = []
  for await (const { id } of readEvidence({ folder })) ids.push(id)
  return ids
}

const ids = (...numbers: number[]): string[] => numbers.map((n) => `0000000a-${n.toString(36)}`)
const user = (n: number, key: string): ExchangeRecord => exchangeRecord(n, { user: key })

t.test(
  'the records of a user go, from every segment, and the others stay as they were',
  async (t) => {
    const folder = folderWith(t, {
      [name(0)]: [user(1, 'anna'), user(2, 'bert'), exchangeRecord(3)],
      [name(1)]: [user(4, 'bert')],
      [name(2)]: [user(5, 'anna'), user(6, 'anna')],
    })
    const untouched = statSync(join(folder, name(1))).ino
    utimesSync(join(folder, name(0)), 1_700_000_000, 1_700_000_000)
    const result = await forget({
      folder,
      subjects: [{ field: 'user', key: 'anna' }],
      clock: systemClock,
    })
    t.same(result, { ok: true, records: 3, segments: 2, unanswered: 0 })
    t.same(readdirSync(folder).sort(), [name(0), name(1)])
    t.same(readFileSync(join(folder, name(0))), segmentOf([user(2, 'bert'), exchangeRecord(3)]))
    t.equal(statSync(join(folder, name(1))).ino, untouched)
    t.equal(statSync(join(folder, name(0))).mtimeMs, 1_700_000_000_000, 'its age is what it was')
    t.equal(statSync(join(folder, name(0))).mode & 0o777, 0o600)
  },
)

t.test('by tenant and by conversation; several keys at once; nobody known', async (t) => {
  const folder = folderWith(t, {
    [name(0)]: [
      exchangeRecord(1, { tenant: 'acme' }),
      exchangeRecord(2, { conversation: 'chat-2' }),
      exchangeRecord(3, { conversation: 'acme' }),
    ],
  })
  const clock = systemClock
  t.match(await forget({ folder, subjects: [{ field: 'tenant', key: 'acme' }], clock }), {
    records: 1,
  })
  t.same(await idsIn(folder), ids(2, 3))
  const subjects = [
    { field: 'conversation', key: 'chat-2' },
    { field: 'conversation', key: 'chat-9' },
  ] as const
  t.match(await forget({ folder, subjects, clock }), { records: 1, segments: 1 })
  t.match(await forget({ folder, subjects, clock }), { records: 0, segments: 0 })
  t.same(await idsIn(folder), ids(3))
})

t.test('damaged bytes that name the subject go too, other damage stays', async (t) => {
  const broken = (n: number, key: string): Buffer => {
    const frame = frameOf(user(n, key))
    frame[5] = (frame[5] ?? 0) ^ 1
    return frame
  }
  const folder = t.testdir({})
  const whole = [
    segmentOf([user(1, 'bert')]),
    broken(2, 'anna'),
    frameOf(user(3, 'bert')),
    broken(4, 'bert'),
  ]
  writeFileSync(join(folder, name(0)), Buffer.concat(whole))
  await forget({ folder, subjects: [{ field: 'user', key: 'anna' }], clock: systemClock })
  t.same(readFileSync(join(folder, name(0))), Buffer.concat(whole.filter((_, i) => i !== 1)))
})

t.test('an open segment whose writer has gone is sealed first', async (t) => {
  const folder = folderWith(t, { [name(0, 'open')]: [user(1, 'anna'), user(2, 'bert')] })
  const subjects = [{ field: 'user', key: 'anna' }] as const
  const result = await forget({ folder, subjects, clock: systemClock, waitMs: 50 })
  t.same(result, { ok: true, records: 1, segments: 1, unanswered: 1 })
  t.same(readdirSync(folder), [name(0)])
})

t.test('what an interrupted call left is finished by the next', async (t) => {
  const folder = folderWith(t, { [name(0)]: [user(1, 'anna'), user(2, 'bert'), user(3, 'carl')] })
  const request = { at: systemClock.now(), subjects: [{ field: 'user', key: 'bert' } as const] }
  writeFileSync(join(folder, requestFile('0'.repeat(16))), requestText(request))
  writeFileSync(join(folder, `${name(0)}.rewrite`), 'half of it')
  t.same((await verifyEvidence(folder)).interrupted, [requestFile('0'.repeat(16))])
  const subjects = [{ field: 'user', key: 'anna' }] as const
  t.match(await forget({ folder, subjects, clock: systemClock }), { records: 2 })
  t.same(readdirSync(folder), [name(0)])
  t.same(await idsIn(folder), ids(3))
})

t.test('two at once: the second is told, unless the first has long been dead', async (t) => {
  const folder = folderWith(t, { [name(0)]: [user(1, 'anna')] })
  const lock = join(folder, 'forget.lock')
  writeFileSync(lock, '')
  const subjects = [{ field: 'user', key: 'anna' }] as const
  t.same(await forget({ folder, subjects, clock: systemClock }), { ok: false, reason: 'locked' })
  const longAgo = systemClock.now() / 1000 - 31
  utimesSync(lock, longAgo, longAgo)
  t.match(await forget({ folder, subjects, clock: systemClock }), { ok: true, records: 1 })
  t.same(readdirSync(folder), [])
})

t.test(
  'beside a writer: its queue and its open segment too, and what comes later stays',
  async (t) => {
    const folder = t.testdir({})
    const dropped: string[] = []
    const writer: EvidenceWriter = createEvidenceWriter({
      folder,
      writer: '0000000a',
      disk: realDisk,
      clock: systemClock,
      bytesMax: 10_000_000,
      ageMaxMs: 86_400_000,
      segmentBytes: 1_000_000,
      events: {
        written() {},
        dropped: (reason, count) => dropped.push(`${reason} ${count}`),
        failed: (error) => t.fail(error),
        removed() {},
      },
    })
    t.teardown(() => writer.close())
    const append = (n: number, key: string): void => {
      const { v: _v, id: _id, at: _at, ...rest } = user(n, key)
      const record: NewRecord = { ...rest, prompt_chars: n }
      writer.append(record)
    }
    append(1, 'anna')
    append(2, 'bert')
    await writer.step()
    append(3, 'anna')
    append(4, 'bert')
    const subjects = [{ field: 'user', key: 'anna' }] as const
    const forgetting = forget({ folder, subjects, clock: systemClock, waitMs: 60_000 })
    const timer = setInterval(() => void writer.step(), 50)
    const result = await forgetting
    append(5, 'anna')
    append(6, 'bert')
    await writer.step()
    clearInterval(timer)
    t.match(result, { ok: true, segments: 1, unanswered: 0 })
    const left: number[] = []
    for await (const record of readEvidence({ folder })) {
      if (record.kind === 'exchange') left.push(record.prompt_chars)
    }
    t.same(left, [2, 4, 5, 6])
    t.ok(result.ok && result.records + dropped.length === 2, `${dropped}`)
  },
)

t.test('a request is read as it was written, and nothing else is one', async (t) => {
  const request = { at, subjects: [{ field: 'tenant', key: 'k' } as const] }
  t.same(readRequest(requestText(request)), request)
  for (const text of [
    '',
    '[]',
    '{"v":2,"at":"2026-03-01T12:00:00Z","subjects":[]}',
    '{"v":1,"at":"noon","subjects":[]}',
    '{"v":1,"at":"2026-03-01T12:00:00Z","subjects":[{"field":"language","key":"de"}]}',
    '{"v":1,"at":"2026-03-01T12:00:00Z","subjects":[{"field":"user","key":""}]}',
  ]) {
    t.equal(readRequest(text), undefined, text)
  }
})
