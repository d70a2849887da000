/** What an entry of the fault list is: plain data, and for each way to inject it one function. */
import type { Scene } from './support/scene.ts'

export type Need = 'redis' | 'haproxy' | 'faketime' | 'cgroups' | 'prlimit' | 'netns'

/** A test of the test suite that holds the fault, or a part of it: its file and the words of its title. */
export interface HeldBy {
  file: string
  title: string
}

export interface Scenario {
  /** What tells it from the other ways of the same fault. */
  variant: string
  needs?: readonly Need[]
  /** In the set that takes ten minutes, and in the one of a minute for each commit. */
  sets?: readonly ('smoke' | 'commit')[]
  /** Runs once and not once per seed: too long, or nothing in it is drawn. */
  once?: true
  /** HOLDFAST_* of this run. Servers that the run needs are started here. */
  settings?(scene: Scene): Promise<Readonly<Record<string, string>>>
  /** When holdfast has started and before the load begins. */
  started?(scene: Scene): Promise<void>
  /** From the first moment of the fault to its end; load runs before, during and after. */
  run(scene: Scene): Promise<void>
}

export interface Fault {
  id: string
  name: string
  injects: string
  promise: string
  observe: string
  tests?: readonly HeldBy[]
  scenarios?: readonly Scenario[]
  /** What of the fault has no test, and why. */
  missing?: string
}
