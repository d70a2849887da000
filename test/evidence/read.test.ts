/** Records are found by what they say, whatever state the files are in. */
import { mkdirSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import t, { type Test } from 'tap'
import { type ReadFault, type ReadOptions, readEvidence } from '../../src/evidence/read.ts'
import { at, exchangeRecord, frameOf, segmentOf } from './segment-bytes.ts'

const name = (createdAt: number, sequence: number, ending: 'open' | 'seg'): string =>
  `evidence-${String(createdAt).padStart(15, '0')}-0000000a-${String(sequence).padStart(6, '0')}.${ending}`

async function read(
  folder: string,
  options: Omit<ReadOptions, 'folder' | 'onFault'> = {},
): Promise<{ ids: string[]; faults: ReadFault[] }> {
  const faults: ReadFault[] = []
  const ids: string[] = []
  const all = readEvidence({ folder, ...options, onFault: (fault) => faults.push(fault) })
  for await (const { id } of all) ids.push(id)
  return { ids, faults }
}

const ids = (...numbers: number[]): string[] => numbers.map((n) => `0000000a-${n.toString(36)}`)

function twoSegments(t: Test): string {
  const folder = t.testdir({})
  const [first, second] = [
    [1, 2, 3],
    [4, 5, 6],
  ].map((numbers) => segmentOf(numbers.map((n) => exchangeRecord(n))))
  writeFileSync(join(folder, name(at, 0, 'seg')), first ?? '')
  writeFileSync(join(folder, name(at + 4000, 1, 'open')), second ?? '')
  return folder
}

t.test('a folder that is not there holds nothing, and that is no fault', async (t) => {
  t.same(await read(join(t.testdir({}), 'absent')), { ids: [], faults: [] })
})

t.test('oldest first, newest first, and no more than asked for', async (t) => {
  const folder = twoSegments(t)
  t.same(await read(folder), { ids: ids(1, 2, 3, 4, 5, 6), faults: [] })
  t.same((await read(folder, { order: 'newest_first' })).ids, ids(6, 5, 4, 3, 2, 1))
  t.same((await read(folder, { limit: 4 })).ids, ids(1, 2, 3, 4))
  t.same((await read(folder, { order: 'newest_first', limit: 4 })).ids, ids(6, 5, 4, 3))
})

t.test('a time window takes its start and leaves its end', async (t) => {
  const folder = twoSegments(t)
  t.same((await read(folder, { from: at + 3000, to: at + 5000 })).ids, ids(3, 4))
})

t.test('a segment that ended long before the window is not opened', async (t) => {
  const folder = twoSegments(t)
  const before = join(folder, name(at, 0, 'seg'))
  writeFileSync(before, 'no segment at all, but large enough to have a head')
  utimesSync(before, at / 1000, at / 1000)
  t.same(await read(folder, { from: at + 3_600_001 }), { ids: [], faults: [] })
  t.same((await read(folder)).faults, [
    { file: name(at, 0, 'seg'), code: 'head_damaged' },
    { file: name(at, 0, 'seg'), code: 'torn' },
  ])
})

t.test('an unfinished record of an open segment is no fault; of a sealed one it is', async (t) => {
  const torn = Buffer.concat([
    segmentOf([exchangeRecord(1)]),
    frameOf(exchangeRecord(2)).subarray(0, 50),
  ])
  const folder = t.testdir({})
  writeFileSync(join(folder, name(at, 0, 'open')), torn)
  t.same(await read(folder), { ids: ids(1), faults: [] })
  const sealed = t.testdir({ sealed: {} })
  writeFileSync(join(sealed, name(at, 0, 'seg')), torn)
  t.same(await read(sealed), { ids: ids(1), faults: [{ file: name(at, 0, 'seg'), code: 'torn' }] })
})

t.test('while a segment is sealed it may stand under both names, and is read once', async (t) => {
  const folder = t.testdir({})
  for (const ending of ['open', 'seg'] as const) {
    writeFileSync(join(folder, name(at, 0, ending)), segmentOf([exchangeRecord(1)]))
  }
  t.same(await read(folder), { ids: ids(1), faults: [] })
})

t.test('a batch that was written twice after a failed sync is read once', async (t) => {
  const folder = t.testdir({})
  writeFileSync(join(folder, name(at, 0, 'seg')), segmentOf([1, 2].map((n) => exchangeRecord(n))))
  writeFileSync(join(folder, name(at, 1, 'seg')), segmentOf([2, 3].map((n) => exchangeRecord(n))))
  t.same((await read(folder)).ids, ids(1, 2, 3))
})

t.test('what this version does not know is told and passed over', async (t) => {
  const folder = t.testdir({})
  const values = [exchangeRecord(1), { v: 2, kind: 'exchange' }, { ...exchangeRecord(3), depth: 3 }]
  writeFileSync(join(folder, name(at, 0, 'seg')), segmentOf(values))
  const unknown = { file: name(at, 0, 'seg'), code: 'unknown_record' }
  t.same(await read(folder), { ids: ids(1), faults: [unknown, unknown] })
  mkdirSync(join(folder, name(at, 1, 'seg')))
  t.same((await read(folder)).faults.at(-1), { file: name(at, 1, 'seg'), code: 'EISDIR' })
  t.same(await read(join(folder, name(at, 0, 'seg'))), {
    ids: [],
    faults: [{ file: undefined, code: 'ENOTDIR' }],
  })
})

t.test(
  'the exchanges behind a detector: its language and English, its set, its metric',
  async (t) => {
    const folder = t.testdir({})
    const values = [
      exchangeRecord(1),
      exchangeRecord(2, { language: 'en', verdict: 'complied' }),
      exchangeRecord(3, { language: 'fr' }),
      exchangeRecord(4, { detectors: ['unclear_rate'] }),
      exchangeRecord(5, { set: 'benign' }),
      {
        v: 1,
        id: '0000000a-6',
        at: new Date(at).toISOString(),
        kind: 'episode',
        event: 'opened',
        detector: 'd1',
        metric: 'refusal_gap',
        language: 'de',
        set: 'unclassified',
      },
    ]
    writeFileSync(join(folder, name(at, 0, 'seg')), segmentOf(values))
    const of = async (language?: string, set?: string) =>
      (await read(folder, { detector: { metric: 'refusal_gap', language, set } })).ids
    t.same(await of('de', 'unclassified'), ids(1, 2, 6))
    t.same(await of('de'), ids(1, 2, 5, 6))
    t.same(await of('all', 'all'), ids(1, 2, 3, 5, 6))
    t.same(
      (await read(folder, { detector: { metric: 'unclear_rate', language: 'de' } })).ids,
      ids(1, 4, 5),
    )
  },
)

t.test('every field that is asked for must be the same', async (t) => {
  const folder = t.testdir({})
  const values = [
    exchangeRecord(1, { user: 'u', tenant: 't', trace_id: 'x' }),
    exchangeRecord(2, { user: 'v', requested_model: 'alias' }),
    exchangeRecord(3, { verdict: 'complied', judge: 'onnx' }),
  ]
  writeFileSync(join(folder, name(at, 0, 'seg')), segmentOf(values))
  for (const [options, found] of [
    [{ user: 'u' }, [1]],
    [{ tenant: 't', traceId: 'x' }, [1]],
    [{ user: 'u', tenant: 's' }, []],
    [{ model: 'alias' }, [2]],
    [{ model: 'model-a' }, [1, 2, 3]],
    [{ verdict: 'refused' }, [1, 2]],
    [{ judge: 'onnx' }, [3]],
    [{ language: 'en' }, []],
    [{ id: '0000000a-2' }, [2]],
    [{ kinds: ['episode'] }, []],
    [{ conversation: 'c'.repeat(32), kinds: ['exchange'], limit: 2 }, [1, 2]],
  ] as const) {
    t.same((await read(folder, options)).ids, ids(...found), JSON.stringify(options))
  }
})
