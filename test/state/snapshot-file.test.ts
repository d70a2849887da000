import { spawn } from 'node:child_process'
import { once } from 'node:events'
import {
  chmodSync,
  existsSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import { dice } from '../../src/simulator/seeded.ts'
import { createSnapshotFile } from '../../src/state/snapshot-file.ts'
import { decodeSnapshot, encodeSnapshot } from '../../src/state/snapshot-format.ts'
import { builtScript } from '../support/built-script.ts'
import { pause } from './open-redis.ts'

const bytesMax = 65_536

const stateOf = (sequence: number, content = `state ${sequence}`): Uint8Array =>
  encodeSnapshot({
    sequence,
    savedAtMs: 1_700_000_000_000,
    entries: [{ key: 'g:v', ttlMs: 1000, content }],
  })

const sequenceOf = (bytes: Uint8Array | undefined): number | undefined =>
  bytes === undefined ? undefined : decodeSnapshot(bytes)?.sequence

t.test('the first start finds nothing, and a save is read at the next', async (t) => {
  const path = join(t.testdir({}), 'a', 'b', 'state')
  const file = createSnapshotFile({ path, bytesMax })
  t.strictSame(await file.load(), { faults: [] })
  t.strictSame(await file.save(stateOf(1)), { ok: true })
  t.strictSame(await file.save(stateOf(2)), { ok: true })
  t.strictSame(readdirSync(join(path, '..')).sort(), ['state', 'state.previous'])
  t.equal(statSync(path).mode & 0o777, 0o600)
  const loaded = await createSnapshotFile({ path, bytesMax }).load()
  t.strictSame(loaded.faults, [])
  t.equal(Buffer.compare(loaded.bytes ?? new Uint8Array(), stateOf(2)), 0)
})

t.test('saves that are asked for at once happen in order', async (t) => {
  const path = join(t.testdir({}), 'state')
  const file = createSnapshotFile({ path, bytesMax })
  const saves = Array.from({ length: 20 }, (_, i) => file.save(stateOf(i + 1)))
  t.ok((await Promise.all(saves)).every(({ ok }) => ok))
  t.equal(sequenceOf((await file.load()).bytes), 20)
})

t.test('cut off at any byte of the new file, the one before is read', async (t) => {
  const folder = t.testdir({})
  const path = join(folder, 'state')
  const next = stateOf(2)
  const seen = new Map<number | undefined, number>()
  for (let length = 0; length <= next.length; length++) {
    writeFileSync(path, stateOf(1))
    writeFileSync(`${path}.tmp`, next.subarray(0, length))
    const loaded = await createSnapshotFile({ path, bytesMax }).load()
    const sequence = sequenceOf(loaded.bytes)
    seen.set(sequence, (seen.get(sequence) ?? 0) + 1)
    const whole = length === next.length
    t.strictSame(loaded.faults, whole ? [] : [{ file: 'state.tmp', code: 'damaged' }])
    rmSync(`${path}.tmp`, { force: true })
  }
  t.strictSame(
    [...seen],
    [
      [1, next.length],
      [2, 1],
    ],
  )
})

t.test('with any byte of the file changed or cut, the one before is read', async (t) => {
  const path = join(t.testdir({}), 'state')
  const file = createSnapshotFile({ path, bytesMax })
  await file.save(stateOf(1))
  await file.save(stateOf(2))
  const bytes = readFileSync(path)
  for (let at = 0; at < bytes.length; at++) {
    const changed = Uint8Array.from(bytes)
    changed[at] = (changed[at] ?? 0) ^ 0x10
    for (const wrong of [changed, bytes.subarray(0, at)]) {
      rmSync(path)
      writeFileSync(path, wrong)
      const loaded = await file.load()
      t.strictSame(loaded.faults, [{ file: 'state', code: 'damaged' }])
      if (sequenceOf(loaded.bytes) !== 1) t.fail(`byte ${at}`)
    }
  }
})

t.test('a save that was cut off after its last byte is finished at the next start', async (t) => {
  const path = join(t.testdir({}), 'state')
  writeFileSync(path, stateOf(1))
  writeFileSync(`${path}.tmp`, stateOf(2))
  const file = createSnapshotFile({ path, bytesMax })
  t.equal(sequenceOf((await file.load()).bytes), 2)
  t.notOk(existsSync(`${path}.tmp`))
  t.equal(sequenceOf(readFileSync(path)), 2)
  t.equal(sequenceOf(readFileSync(`${path}.previous`)), 1)
})

t.test('what a restart left behind does not come back', async (t) => {
  const path = join(t.testdir({}), 'state')
  // A store that began anew counts from 1 again; the older file beside it has the higher count.
  writeFileSync(path, stateOf(1))
  writeFileSync(`${path}.previous`, stateOf(9))
  t.equal(sequenceOf((await createSnapshotFile({ path, bytesMax }).load()).bytes), 1)
})

t.test('garbage is reported, and nothing is read', async (t) => {
  const path = join(t.testdir({}), 'state')
  writeFileSync(path, 'garbage')
  writeFileSync(`${path}.tmp`, '')
  writeFileSync(`${path}.previous`, Buffer.alloc(bytesMax + 65))
  t.strictSame(await createSnapshotFile({ path, bytesMax }).load(), {
    faults: [
      { file: 'state', code: 'damaged' },
      { file: 'state.tmp', code: 'damaged' },
      { file: 'state.previous', code: 'too_large' },
    ],
  })
})

t.test('a full disk is reported, what was is kept, and the next save succeeds', async (t) => {
  const path = join(t.testdir({}), 'state')
  const file = createSnapshotFile({ path, bytesMax })
  await file.save(stateOf(1))
  symlinkSync('/dev/full', `${path}.tmp`)
  t.strictSame(await file.save(stateOf(2)), { ok: false, code: 'ENOSPC' })
  t.equal(sequenceOf((await file.load()).bytes), 1)
  t.notOk(existsSync(`${path}.tmp`), 'what filled the disk is gone')
  t.strictSame(await file.save(stateOf(3)), { ok: true })
  t.equal(sequenceOf((await file.load()).bytes), 3)
})

t.test('other faults of the disk are their codes', async (t) => {
  const folder = t.testdir({ file: 'x', 'a folder': { inside: 'x' } })
  const under = createSnapshotFile({ path: join(folder, 'file', 'state'), bytesMax })
  t.strictSame(await under.save(stateOf(1)), { ok: false, code: 'EEXIST' })
  t.strictSame(await under.load(), {
    faults: ['state', 'state.tmp', 'state.previous'].map((file) => ({ file, code: 'ENOTDIR' })),
  })
  const over = createSnapshotFile({ path: join(folder, 'a folder'), bytesMax })
  t.strictSame(await over.save(stateOf(1)), { ok: false, code: 'EISDIR' })
  t.strictSame((await over.load()).faults, [{ file: 'a folder', code: 'EISDIR' }])
  t.strictSame(readdirSync(folder).sort(), ['a folder', 'file'])
})

t.test('a folder that may not be written is EACCES', async (t) => {
  const folder = t.testdir({ closed: {} })
  const closed = join(folder, 'closed')
  const isRoot = process.geteuid?.() === 0
  const file = createSnapshotFile({ path: join(closed, 'state'), bytesMax })
  t.strictSame(await file.save(stateOf(1)), { ok: true })
  chmodSync(closed, 0o500)
  // Root may write anywhere: it is somebody else for as long as the save takes.
  if (isRoot) process.seteuid?.(65_534)
  const saved = await file.save(stateOf(2))
  if (isRoot) process.seteuid?.(0)
  chmodSync(closed, 0o700)
  t.strictSame(saved, { ok: false, code: 'EACCES' })
  t.equal(sequenceOf((await file.load()).bytes), 1)
})

const readOnly = readFileSync('/proc/mounts', 'utf8')
  .split('\n')
  .map((line) => line.split(' '))
  .find(
    ([, path = '', type = '', flags = '']) =>
      /^(tmpfs|overlay|ext4|xfs|btrfs|squashfs|erofs|iso9660)$/.test(type) &&
      flags.split(',').includes('ro') &&
      existsSync(join(path, '.')),
  )?.[1]

t.test(
  'a file system that is read-only is EROFS',
  { skip: readOnly === undefined ? 'no file system is mounted read-only here' : false },
  async (t) => {
    const file = createSnapshotFile({ path: join(readOnly ?? '', 'state'), bytesMax })
    t.strictSame(await file.save(stateOf(1)), { ok: false, code: 'EROFS' })
  },
)

t.test('killed 50 times while it saves, a process finds its last state or the next', async (t) => {
  const folder = t.testdir({})
  const path = join(folder, 'state')
  const script = builtScript('test/state/save-loop.mjs')
  const random = dice(50)
  let last = 0
  const leftovers = { tmp: 0, damaged: 0 }
  for (let run = 0; run < 50; run++) {
    const child = spawn('env', ['-u', 'NODE_OPTIONS', process.execPath, script, path], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    let output = ''
    child.stdout.on('data', (text: Buffer) => {
      output += text.toString()
    })
    const closed = once(child, 'close')
    while (!output.includes('saved')) await pause(1)
    await pause(random.between(0, 19))
    child.kill('SIGKILL')
    await closed
    const [loaded, ...saved] = output.trimEnd().split('\n')
    const [, count, faults = ''] = /^loaded (\d+) (.*)$/.exec(loaded ?? '') ?? []
    const found = Number(count)
    if (found !== last && found !== last + 1) t.fail(`run ${run}: ${found} after ${last}`)
    if (faults !== '[]') {
      t.equal(faults, '[{"file":"state.tmp","code":"damaged"}]')
      leftovers.damaged++
    }
    const lastSaved = /^saved (\d+)$/.exec(saved.at(-1) ?? '')?.[1]
    last = Number(lastSaved ?? /^saved (\d+)$/.exec(saved.at(-2) ?? '')?.[1])
    if (existsSync(`${path}.tmp`)) leftovers.tmp++
  }
  t.ok(last >= 50, `${last} saves`)
  t.comment(`${last} saves, 50 kills, ${leftovers.tmp} left an unfinished file`)
  t.ok(leftovers.tmp > 0, 'some were hit in the middle of a save')
  t.same(
    readdirSync(folder).filter((name) => !name.startsWith('state')),
    [],
  )
})
