/** Runs of tau-bench and of tau2 as trajectories: what `eval trajectories` and `score` read. */
import { passHatK, type TaskTrials, tasksOf } from '../scores/pass-hat-k.ts'
import type { Benchmark, ImportContext } from './benchmark.ts'
import { toolsCalled } from './chat-messages.ts'
import { tauRuns } from './tau-runs.ts'

async function readRuns(benchmark: string, context: ImportContext): Promise<void> {
  const { path, faults, signal, output, model, note } = context
  const lines = output.lines('trajectories.jsonl')
  const trials: { task: string; success: boolean }[] = []
  let runs = 0
  let calls = 0
  const tools = new Set<string>()
  for await (const run of tauRuns({ file: path, faults, signal })) {
    const { taskId, trial, reward, success, messages } = run
    const toolSequence = toolsCalled(messages)
    runs++
    calls += toolSequence.length
    for (const tool of toolSequence) tools.add(tool)
    if (success !== undefined) trials.push({ task: taskId, success })
    lines.write({
      id: `${benchmark}-${taskId}-${trial}`,
      source: benchmark,
      task_id: taskId,
      trial,
      reward: reward ?? null,
      success: success ?? null,
      ...(model === undefined ? {} : { model }),
      tool_sequence: toolSequence,
      messages,
    })
  }
  const tasks = tasksOf(trials)
  note(
    `${runs} runs of ${tasks.length} tasks, ${calls} calls of ${tools.size} tools, ${runs - trials.length} without a reward`,
  )
  for (const text of passTexts(tasks)) note(text)
}

function passTexts(tasks: readonly TaskTrials[]): string[] {
  const least = Math.min(...tasks.map(({ trials }) => trials))
  return Array.from({ length: Number.isFinite(least) ? Math.min(least, 8) : 0 }, (_, i) => {
    const value = passHatK(tasks, i + 1)
    return `pass^${i + 1} ${value === undefined ? '-' : value.toFixed(4)}`
  })
}

export const tauBench: Benchmark = {
  id: 'tau-bench',
  title: 'tau-bench',
  licence: 'MIT',
  source: 'tau-bench, github.com/sierra-research/tau-bench',
  reads: 'a file of runs: a list of {task_id, reward, info, traj, trial}',
  writes: 'trajectories.jsonl for holdfast eval trajectories',
  read: (context) => readRuns('tau-bench', context),
}

export const tau2: Benchmark = {
  id: 'tau2',
  title: 'tau2-bench',
  licence: 'MIT',
  source: 'tau2-bench, github.com/sierra-research/tau2-bench',
  reads: 'a file of results: {"simulations": [...]}',
  writes: 'trajectories.jsonl for holdfast eval trajectories',
  read: (context) => readRuns('tau2', context),
}
