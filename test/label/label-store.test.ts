import { appendFileSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import { recordLine } from '../../src/label/label-record.ts'
import { openLabelStore } from '../../src/label/label-store.ts'

const item = (id: string) => ({ id, prompt: 'p', response: 'r', lang: undefined, model: undefined })
const line = (id: string) => recordLine(item(id), 'refuse', 'ann', '2026-11-21T00:00:00.000Z')
const record = (id: string) => ({ item: id, labeller: 'ann', label: 'refuse' as const })

const open = (path: string) => {
  const opened = openLabelStore(path)
  if (!opened.ok) throw new Error(opened.fault)
  return opened
}

void t.test('labels are on disk as they are given, and are there again', async (t) => {
  const path = join(t.testdir({}), 'out.jsonl')
  const { store } = open(path)
  store.append(line('a'), record('a'))
  t.equal(readFileSync(path, 'utf8'), line('a'))
  store.append(line('b'), record('b'))
  store.close()
  const again = open(path)
  t.same(again.store.records, [record('a'), record('b')])
  t.notOk(again.repaired)
  t.notOk(again.store.undo(), 'only what this session wrote is undone')
  again.store.close()
})

void t.test('undo takes the last line away, one after the other', async (t) => {
  const path = join(t.testdir({}), 'out.jsonl')
  writeFileSync(path, line('x'))
  const { store } = open(path)
  store.append(line('a'), record('a'))
  store.append(line('b'), record('b'))
  t.ok(store.undo())
  t.ok(store.undo())
  t.equal(readFileSync(path, 'utf8'), line('x'))
  t.same(store.records, [record('x')])
  t.notOk(store.undo())
  store.close()
})

void t.test('a line of somebody else behind the own one is never taken away', async (t) => {
  const path = join(t.testdir({}), 'out.jsonl')
  const { store } = open(path)
  store.append(line('a'), record('a'))
  appendFileSync(path, line('other'))
  t.notOk(store.undo())
  t.equal(readFileSync(path, 'utf8'), line('a') + line('other'))
  store.append(line('b'), record('b'))
  t.ok(store.undo())
  t.equal(readFileSync(path, 'utf8'), line('a') + line('other'))
  store.close()
})

void t.test(
  'a line cut off by a crash is taken away, a whole one without its end is kept',
  async (t) => {
    const path = join(t.testdir({}), 'out.jsonl')
    writeFileSync(path, line('a') + line('b').slice(0, 20))
    const cut = open(path)
    t.ok(cut.repaired)
    t.same(cut.store.records, [record('a')])
    cut.store.close()
    t.equal(readFileSync(path, 'utf8'), line('a'))
    writeFileSync(path, line('a').trimEnd())
    const whole = open(path)
    t.notOk(whole.repaired)
    whole.store.close()
    t.equal(readFileSync(path, 'utf8'), line('a'))
  },
)

void t.test('a file of something else is refused with its line and left as it is', async (t) => {
  const dir = t.testdir({ 'out.jsonl': `${line('a')}{"prompt":"p"}\n` })
  const path = join(dir, 'out.jsonl')
  t.same(openLabelStore(path), { ok: false, fault: `${path}:2: "item" is not a string` })
  t.equal(readFileSync(path, 'utf8'), `${line('a')}{"prompt":"p"}\n`)
  t.match(openLabelStore(join(dir, 'no', 'x')), { ok: false, fault: /ENOENT/ })
})
