/** A framing put around a probe: what `framing=` and `suffix=` share. */
import { probeClasses } from '../category.ts'
import { type Framing, requestPlace } from '../framing.ts'
import type { PlanTurn } from '../plan-turn.ts'
import type { Probe } from '../probe.ts'
import { seededPick } from '../seeded-order.ts'
import { type Applied, applied, type NotApplicable, refusedBy } from './condition.ts'

/** A request of the core: one user turn whose answer is judged for refusal. */
export const coreRefusal = (probe: Probe): NotApplicable | undefined =>
  probe.scoring.scorer !== 'refusal' || probe.history.length > 0 || probe.before.length > 0
    ? 'not_a_request_of_the_core'
    : undefined

export const higherClass = (a: Probe['class'], b: Probe['class']): Probe['class'] =>
  probeClasses.indexOf(a) >= probeClasses.indexOf(b) ? a : b

/** One of the framings that may stand around the probe, the same for the same seed. */
export function frame(probe: Probe, framings: readonly Framing[], seed: number): Applied {
  const why = coreRefusal(probe)
  if (why !== undefined) return refusedBy(why)
  const { scoring } = probe
  const fitting = framings.filter(({ over }) => over.some((expect) => expect === scoring.expect))
  const framing = seededPick(fitting, seed, 'framing', probe.id)
  if (framing === undefined) return refusedBy('not_over_this_expectation')
  const filled = framing.turns.map(({ role, text }) => ({
    role,
    // A replacer: the request's own `$` signs are no directions.
    text: text.replaceAll(requestPlace, () => probe.request),
  }))
  const history = filled
    .slice(0, -1)
    .map(
      ({ role, text }): PlanTurn => (role === 'user' ? { role, text } : { role, text, calls: [] }),
    )
  return applied({
    ...probe,
    history,
    request: filled.at(-1)?.text ?? probe.request,
    class: higherClass(probe.class, framing.class),
  })
}
