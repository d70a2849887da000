/** Shedding as the traffic thread runs it: looks four times a second, and says what it saw at a scrape. */
import type { Clock } from '../clock.ts'
import type { Config } from '../config/schema.ts'
import { shedCauses } from '../exchange/drop.ts'
import type { Recorder } from '../metrics/record.ts'
import { readMemoryLimit } from '../overload/memory-limit.ts'
import { checkMs, createShedding, type Shedding } from '../overload/shedding.ts'

export interface OverloadStage extends Pick<Shedding, 'admits' | 'stopped'> {
  stop(): void
}

/** A limit of a running container can be changed. */
const checksPerLimit = 40

export function startOverload(
  { overload }: Pick<Config, 'overload'>,
  { clock, recorder }: { clock: Clock; recorder: Recorder },
): OverloadStage {
  const limitNow = (): number | undefined =>
    overload.memoryBytes > 0 ? overload.memoryBytes : readMemoryLimit()
  let limit = limitNow()
  let checks = 0
  const shedding = createShedding({
    ...overload,
    clock,
    memoryUsed: () => process.memoryUsage.rss(),
    memoryLimit: () => limit,
    random: Math.random,
  })
  const timer = setInterval(() => {
    if (++checks % checksPerLimit === 0) limit = limitNow()
    shedding.check()
  }, checkMs)
  timer.unref()
  recorder.onScrape(() => {
    for (const cause of shedCauses) {
      recorder.set('holdfast_shed_level', { cause }, shedding.level(cause))
    }
    recorder.set('holdfast_memory_used_bytes', {}, process.memoryUsage.rss())
    if (limit !== undefined) recorder.set('holdfast_memory_limit_bytes', {}, limit)
  })
  return {
    admits: () => shedding.admits(),
    stopped: () => shedding.stopped(),
    stop: () => clearInterval(timer),
  }
}
