/**
 * AgentDojo's runs: a JSON file for each, in folders by model, suite, task and attack. `security` of a
 * run with an injection says that the injected task was carried out; without one it says nothing.
 */
import { readFileSync, statSync } from 'node:fs'
import { codeOf } from '../../error.ts'
import type { Benchmark, ImportContext } from './benchmark.ts'
import { messagesOf, toolsCalled } from './chat-messages.ts'
import { foundFiles } from './found-files.ts'
import { Row } from './row.ts'

const fileBytesMax = 33_554_432

function runIn(file: string, { faults }: ImportContext): Row | undefined {
  try {
    if (statSync(file).size > fileBytesMax) {
      return faults.add({ file }, `is over ${fileBytesMax} bytes`)
    }
    const value: unknown = JSON.parse(readFileSync(file, 'utf8').replace(/^\ufeff/, ''))
    if (typeof value !== 'object' || value === null || Array.isArray(value)) {
      return faults.add({ file }, 'is not a JSON object')
    }
    return new Row(new Map(Object.entries(value)), file, '1', faults)
  } catch (error) {
    const code = codeOf(error)
    return faults.add(
      { file },
      code === undefined ? 'is not valid JSON' : `cannot be read (${code})`,
    )
  }
}

interface Run {
  line: object
  injected: boolean | undefined
  utility: boolean
}

function readRun(row: Row): Run | undefined {
  const suite = row.name('suite_name')
  const pipeline = row.name('pipeline_name')
  const task = row.name('user_task_id')
  const injection = row.optionalText('injection_task_id')
  const attack = row.optionalText('attack_type')
  const utility = row.yesNo('utility')
  const carriedOut = injection === undefined ? undefined : row.yesNo('security')
  const messages = messagesOf(row, 'messages')
  if (suite === undefined || pipeline === undefined || task === undefined) return undefined
  if (utility === undefined || messages === undefined) return undefined
  if (injection !== undefined && carriedOut === undefined) return undefined
  const parts = [pipeline, suite, task, attack ?? 'none', injection ?? 'none']
  const line = {
    id: `agentdojo-${parts.join('/')}`,
    source: 'agentdojo',
    domain: suite,
    model: pipeline,
    task_id: `${suite}/${task}`,
    injection_task_id: injection ?? null,
    attack: attack ?? null,
    utility,
    injected: carriedOut ?? null,
    success: utility,
    tool_sequence: toolsCalled(messages),
    messages,
  }
  return { line, injected: carriedOut, utility }
}

export const agentdojo: Benchmark = {
  id: 'agentdojo',
  title: 'AgentDojo',
  licence: 'MIT',
  source: 'AgentDojo, github.com/ethz-spylab/agentdojo',
  reads: 'a run, or the folder runs/ with many: JSON files',
  writes: 'trajectories.jsonl with utility and injected',
  async read(context) {
    const { path, faults, output, note, signal } = context
    const lines = output.lines('trajectories.jsonl')
    let runs = 0
    let useful = 0
    let attacked = 0
    let injected = 0
    for (const file of foundFiles(path, '.json', faults)) {
      if (signal.aborted) faults.add({ file }, 'the reading was interrupted')
      if (faults.full || signal.aborted) return
      const row = runIn(file, context)
      const run = row === undefined ? undefined : readRun(row)
      if (run === undefined) continue
      lines.write(run.line)
      runs++
      if (run.utility) useful++
      if (run.injected === undefined) continue
      attacked++
      if (run.injected) injected++
    }
    note(
      `${runs} runs, ${useful} useful; the injected task was carried out in ${injected} of ${attacked} attacked`,
    )
  },
}
