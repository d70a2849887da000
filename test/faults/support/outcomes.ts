/** What runs ask of the outcomes of their load. */
import type { Outcome } from './load.ts'
import type { Scene } from './scene.ts'

/** Answered by holdfast itself, with one of these marks. */
export const own =
  (...markers: string[]) =>
  (outcome: Outcome): boolean =>
    outcome.kind === 'status' && markers.includes(outcome.marker ?? '')

export const count = (scene: Scene, marker: string): number =>
  scene.load.asked().filter(({ outcome }) => own(marker)(outcome)).length

export const errors = (scene: Scene, kind: string): Promise<number> =>
  scene.metric('holdfast_upstream_errors_total', { kind })

/** So many in the whole set, fewer in a smaller one. */
export const times = (scene: Scene, whole: number, least = 3): number =>
  Math.max(least, Math.round(whole * scene.scale.factor))
