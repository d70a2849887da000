/**
 * Where every sampled exchange is accounted for: sampled = judged + dropped + in flight, exactly, at
 * any moment. It lives in the traffic thread, so it stays right when the monitor dies: what the
 * monitor had and never settled is dropped by name.
 */
import type { Protocol } from '../exchange/protocol.ts'
import type { LabelsOf } from '../metrics/catalogue.ts'
import type { MetricDelta } from '../metrics/delta.ts'
import type { Recorder } from '../metrics/record.ts'

export interface Ledger {
  sampled(protocol: Protocol): void
  dropped(why: LabelsOf<'holdfast_dropped_total'>, count: number): void
  /** The monitor has ended `items` exchanges, each as one verdict or one drop inside `delta`. */
  settled(items: number, delta: MetricDelta): void
  inFlight(): number
}

export function createLedger(recorder: Recorder): Ledger {
  let inFlight = 0
  return {
    sampled(protocol) {
      inFlight++
      recorder.inc('holdfast_sampled_total', { protocol })
    },
    dropped(why, count) {
      if (count === 0) return
      inFlight -= count
      recorder.inc('holdfast_dropped_total', why, count)
    },
    settled(items, delta) {
      inFlight -= items
      recorder.apply(delta)
    },
    inFlight: () => inFlight,
  }
}
