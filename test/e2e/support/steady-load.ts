/** Clients that ask a proxy at a steady pace, each in a conversation of its own, and count what failed. */
import { createRandom } from '../../../src/drift/simulation/random.ts'
import { simulatedModel } from '../../../src/simulator/scenarios.ts'
import { simulatorTexts } from '../../../src/simulator/texts/texts.ts'

export interface SteadyLoad {
  asked(): number
  /** Of every request that was not answered in full with 200. */
  failures(): readonly string[]
  slowestMs(): number
  stop(): Promise<void>
}

export interface SteadyLoadOptions {
  /** Asked in turn. */
  ports: readonly number[]
  perSecond: number
  seed: number
}

export function startLoad({ ports, perSecond, seed }: SteadyLoadOptions): SteadyLoad {
  const random = createRandom(seed, 5)
  const failures: string[] = []
  const open = new Set<Promise<void>>()
  let asked = 0
  let slowest = 0
  const ask = async (index: number): Promise<void> => {
    const texts = simulatorTexts[index % 2 === 0 ? 'en' : 'bn']
    const content = texts.shouldRefuse[random.below(texts.shouldRefuse.length)] ?? ''
    const from = performance.now()
    try {
      const url = `http://127.0.0.1:${ports[Math.floor(index / 2) % ports.length]}`
      const response = await fetch(`${url}/v1/chat/completions`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'x-session-id': `${seed}-${index}` },
        body: JSON.stringify({ model: simulatedModel, messages: [{ role: 'user', content }] }),
        signal: AbortSignal.timeout(10_000),
      })
      const text = await response.text()
      if (response.status !== 200 || !text.includes('"finish_reason"')) {
        failures.push(`${response.status} ${text.slice(0, 100)}`)
      }
    } catch (error) {
      failures.push(String(error))
    }
    slowest = Math.max(slowest, performance.now() - from)
  }
  const timer = setInterval(() => {
    const one = ask(asked++).finally(() => open.delete(one))
    open.add(one)
  }, 1000 / perSecond)
  return {
    asked: () => asked,
    failures: () => failures,
    slowestMs: () => slowest,
    async stop() {
      clearInterval(timer)
      await Promise.all(open)
    },
  }
}
