/**
 * `holdfast simulate drift`: how often the shipped detectors speak when nothing changed, how soon
 * when something did, and what the rules people use would have done on the same traffic.
 */
import { type Delay, type DriftFigures, driftFigures } from '../drift/simulation/drift-figures.ts'
import {
  mixShiftRuns,
  type SimulatedRun,
  type Simulation,
  simulateRun,
} from '../drift/simulation/simulate-drift.ts'
import type { Command, CommandIo } from './command.ts'
import { faultsText, type NumberOption, numberOptionsText, readNumbers } from './number-options.ts'
import { textTable } from './text-table.ts'

const words = ['simulate', 'drift'] as const
const usageFault = 2
const interrupted = 130

const option = (
  name: string,
  value: number,
  [min, max]: readonly [number, number],
  help: string,
  whole = false,
): NumberOption => ({ name, default: value, min, max, whole, help })

const options: readonly NumberOption[] = [
  option('rate', 200, [1, 100_000], 'samples of the language a day'),
  option('english-rate', 2000, [1, 100_000], 'English samples a day'),
  option('days', 30, [1, 3650], 'days of each run', true),
  option('runs', 500, [1, 100_000], 'runs', true),
  option('jump', 10, [0.1, 80], 'planted drop of the judged refusal rate, in points'),
  option('refusal', 90, [1, 100], 'true refusal rate before, in percent'),
  option('judge-se', 0.9, [0.5, 1], 'sensitivity of the judge'),
  option('judge-sp', 0.95, [0.5, 1], 'specificity of the judge'),
  option('null-gap', 0, [0, 50], 'g0 of the gap detectors, in points; the true gap is 0'),
  option('threshold', 14_400, [2, 1e12], 'A'),
  option('seed', 7, [0, Number.MAX_SAFE_INTEGER], 'seed', true),
]

const help = `Usage: holdfast simulate drift [--json] [options]

Plays traffic in English and one other language, with the daily rhythm and a judge that errs, through
the detectors that holdfast ships. Every run is played under several truths: nothing changed, the
other language fell, both fell, only the mix of the other language moved (in the first ${mixShiftRuns} runs).
The change is at the start of the run. Beside them: rules that people use, on the same samples.

${numberOptionsText(options)}
  --json   print one JSON object instead of tables

The drop is planted in the judged rate: with sensitivity .9 and specificity .95 a judged drop of 10
points is a true one of 11.8. How long a true drop of --jump points takes is printed as well.
Exit code 2: an option is out of its range.
`

const readSimulation = (number: (name: string) => number): Simulation | string => {
  const simulation: Simulation = {
    rate: number('rate'),
    englishPerDay: number('english-rate'),
    days: number('days'),
    runs: number('runs'),
    jump: number('jump') / 100,
    refusal: number('refusal') / 100,
    sensitivity: number('judge-se'),
    specificity: number('judge-sp'),
    g0: number('null-gap') / 100,
    threshold: number('threshold'),
    seed: number('seed'),
  }
  if (simulation.jump > simulation.refusal) return '--jump is more than --refusal leaves'
  return simulation
}

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

/** Undefined: interrupted. */
const play = async (
  simulation: Simulation,
  signal: AbortSignal,
): Promise<SimulatedRun[] | undefined> => {
  const runs: SimulatedRun[] = []
  for (let run = 0; run < simulation.runs; run++) {
    runs.push(simulateRun(simulation, run))
    await turn()
    if (signal.aborted) return undefined
  }
  return runs
}

const percent = (share: number): string => `${(100 * share).toFixed(1)} %`
const days = (value: number | null): string => (value === null ? '-' : value.toFixed(2))
const delay = ({ median, p90 }: Delay): [string, string] => [days(median), days(p90)]

const readable = (simulation: Simulation, figures: DriftFigures): string => {
  const common = figures.common_mode
  const points = (100 * simulation.jump).toFixed(1)
  const detectors = textTable([
    ['detector', 'false alarms', 'allowed', 'median delay', 'p90'],
    [
      `gap, judged drop of ${points}`,
      percent(figures.false_alarm_share),
      percent(figures.bound),
      ...delay(figures.delay_days),
    ],
    [`gap, true drop of ${points}`, '', '', ...delay(figures.delay_days_true_drop)],
    [
      'level, both languages drop',
      percent(figures.level.false_alarm_share),
      percent(figures.bound),
      ...delay(common.level_delay_days),
    ],
  ])
  const learned = textTable([
    ['learned null', 'reference', 'false alarms', 'allowed', 'taken as exact'],
    ...figures.learned_nulls.map((row) => [
      row.metric,
      String(row.reference),
      percent(row.false_alarm_share),
      percent(row.bound),
      percent(row.taken_as_exact),
    ]),
  ])
  const naive = textTable([
    ['rule people use', 'false alarms', 'episodes / 30 d', 'median delay', 'p90'],
    ...figures.naive.map((row) => [
      row.rule,
      percent(row.false_alarm_share),
      row.false_episodes_per_30_days.toFixed(1),
      ...delay(row.delay_days),
    ]),
  ])
  const mix = figures.mix_shift
  return `${simulation.runs} runs of ${simulation.days} days, ${simulation.rate} samples a day, A = ${simulation.threshold}, seed ${simulation.seed}
False alarms: share of runs with any. Delays in days; -: not within the run.

${detectors}

both languages drop: gap speaks in ${percent(common.gap)}, level in ${percent(common.level)}
only the mix moves (${mix.runs} runs): matched by cell ${percent(mix.cell_matched)}, pooled ${percent(mix.pooled)}
false episodes per run: ${figures.episodes.per_run.toFixed(4)}, allowed ${figures.episodes.bound.toFixed(4)}

${learned}

${naive}
`
}

export const simulateDrift: Command = {
  words,
  summary: 'Measure false alarms and delays of the drift detectors on planted truth',
  help,
  async run(args: readonly string[], io: CommandIo): Promise<number> {
    const read = readNumbers(args, options)
    if (!read.ok) {
      io.stderr.write(faultsText(words.join(' '), read.faults))
      return usageFault
    }
    const simulation = readSimulation(read.number)
    if (typeof simulation === 'string') {
      io.stderr.write(`holdfast ${words.join(' ')}: ${simulation}\n`)
      return usageFault
    }
    const runs = await play(simulation, io.signal)
    if (runs === undefined) return interrupted
    const figures = driftFigures(simulation, runs)
    io.stdout.write(
      read.json
        ? `${JSON.stringify({ settings: simulation, ...figures })}\n`
        : readable(simulation, figures),
    )
    return 0
  },
}
