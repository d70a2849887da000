/** `holdfast simulator`: the simulated model alone, for any client to point at. */
import { readFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { systemClock } from '../clock.ts'
import { parseHostPort } from '../config/address.ts'
import { codeOf, type Fault, messageOf } from '../error.ts'
import { bundledSuites } from '../probe/bundled.ts'
import { loadSuites } from '../probe/load-suite.ts'
import { refusalRequests } from '../probe/refusal-requests.ts'
import { suiteFaultText } from '../probe/suite-fault.ts'
import { knownRequests } from '../simulator/known-requests.ts'
import {
  type SimulatedModel,
  type SimulatedModelOptions,
  startSimulatedModel,
} from '../simulator/model-server.ts'
import { readReplay } from '../simulator/replay.ts'
import { isScenarioName, scenarios, simulatedModel } from '../simulator/scenarios.ts'
import { usageFault, writeFaults } from './check.ts'
import type { Command, CommandIo } from './command.ts'

const defaultListen = '127.0.0.1:8788'
const paceMax = 60_000

const scenarioLines = Object.entries(scenarios)
  .map(([name, { summary }]) => `  ${name.padEnd(14)}${summary}`)
  .join('\n')

export const simulator: Command = {
  words: ['simulator'],
  summary: 'Run the simulated model alone',
  help: `Usage: holdfast simulator [--listen HOST:PORT] [--scenario NAME] [--replay FILE] [--seed N] [--suites PATH] [--answer-ms N] [--pace-ms N] [--gzip]

A model server that speaks OpenAI chat completions, OpenAI Responses and Anthropic Messages, with and
without streaming. The same request gets the same answer. Runs until Ctrl-C.

Options:
  --listen HOST:PORT  default ${defaultListen}; port 0 takes a free one
  --scenario NAME     planted behaviour (default steady)
  --replay FILE       JSONL of {prompt, response, model?}: a request whose last user text is the prompt
                      gets exactly that response
  --seed N            default 1
  --suites PATH       apply the planted behaviour to the requests of refusal suites in this folder too
                      (default: those that come with holdfast)
  --answer-ms N       pause before an answer begins (default 0)
  --pace-ms N         pause between two pieces of a stream (default 0)
  --gzip              compress for clients that accept it

Scenarios:
${scenarioLines}`,
  async run(args, io) {
    const read = readArgs(args)
    if (!read.ok) {
      writeFaults(read.faults, io)
      return usageFault
    }
    let model: SimulatedModel
    try {
      model = await startSimulatedModel(read.options)
    } catch (error) {
      const reason = `cannot be listened on (${codeOf(error) ?? messageOf(error)})`
      writeFaults([{ key: '--listen', reason }], io)
      return 1
    }
    const { replay } = read.options
    const recorded = replay === undefined ? '' : `, ${replay.size} recorded answers`
    io.stdout.write(`simulated model ${simulatedModel} on ${model.url}${recorded}\n`)
    await aborted(io)
    await model.close()
    return 0
  },
}

type ReadArgs = { ok: true; options: SimulatedModelOptions } | { ok: false; faults: Fault[] }

function readArgs(args: readonly string[]): ReadArgs {
  const faults: Fault[] = []
  const refuse = (key: string, reason: string): undefined => {
    faults.push({ key, reason })
    return undefined
  }
  const whole = (key: string, text: string, max: number): number | undefined =>
    /^\d+$/.test(text) && Number(text) <= max
      ? Number(text)
      : refuse(key, `must be a whole number from 0 to ${max}`)
  try {
    const { values } = parseArgs({
      args: [...args],
      options: {
        listen: { type: 'string', default: defaultListen },
        scenario: { type: 'string', default: 'steady' },
        replay: { type: 'string' },
        seed: { type: 'string', default: '1' },
        suites: { type: 'string', default: bundledSuites },
        'answer-ms': { type: 'string', default: '0' },
        'pace-ms': { type: 'string', default: '0' },
        gzip: { type: 'boolean', default: false },
      },
    })
    const listen = parseHostPort(values.listen)
    const host = listen.ok ? listen.value : refuse('--listen', listen.reason)
    const { scenario } = values
    const planted = isScenarioName(scenario)
      ? scenarios[scenario]
      : refuse('--scenario', `must be one of ${Object.keys(scenarios).join(', ')}`)
    const seed = whole('--seed', values.seed, Number.MAX_SAFE_INTEGER)
    const paceMs = whole('--pace-ms', values['pace-ms'], paceMax)
    const answerMs = whole('--answer-ms', values['answer-ms'], paceMax)
    const requests = readRequests(values.suites, refuse)
    const replay = values.replay === undefined ? undefined : readReplayFile(values.replay, refuse)
    if (
      faults.length > 0 ||
      !host ||
      !planted ||
      seed === undefined ||
      paceMs === undefined ||
      answerMs === undefined ||
      requests === undefined
    ) {
      return { ok: false, faults }
    }
    const { gzip } = values
    const known = knownRequests(requests)
    const fixed = {
      clock: systemClock,
      seed,
      scenario: planted,
      known,
      ...host,
      paceMs,
      answerMs,
      gzip,
    }
    return { ok: true, options: replay === undefined ? fixed : { ...fixed, replay } }
  } catch (error) {
    return { ok: false, faults: [{ key: 'arguments', reason: messageOf(error) }] }
  }
}

function readRequests(path: string, refuse: (key: string, reason: string) => undefined) {
  const loaded = loadSuites([path])
  if (loaded.ok) return refusalRequests(loaded.suites)
  for (const fault of loaded.faults) refuse('--suites', suiteFaultText(fault))
  return undefined
}

function readReplayFile(path: string, refuse: (key: string, reason: string) => undefined) {
  try {
    const read = readReplay(readFileSync(path, 'utf8'))
    return read.ok ? read.replay : refuse('--replay', read.reason)
  } catch (error) {
    return refuse('--replay', `cannot be read (${codeOf(error) ?? 'unknown error'})`)
  }
}

const aborted = ({ signal }: CommandIo): Promise<void> =>
  signal.aborted
    ? Promise.resolve()
    : new Promise((resolve) => {
        signal.addEventListener('abort', () => resolve(), { once: true })
      })
