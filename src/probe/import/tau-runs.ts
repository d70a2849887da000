/**
 * Runs of tau-bench and tau2, one at a time: a list of {task_id, reward, info, traj, trial}, an
 * object with `simulations`, or lines as they are imported. A run without a reward was not scored.
 */
import { isJsonObject, valueAt } from '../../decode/untrusted-json.ts'
import { type Message, messagesOf } from './chat-messages.ts'
import type { Row } from './row.ts'
import { type RowsOptions, tableRows } from './rows.ts'

export interface TauRun {
  taskId: string
  trial: number
  /** Undefined: the run was not scored. */
  reward: number | undefined
  success: boolean | undefined
  messages: readonly Message[]
}

const trialsMax = 10_000
/** As the benchmark itself tells a full reward. */
const tolerance = 1e-6

function rewardOf(row: Row): number | undefined | 'fault' {
  if (!row.has('reward_info')) {
    if (row.has('reward') && row.value('reward') === undefined) return undefined
    return row.number('reward', -1e9, 1e9) ?? 'fault'
  }
  const info = row.value('reward_info')
  if (info === undefined) return undefined
  const reward = valueAt(info, 'reward')
  if (isJsonObject(info) && typeof reward === 'number') return reward
  row.fault('reward_info.reward', 'is not a number')
  return 'fault'
}

export async function* tauRuns(
  options: Pick<RowsOptions, 'file' | 'faults' | 'signal'>,
): AsyncGenerator<TauRun, void> {
  const seen = new Map<string, string>()
  const rows = tableRows({ ...options, columns: ['task_id', 'trial'], list: 'simulations' })
  for await (const row of rows) {
    const taskId = row.name('task_id')
    const trial = row.whole('trial', 0, trialsMax)
    const reward = rewardOf(row)
    const messages = messagesOf(row, row.has('traj') ? 'traj' : 'messages')
    if (taskId === undefined || trial === undefined || messages === undefined) continue
    if (reward === 'fault') continue
    const key = JSON.stringify([taskId, trial])
    const earlier = seen.get(key)
    if (earlier !== undefined) {
      row.fault('trial', `${trial} of task ${taskId} stands twice, first at ${earlier}`)
      continue
    }
    seen.set(key, row.row)
    const success = reward === undefined ? undefined : Math.abs(reward - 1) <= tolerance
    yield { taskId, trial, reward, success, messages }
  }
}
