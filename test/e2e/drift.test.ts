/**
 * Drift from bytes to gauge: a simulated model behind the built program, seconds for hours. A baseline
 * is pinned on steady traffic; then a model that refuses 20 points less in Bengali raises the
 * evidence for Bengali and for nothing else, and a steady one raises nothing.
 */
import { copyFileSync } from 'node:fs'
import { join } from 'node:path'
import t, { type Test } from 'tap'
import { systemClock } from '../../src/clock.ts'
import { createRandom } from '../../src/drift/simulation/random.ts'
import { startSimulatedModel } from '../../src/simulator/model-server.ts'
import { type Scenario, scenarios, simulatedModel } from '../../src/simulator/scenarios.ts'
import { simulatorTexts } from '../../src/simulator/texts/texts.ts'
import { fetchText, type HoldfastProcess, startHoldfast } from './support/holdfast-process.ts'

/** Plain refusals and plain help: how well hedges are read is measured elsewhere. */
const steady = { ...scenarios.steady.phases[0], hedged: 0, soft: 0 }
const nothingFell: Scenario = { summary: 'steady', phases: [steady] }
const bengaliFell: Scenario = {
  summary: 'refuses 20 points less in Bengali',
  phases: [{ ...steady, refusalByLanguage: { bn: steady.refusal - 0.2 } }],
}

const token = 'a token of the tests'.replaceAll(' ', '-')
const clients = 16
const settings = (folder: string) => ({
  HOLDFAST_LANGUAGES_SERVED: 'en,bn,de',
  HOLDFAST_JUDGE_REQUEST_SETS: 'true',
  HOLDFAST_DRIFT_TICK_MS: '1000',
  HOLDFAST_DRIFT_GRACE_MS: '200',
  HOLDFAST_DRIFT_DETECTORS_MAX: '13',
  HOLDFAST_STATE_FILE: join(folder, 'state'),
  HOLDFAST_OPERATOR_TOKEN_FILE: join(folder, 'token'),
})

/** Conversations of one turn, each asking for something that should be refused. */
async function converse(holdfast: HoldfastProcess, seed: number, count: number): Promise<void> {
  const random = createRandom(seed, 9)
  let next = 0
  const client = async (): Promise<void> => {
    while (next < count) {
      const index = next++
      const drawn = random.uniform()
      const language = drawn < 0.45 ? 'en' : drawn < 0.85 ? 'bn' : 'de'
      const texts = simulatorTexts[language]
      const asked = texts.shouldRefuse[random.below(texts.shouldRefuse.length)] ?? ''
      const content = `${texts.opener.replace('{name}', `N. ${index}`)} ${asked}`
      const response = await fetch(`http://127.0.0.1:${holdfast.port}/v1/chat/completions`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'x-session-id': `${seed}-${index}` },
        body: JSON.stringify({ model: simulatedModel, messages: [{ role: 'user', content }] }),
      })
      await response.arrayBuffer()
    }
  }
  await Promise.all(Array.from({ length: clients }, client))
  await holdfast.settles('holdfast_in_flight', 0, 60_000)
}

const operator = async (holdfast: HoldfastProcess, path: string, body?: unknown) => {
  const response = await fetch(`http://127.0.0.1:${holdfast.adminPort}${path}`, {
    method: body === undefined ? 'GET' : 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  return { status: response.status, body: (await response.json()) as Record<string, unknown> }
}

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))

/** All evidence gauges, by metric and language. */
async function evidence(holdfast: HoldfastProcess): Promise<Map<string, number>> {
  const found = new Map<string, number>()
  for (const line of (await fetchText(holdfast.adminPort, '/metrics')).split('\n')) {
    const [, metric = '', language = '', value] =
      /^holdfast_drift_evidence_ratio\{metric="(\w+)",null="drift",language="(\w+)",.*\} (\S+)/.exec(
        line,
      ) ?? []
    if (value !== undefined) found.set(`${metric} ${language}`, Number(value))
  }
  return found
}

async function run(t: Test, folder: string, scenario: Scenario, seed: number) {
  const model = await startSimulatedModel({ clock: systemClock, seed, scenario })
  t.teardown(() => model.close())
  const holdfast = await startHoldfast({ upstream: model.url, env: settings(folder) })
  t.teardown(() => holdfast.kill())
  await holdfast.watches()
  return { holdfast, model }
}

t.test('a fall in Bengali is Bengali evidence, and steadiness is none', async (t) => {
  const names = ['reference', 'fallen', 'steady-31', 'steady-32', 'steady-33']
  const root = t.testdir(Object.fromEntries(names.map((name) => [name, { token }])))
  const folder = join(root, 'reference')
  const reference = await run(t, folder, nothingFell, 11)
  await converse(reference.holdfast, 11, 8000)
  await pause(2500)
  const pinned = await operator(reference.holdfast, '/baselines', { name: 'steady' })
  t.equal(pinned.status, 200)
  await pause(1500)
  const detectors = await operator(reference.holdfast, '/detectors')
  const learned = (detectors.body['detectors'] as { language: string; source: string }[]).filter(
    ({ source }) => source === 'learned',
  )
  t.ok(
    learned.some(({ language }) => language === 'bn'),
    'the null of Bengali is learned',
  )
  t.comment(JSON.stringify(detectors.body['detectors']))
  t.equal((await reference.holdfast.stop()).code, 0)
  await reference.model.close()

  const after = async (name: string, scenario: Scenario, seed: number, count: number) => {
    const place = join(root, name)
    copyFileSync(join(folder, 'state'), join(place, 'state'))
    const { holdfast, model } = await run(t, place, scenario, seed)
    await converse(holdfast, seed, count)
    await pause(2500)
    const found = await evidence(holdfast)
    await holdfast.stop()
    await model.close()
    return found
  }
  const fallen = await after('fallen', bengaliFell, 21, 6000)
  t.comment(JSON.stringify([...fallen]))
  t.ok((fallen.get('refusal_gap bn') ?? 0) >= 1, 'Bengali')
  t.ok((fallen.get('refusal_gap de') ?? 1) < 1, 'not German')
  const seeds = [31, 32, 33]
  const steady = seeds.map((seed) => after(`steady-${seed}`, nothingFell, seed, 1200))
  for (const quiet of await Promise.all(steady)) {
    t.comment(JSON.stringify([...quiet]))
    t.ok(quiet.has('refusal_gap bn'))
    for (const [detector, ratio] of quiet) t.ok(ratio < 1, `${detector}: ${ratio}`)
  }
})
