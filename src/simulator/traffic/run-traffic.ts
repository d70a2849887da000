/**
 * The demo's traffic: planned conversations, started at an even pace and held side by side. It ends
 * when its signal is aborted: no new turn is begun, exchanges under way may end for a short while,
 * then they are cut; when it resolves nothing of it runs on.
 */
import { setMaxListeners } from 'node:events'
import { setTimeout as pause } from 'node:timers/promises'
import type { CoreLanguage } from '../../exchange/stratum.ts'
import { type Client, createClient } from './client.ts'
import { type PlannedConversation, planConversation } from './conversation-plan.ts'

export interface TrafficOptions {
  /** http://HOST:PORT of the proxy. */
  baseUrl: string
  seed: number
  conversationsPerMinute: number
  languages: readonly CoreLanguage[]
  signal: AbortSignal
  /** Share of conversations of one turn; undefined: the usual one. */
  singleTurnShare?: number
  /** Ends by itself after so many conversations. */
  conversationsMax?: number
}

export interface TrafficSummary {
  conversations: number
  exchanges: number
  /** Turns that got no whole 2xx answer; their conversation ends there. */
  failed: number
  /** Conversations not begun because too many were open. */
  skipped: number
}

const openMax = 128
const graceMs = 2000

export async function runDemoTraffic(options: TrafficOptions): Promise<TrafficSummary> {
  const { conversationsMax = Number.POSITIVE_INFINITY } = options
  const signal = AbortSignal.any([options.signal])
  const summary: TrafficSummary = { conversations: 0, exchanges: 0, failed: 0, skipped: 0 }
  const cut = new AbortController()
  // Every open conversation waits on both; the bound is openMax.
  setMaxListeners(2 * openMax + 2, signal, cut.signal)
  const open = new Set<Promise<void>>()
  const everyMs = 60_000 / options.conversationsPerMinute
  for (let index = 0; index < conversationsMax && !signal.aborted; index++) {
    if (open.size < openMax) {
      const plan = planConversation(options.seed, index, options.languages, options.singleTurnShare)
      const held = hold(createClient(options.baseUrl, plan, cut.signal), plan, summary, signal)
      open.add(held)
      void held.finally(() => open.delete(held))
    } else {
      summary.skipped++
    }
    await rest(everyMs, signal)
  }
  const grace = new AbortController()
  const late = signalled(signal)
    .then(() => rest(graceMs, grace.signal))
    .then(() => cut.abort())
  await Promise.all(open)
  grace.abort()
  if (signal.aborted) await late
  return summary
}

async function hold(
  client: Client,
  plan: PlannedConversation,
  summary: TrafficSummary,
  signal: AbortSignal,
): Promise<void> {
  summary.conversations++
  for (const [turn, text] of plan.turns.entries()) {
    if (turn > 0) await rest(plan.thinkMs, signal)
    if (signal.aborted) return
    const said = await client.say(text)
    summary.exchanges += said.exchanges
    if (!said.ok) {
      summary.failed++
      return
    }
  }
}

/** Sleeps until the time or the signal, and never throws. */
const rest = (ms: number, signal: AbortSignal): Promise<void> =>
  pause(ms, undefined, { signal }).catch(() => undefined)

const signalled = (signal: AbortSignal): Promise<void> =>
  signal.aborted
    ? Promise.resolve()
    : new Promise((resolve) => {
        signal.addEventListener('abort', () => resolve(), { once: true })
      })
