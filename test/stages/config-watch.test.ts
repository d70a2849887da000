/**
 * The file of the configuration under everything that happens to files: the last good one stays in force,
 * nothing is read half, and what is right in the end is taken. Real files, looked at every 20 ms.
 */
import { mkdirSync, renameSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import t, { type Test } from 'tap'
import { loadConfig } from '../../src/config/load.ts'
import { type ConfigWatch, readConfigFile, watchConfig } from '../../src/stages/config-watch.ts'
import type { ReloadStage } from '../../src/stages/reload-stage.ts'

const bytesMax = 4096
const text = (rate: number): string =>
  `upstream: https://a.example.com\nsample: { rate: ${rate} }\n`

interface SetUp {
  /** What was taken: sample rates, and the keys of faults. */
  events: string[]
  watch: ConfigWatch
  /** Until this is the last event. */
  settles(event: string): Promise<void>
}

async function setUp(t: Test, path: string, everyMs = 20): Promise<SetUp> {
  const events: string[] = []
  const stage: ReloadStage = {
    async apply({ sample }) {
      events.push(`rate ${sample.rate}`)
      return 'applied'
    },
    refuse(outcome, faults) {
      events.push(`${outcome} ${faults.map(({ key, reason }) => `${key} ${reason}`).join(', ')}`)
    },
  }
  const args = ['--config', path]
  const watch = watchConfig({
    path,
    everyMs,
    bytesMax,
    fileBytes: await readConfigFile(path, bytesMax),
    load: async (fileBytes) => loadConfig({ args, env: {}, fileBytes }),
    stage,
  })
  t.teardown(() => watch.close())
  return {
    events,
    watch,
    async settles(event) {
      for (let tries = 0; events.at(-1) !== event && tries < 500; tries++) await pause(10)
      t.equal(events.at(-1), event)
    },
  }
}

t.test('a file that does not change is read no further', async (t) => {
  const path = join(t.testdir({ 'c.yaml': text(1) }), 'c.yaml')
  const { events } = await setUp(t, path)
  writeFileSync(path, text(1))
  await pause(150)
  t.same(events, [])
})

t.test('a file that is written in place or renamed over is taken', async (t) => {
  const folder = t.testdir({ 'c.yaml': text(1) })
  const path = join(folder, 'c.yaml')
  const { settles } = await setUp(t, path)
  writeFileSync(path, text(0.5))
  await settles('rate 0.5')
  writeFileSync(join(folder, 'new'), text(0.25))
  renameSync(join(folder, 'new'), path)
  await settles('rate 0.25')
})

t.test('a moved symlink is taken, as Kubernetes moves ..data of a ConfigMap', async (t) => {
  const folder = t.testdir({ '..1': { 'c.yaml': text(1) }, '..2': { 'c.yaml': text(0.5) } })
  symlinkSync('..1', join(folder, '..data'))
  symlinkSync('..data/c.yaml', join(folder, 'c.yaml'))
  const { events, settles } = await setUp(t, join(folder, 'c.yaml'))
  symlinkSync('..2', join(folder, '..data_tmp'))
  renameSync(join(folder, '..data_tmp'), join(folder, '..data'))
  await settles('rate 0.5')
  rmSync(join(folder, '..1'), { recursive: true })
  await pause(100)
  t.same(events, ['rate 0.5'])
})

t.test('faults are told once, and the end of them is taken', async (t) => {
  const path = join(t.testdir({ 'c.yaml': text(1) }), 'c.yaml')
  const { events, settles } = await setUp(t, path)
  writeFileSync(path, text(7))
  const refused = 'refused sample.rate must be a number from 0 to 1, not 7'
  await settles(refused)
  await pause(150)
  t.same(events, [refused])
  writeFileSync(path, `${text(1)}colour: blue\n`)
  for (let tries = 0; events.length < 2 && tries < 500; tries++) await pause(10)
  t.match(events.at(-1), /^refused colour /)
  writeFileSync(path, text(0.5))
  await settles('rate 0.5')
})

t.test('a file that is gone, too large or no text is told once; then it is back', async (t) => {
  const path = join(t.testdir({ 'c.yaml': text(1) }), 'c.yaml')
  const { events, settles } = await setUp(t, path)
  rmSync(path)
  await settles('unreadable file cannot be read (ENOENT)')
  mkdirSync(path)
  await settles('unreadable file cannot be read (EISDIR)')
  rmSync(path, { recursive: true })
  writeFileSync(path, '#'.repeat(bytesMax + 1))
  await settles('unreadable file is too large')
  writeFileSync(path, Buffer.from([0xff, 0xfe, 0]))
  await settles('refused file is not UTF-8')
  writeFileSync(path, text(0.5))
  await settles('rate 0.5')
  t.equal(events.filter((event) => event.startsWith('unreadable')).length, 3)
})

t.test('a file under constant change is never read half, and its end is taken', async (t) => {
  const whole = `${text(0.5)}routes_of_nobody: no\n`
  const path = join(t.testdir({ 'c.yaml': text(1) }), 'c.yaml')
  const { events, settles } = await setUp(t, path, 60)
  // Cut anywhere it may be right YAML of another meaning: a first line alone is.
  for (let cut = 1; cut < 40; cut++) {
    writeFileSync(path, whole.slice(0, cut * 2))
    await pause(10)
    if (cut % 7 === 0) rmSync(path)
    else if (cut % 5 === 0) truncateSync(path, 0)
    await pause(10)
  }
  writeFileSync(path, text(0.25))
  await settles('rate 0.25')
  t.same(
    events.filter((event) => event.startsWith('rate') && event !== 'rate 0.25'),
    [],
  )
})

t.test('a signal reads at once, whatever the file looks like, and many are one', async (t) => {
  const path = join(t.testdir({ 'c.yaml': text(1) }), 'c.yaml')
  const { events, watch } = await setUp(t, path, 0)
  writeFileSync(path, text(0.5))
  await pause(100)
  t.same(events, [], 'nobody looks')
  await Promise.all([watch.reload(), watch.reload(), watch.reload()])
  t.same(events, ['rate 0.5'])
  await watch.reload()
  t.same(events, ['rate 0.5', 'rate 0.5'])
  rmSync(path)
  await watch.reload()
  t.equal(events.at(-1), 'unreadable file cannot be read (ENOENT)')
  watch.close()
  await watch.reload()
  t.equal(events.length, 3, 'and not when it has ended')
})
