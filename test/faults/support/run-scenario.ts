/** One run: load before the fault, during it and after it, then the eight promises. */
import { fetchText } from '../../e2e/support/holdfast-process.ts'
import type { Fault, Scenario } from '../fault.ts'
import {
  addedLatency,
  checkAtRest,
  checkConservation,
  checkResources,
  checkSecrets,
  checkTraffic,
  lookBefore,
} from './invariants.ts'
import { pause, startLoad } from './load.ts'
import { createScene, type Scale, type SceneParts } from './scene.ts'

export interface Run {
  fault: string
  variant: string
  seed: number
  requests: number
  violations: readonly string[]
  notes: readonly string[]
  addedP50Ms: number | undefined
  addedP99Ms: number | undefined
  seconds: number
}

/** More than any bound of capture and window adds up to is a leak. */
const grownMbMax = 200

export async function runScenario(
  fault: Pick<Fault, 'id'>,
  scenario: Scenario,
  seed: number,
  scale: Scale,
): Promise<Run> {
  const from = performance.now()
  const parts = await createScene(seed, scale)
  const { scene, violations, notes } = parts
  let latency: ReturnType<typeof addedLatency> = { p50: undefined, p99: undefined }
  let requests = 0
  try {
    await parts.start((await scenario.settings?.(scene)) ?? {})
    await scenario.started?.(scene)
    const load = startLoad({
      port: () => scene.front ?? scene.holdfast.port,
      model: scene.model,
      seed,
      clients: scale.clients,
      directClients: scale.directClients,
      viaOthers: () => scene.front !== undefined,
    })
    parts.setLoad(load)
    try {
      await scene.until(
        'the monitor starts',
        async () => (await scene.metric('holdfast_monitor_up')) === 1,
        40_000,
      )
      const before = lookBefore(scene)
      await pause(scale.phaseMs)
      load.phase('during')
      await scenario.run(scene)
      if (parts.proofs() === 0) violations.push('nothing shows that the fault was injected')
      load.phase('after')
      await pause(scale.phaseMs)
      await load.stop()
      requests = load.asked().length
      violations.push(...checkTraffic(load.asked(), load.direct(), parts.allowed()))
      latency = addedLatency(load.asked(), load.direct())
      if (!scene.ownEnd) await checkAfter(parts, before)
    } finally {
      await load.stop()
    }
    violations.push(...checkSecrets(scene.folder, parts.outputs()))
  } catch (error) {
    violations.push(`the run itself failed: ${error instanceof Error ? error.message : 'unknown'}`)
  } finally {
    await parts.end()
  }
  return {
    fault: fault.id,
    variant: scenario.variant,
    seed,
    requests,
    violations,
    notes,
    addedP50Ms: latency.p50,
    addedP99Ms: latency.p99,
    seconds: (performance.now() - from) / 1000,
  }
}

async function checkAfter(
  { scene, violations, hangUp }: SceneParts,
  before: ReturnType<typeof lookBefore>,
): Promise<void> {
  hangUp()
  violations.push(...(await checkAtRest(scene)))
  violations.push(...(await checkResources(scene, before, grownMbMax)))
  const metrics = await fetchText(scene.holdfast.adminPort, '/metrics')
  violations.push(...checkConservation(metrics), ...checkSecrets(scene.folder, [metrics]))
  const end = await scene.holdfast.stop()
  if (end.code !== 0) violations.push(`I8: it ended with ${end.code ?? end.signal}`)
}
