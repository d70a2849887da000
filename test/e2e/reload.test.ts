/**
 * A running process under steady traffic whose configuration changes: routes move, a monitor thread is
 * replaced, faults come and go, and no request fails. The file is real, the signal is SIGHUP.
 */
import { renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import t from 'tap'
import { startModel } from '../simulator/start.ts'
import { type HoldfastProcess, startHoldfast } from './support/holdfast-process.ts'
import { startLoad } from './support/steady-load.ts'

const success = 'holdfast_config_last_reload_successful'
const reloads = 'holdfast_config_reloads_total'
const restarts = 'holdfast_monitor_restarts_total'

const token = ['a', 'token', 'of', 'the', 'tests'].join('-')

interface Written {
  upstream: string
  /** Holds the operator's token. */
  tokenFile: string
  rate?: number
  quietTicks?: number
  tickMs?: number
}

const yaml = ({
  upstream,
  tokenFile,
  rate = 1,
  quietTicks = 72,
  tickMs = 1000,
}: Written): string => `
upstream: ${upstream}
operator: { token_file: ${tokenFile} }
languages: { served: [en, bn] }
sample: { rate: ${rate} }
drift: { tick_ms: ${tickMs}, grace_ms: 200, episode_quiet_ticks: ${quietTicks} }
reload: { watch_ms: 100 }
`

/** Differences that the evidence about Bengali is made of; 0 before there is any. */
async function differences({ adminPort }: HoldfastProcess): Promise<number> {
  const response = await fetch(`http://127.0.0.1:${adminPort}/detectors`, {
    headers: { authorization: `Bearer ${token}` },
  })
  const body = (await response.json()) as {
    detectors?: { metric: string; language: string; differences: number }[]
  }
  const ofBengali = body.detectors?.find(
    ({ metric, language }) => metric === 'refusal_gap' && language === 'bn',
  )
  return ofBengali?.differences ?? 0
}

/** Waits until so many reloads ended like this. */
const counted = (holdfast: HoldfastProcess, outcome: string, count: number): Promise<void> =>
  until(async () => (await holdfast.metric(reloads, { outcome })) === count, `${count} ${outcome}`)

async function until(holds: () => Promise<boolean>, what: string): Promise<void> {
  const end = performance.now() + 60_000
  while (!(await holds())) {
    if (performance.now() > end) throw new Error(`not in time: ${what}`)
    await pause(50)
  }
}

t.test('a changed configuration is taken over under traffic, and no request fails', async (t) => {
  const [first, second] = [await startModel(t), await startModel(t)]
  const asked = (model: typeof first): number => model.stats().answered
  const folder = t.testdir({ token })
  const path = join(folder, 'holdfast.yaml')
  const tokenFile = join(folder, 'token')
  writeFileSync(path, yaml({ upstream: first.url, tokenFile }))
  const change = (text: string): void => {
    writeFileSync(join(folder, 'next'), text)
    renameSync(join(folder, 'next'), path)
  }
  const holdfast = await startHoldfast({ config: path, readyWithinMs: 60_000 })
  t.teardown(() => holdfast.kill())
  t.equal(await holdfast.metric(success), 1)
  const load = startLoad({ ports: [holdfast.port], perSecond: 20, seed: 4 })
  await until(async () => asked(first) > 30, 'traffic at the first upstream')

  await t.test('another upstream takes every later request', async (t) => {
    change(yaml({ tokenFile, upstream: second.url }))
    await counted(holdfast, 'applied', 1)
    await pause(500)
    const before = asked(first)
    await until(async () => asked(second) > 30, 'traffic at the second upstream')
    t.equal(asked(first), before)
  })

  await t.test('a replaced monitor thread goes on reading, and loses nothing', async (t) => {
    await until(async () => (await differences(holdfast)) > 10, 'evidence about Bengali')
    const before = await differences(holdfast)
    change(yaml({ tokenFile, upstream: second.url, quietTicks: 9 }))
    await counted(holdfast, 'applied', 2)
    t.equal(await holdfast.metric(restarts, { reason: 'reload' }), 1)
    const judged = (await holdfast.metric('holdfast_judged_total')) ?? 0
    await until(
      async () => ((await holdfast.metric('holdfast_judged_total')) ?? 0) > judged + 10,
      'verdicts of the new thread',
    )
    t.equal(await holdfast.metric(restarts), 1, 'and no other restart')
    const after = await differences(holdfast)
    t.ok(after >= before, `evidence goes over: ${before} differences before, ${after} after`)
    await until(async () => (await differences(holdfast)) > before + 5, 'more evidence')
  })

  await t.test('a key that needs a restart keeps its value and is named', async (t) => {
    change(yaml({ tokenFile, upstream: second.url, quietTicks: 9, tickMs: 5000 }))
    await counted(holdfast, 'partly_applied', 1)
    t.match(holdfast.output(), /"changed":\[\],"needsRestart":\["drift\.tick_ms"\]/)
    t.equal(await holdfast.metric(success), 1)
  })

  await t.test('a file with faults changes nothing and names them', async (t) => {
    change(`${yaml({ tokenFile, upstream: first.url, rate: 3 })}colour: blue\n`)
    await counted(holdfast, 'refused', 1)
    t.equal(await holdfast.metric(success), 0)
    t.match(
      holdfast.output(),
      /"key":"sample\.rate","reason":"must be a number from 0 to 1, not 3"/,
    )
    t.match(holdfast.output(), /"key":"colour"/)
    const before = asked(first)
    await pause(300)
    t.equal(asked(first), before)
  })

  await t.test('SIGHUP reads it at once, and a right one ends the fault', async (t) => {
    change(yaml({ tokenFile, upstream: second.url, quietTicks: 9, rate: 0 }))
    process.kill(holdfast.pid, 'SIGHUP')
    await counted(holdfast, 'applied', 3)
    t.equal(await holdfast.metric(success), 1)
    const unread = { reason: 'conversation_not_selected' }
    await until(
      async () => ((await holdfast.metric('holdfast_dropped_total', unread)) ?? 0) > 10,
      'a sample rate of 0',
    )
  })

  await load.stop()
  await holdfast.settles('holdfast_in_flight', 0, 20_000)
  t.same(load.failures(), [])
  t.ok(load.asked() > 100, `${load.asked()} requests`)
  t.comment(`${load.asked()} requests, slowest ${Math.round(load.slowestMs())} ms`)
  const sampled = (await holdfast.metric('holdfast_sampled_total')) ?? 0
  const judged = (await holdfast.metric('holdfast_judged_total', { source: 'live' })) ?? 0
  const dropped = (await holdfast.metric('holdfast_dropped_total')) ?? 0
  t.equal(judged + dropped, sampled, 'every exchange is accounted for')
  t.equal(await holdfast.metric('holdfast_dropped_total', { reason: 'monitor_lost' }), 0)
  t.equal(await holdfast.metric('holdfast_dropped_total', { reason: 'monitor_down' }), 0)
  t.equal((await holdfast.stop()).code, 0)
})
