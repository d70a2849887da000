/**
 * pass^k of tau-bench (Yao et al. 2024): the chance that k trials of a task all succeed, estimated
 * without bias from n trials with c successes as C(c, k) / C(n, k), and averaged over tasks.
 */

export interface TaskTrials {
  trials: number
  successes: number
}

export function tasksOf(runs: Iterable<{ task: string; success: boolean }>): TaskTrials[] {
  const tasks = new Map<string, TaskTrials>()
  for (const { task, success } of runs) {
    const found = tasks.get(task) ?? { trials: 0, successes: 0 }
    tasks.set(task, found)
    found.trials++
    if (success) found.successes++
  }
  return [...tasks.values()]
}

/** Undefined without a task, and when a task has fewer than k trials: nothing is known of it then. */
export function passHatK(tasks: readonly TaskTrials[], k: number): number | undefined {
  if (!(Number.isInteger(k) && k >= 1)) throw new RangeError(`passHatK: k is ${k}`)
  let sum = 0
  for (const { trials, successes } of tasks) {
    if (!(successes >= 0 && successes <= trials)) {
      throw new RangeError(`passHatK: ${successes} successes of ${trials}`)
    }
    if (trials < k) return undefined
    sum += allOf(trials, successes, k)
  }
  return tasks.length === 0 ? undefined : sum / tasks.length
}

/** C(c, k) / C(n, k), factor by factor, so that nothing overflows. */
const allOf = (n: number, c: number, k: number): number => {
  let share = 1
  for (let i = 0; i < k; i++) share *= Math.max(0, c - i) / (n - i)
  return share
}
