/**
 * A circuit breaker: closed while the endpoint answers, open after it failed, half open for one call
 * at a time once the pause is over. Only faults of the endpoint count; what an item can provoke (an
 * answer off the schema, a refusal of the judge model) does not, or a user could switch the judge off.
 */
export const breakerStates = ['closed', 'open', 'half_open'] as const
export type BreakerState = (typeof breakerStates)[number]

export interface BreakerOptions {
  /** Failures in a row that open it. */
  failuresMax: number
  /** The first pause; it doubles with every failed trial, up to `openMsMax`. */
  openMs: number
  openMsMax: number
  /** Monotonic milliseconds. */
  now: () => number
}

/** For one call; exactly one of these is called once. */
export interface Permit {
  succeeded(): void
  failed(): void
  /** The call said nothing about the endpoint, or was not made. */
  released(): void
}

export interface Breaker {
  state(): BreakerState
  /** Undefined: no call may be made now. */
  acquire(): Permit | undefined
}

/** An endpoint that fails every other call is broken too: half of this many outcomes open it. */
const recentMax = 20

export function createBreaker(options: BreakerOptions): Breaker {
  let recent: boolean[] = []
  let failuresInARow = 0
  let openedAt: number | undefined
  let pauseMs = options.openMs
  let trialRunning = false
  /** Outcomes of calls from before a change of state say nothing about the state since. */
  let era = 0

  const open = (): void => {
    openedAt = options.now()
    trialRunning = false
    era++
  }
  const close = (): void => {
    openedAt = undefined
    pauseMs = options.openMs
    recent = []
    failuresInARow = 0
    trialRunning = false
    era++
  }
  const state = (): BreakerState => {
    if (openedAt === undefined) return 'closed'
    return options.now() - openedAt >= pauseMs ? 'half_open' : 'open'
  }
  const note = (ok: boolean): void => {
    recent.push(ok)
    if (recent.length > recentMax) recent.shift()
    failuresInARow = ok ? 0 : failuresInARow + 1
    const failures = recent.filter((outcome) => !outcome).length
    if (failuresInARow >= options.failuresMax || failures >= recentMax / 2) open()
  }
  const ordinary = (begun: number): Permit => ({
    succeeded: () => begun === era && note(true),
    failed: () => begun === era && note(false),
    released: () => {},
  })
  const trial = (begun: number): Permit => ({
    succeeded: () => begun === era && close(),
    failed() {
      if (begun !== era) return
      pauseMs = Math.min(pauseMs * 2, options.openMsMax)
      open()
    },
    released() {
      if (begun === era) trialRunning = false
    },
  })

  return {
    state,
    acquire() {
      const current = state()
      if (current === 'closed') return ordinary(era)
      if (current === 'open' || trialRunning) return undefined
      trialRunning = true
      return trial(era)
    },
  }
}
