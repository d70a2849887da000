/**
 * `holdfast plan`: what can be seen in how many days with given traffic, languages and judge, and how
 * many probes it takes. Figures of a model; `holdfast simulate drift` is what they are checked by.
 */
import { type AlertBudget, thresholdFor, ticksPer30Days } from '../drift/budget.ts'
import { createWager } from '../drift/e-detector.ts'
import {
  blindGap,
  detectableGap,
  type JudgeRates,
  judgedRate,
  pairDiscordance,
  pairOutcomes,
  samplesToDetect,
} from '../drift/growth.ts'
import { liveModel } from '../drift/live-model.ts'
import { refusalGap } from '../drift/live-pairing.ts'
import { exactPairs, samplesPerArm } from '../drift/power.ts'
import { medianNights } from '../drift/simulation/probe-nights.ts'
import type { Command, CommandIo } from './command.ts'
import { faultsText, type NumberOption, numberOptionsText, readNumbers } from './number-options.ts'
import { textTable } from './text-table.ts'

const usageFault = 2
const gaps = [0.05, 0.1, 0.2] as const
const horizonDays = 7
const languagesMax = 100
/** Share of pairs in which only the other language is refused, before and after. */
const reverseDiscordance = 0.02

const option = (
  name: string,
  value: number,
  [min, max]: readonly [number, number],
  help: string,
  whole = false,
): NumberOption => ({ name, default: value, min, max, whole, help })

const options: readonly NumberOption[] = [
  option('english', 2000, [1, 1e7], 'judged English samples a day'),
  option('cells', 3, [1, 45], 'cells that the traffic falls into (set x format x depth)', true),
  option('refusal', 90, [30, 98], 'true refusal rate in English, in percent'),
  option('judge-se', 0.9, [0.5, 1], 'sensitivity of the judge'),
  option('judge-sp', 0.95, [0.5, 1], 'specificity of the judge'),
  option('null-gap', 100 * refusalGap.g0, [0, 50], 'g0, in points'),
  option('detectors', 100, [1, 10_000], 'K: detectors that run', true),
  option('false-pages', 0.2, [0.001, 10], 'B: false pages tolerated in 30 days'),
  option('pairs', 100, [5, 10_000], 'probe pairs in a nightly run', true),
]

const help = `Usage: holdfast plan [LANGUAGE=SAMPLES_PER_DAY ...] [--json] [options]

Prints what the drift detectors can see, and when, for judged samples of each language a day:
  holdfast plan bn=200 sw=20 de=2000 --judge-se .95

${numberOptionsText(options)}
  --json   print one JSON object instead of tables

Gaps are true ones, in points. Days and nights are what is expected when the change lasts; a language
whose ${horizonDays}-day detectable gap is above ${100 * blindGap} points is blind: its silence says nothing.
Exit code 2: an option or a language cannot be used.
`

interface LanguageVolume {
  language: string
  perDay: number
}

const readVolumes = (words: readonly string[]): LanguageVolume[] | string => {
  if (words.length > languagesMax) return `more than ${languagesMax} languages`
  const volumes: LanguageVolume[] = []
  for (const word of words) {
    const [language = '', count = '', ...rest] = word.split('=')
    const perDay = Number(count)
    const fits = /^[a-z]{2,3}$/.test(language) && count.trim() !== '' && rest.length === 0
    if (!fits || !(perDay > 0 && perDay <= 1e7) || language === 'en') {
      return `${JSON.stringify(word.slice(0, 60))} is not LANGUAGE=SAMPLES_PER_DAY`
    }
    volumes.push({ language, perDay })
  }
  return volumes
}

interface Plan {
  englishPerDay: number
  cells: number
  english: number
  judge: JudgeRates
  g0: number
  budget: Omit<AlertBudget, 'ticks'>
  pairs: number
}

/** null: never, or more than can be counted. */
interface LanguagePlan {
  language: string
  per_day: number
  differences_per_day: number
  detectable_gap_points_7d: number | null
  blind: boolean
  days_to_see: { gap_points: number; days: number | null }[]
}

const languagePlan = (plan: Plan, { language, perDay }: LanguageVolume): LanguagePlan => {
  const { englishPerDay, cells, english, judge, g0, budget } = plan
  const threshold = thresholdFor({ ...budget, ticks: ticksPer30Days.hour })
  const wager = createWager(g0)
  const modelAt = (gap: number) =>
    liveModel({ englishPerDay, otherPerDay: perDay, cells }, english, gap, judge)
  const { differencesPerDay } = modelAt(0)
  const detectable = detectableGap({
    wager,
    threshold,
    samples: horizonDays * differencesPerDay,
    gapMax: english,
    outcomesAt: (gap) => modelAt(gap).outcomes,
  })
  return {
    language,
    per_day: perDay,
    differences_per_day: differencesPerDay,
    detectable_gap_points_7d: detectable === undefined ? null : 100 * detectable,
    blind: detectable === undefined || detectable > blindGap,
    days_to_see: gaps.map((gap) => {
      const needed = samplesToDetect(modelAt(gap).outcomes, wager, threshold)
      const days = needed === undefined ? null : needed / differencesPerDay
      return { gap_points: 100 * gap, days }
    }),
  }
}

interface ProbePlan {
  pairs_per_run: number
  nights_to_see: { gap_points: number; expected: number | null; simulated_median: number | null }[]
}

const probePlan = (plan: Plan): ProbePlan => {
  const { english, judge, g0, budget, pairs } = plan
  const threshold = thresholdFor({ ...budget, ticks: ticksPer30Days.night })
  return {
    pairs_per_run: pairs,
    nights_to_see: gaps.map((gap) => {
      const discordance = pairDiscordance(english, gap, reverseDiscordance, judge)
      const needed = samplesToDetect(pairOutcomes(discordance), createWager(g0), threshold)
      const simulated = medianNights({ ...discordance, pairsPerRun: pairs, g0, threshold, seed: 7 })
      return {
        gap_points: 100 * gap,
        expected: needed === undefined ? null : Math.ceil(needed / pairs),
        simulated_median: simulated ?? null,
      }
    }),
  }
}

interface ComparisonPlan {
  judge: { sensitivity: number; specificity: number }
  samples_per_arm: number
  pairs: number | null
}

const perfect: JudgeRates = { sensitivity: 1, specificity: 1 }
const strong: JudgeRates = { sensitivity: 0.98, specificity: 0.99 }

/** One comparison for a gap of 10 points, 5 % two-sided, power 80 %. */
const comparisonPlan = (english: number, judge: JudgeRates): ComparisonPlan => {
  const { up, down } = pairDiscordance(english, 0.1, reverseDiscordance, judge)
  return {
    judge,
    samples_per_arm: Math.ceil(
      samplesPerArm(judgedRate(english, judge), judgedRate(english - 0.1, judge)),
    ),
    pairs: exactPairs(up, down) ?? null,
  }
}

const dash = (value: number | null, digits: number): string =>
  value === null ? '-' : value.toFixed(digits)

const languagesTable = (languages: readonly LanguagePlan[]): string =>
  textTable([
    [
      'live',
      'a day',
      'differences',
      'seen in 7 d',
      ...gaps.map((gap) => `${100 * gap} points`),
      '',
    ],
    ...languages.map((row) => [
      row.language,
      String(row.per_day),
      row.differences_per_day.toFixed(1),
      dash(row.detectable_gap_points_7d, 1),
      ...row.days_to_see.map(({ days }) => dash(days, 1)),
      row.blind ? 'blind' : '',
    ]),
  ])

const probesTable = ({ pairs_per_run, nights_to_see }: ProbePlan): string =>
  textTable([
    [`${pairs_per_run} probe pairs a night`, ...nights_to_see.map((n) => `${n.gap_points} points`)],
    ['nights, expected', ...nights_to_see.map((n) => dash(n.expected, 0))],
    ['nights, simulated median', ...nights_to_see.map((n) => dash(n.simulated_median, 0))],
  ])

const comparisonsTable = (comparisons: readonly ComparisonPlan[]): string =>
  textTable([
    ['one comparison, 10 points', 'samples per arm', 'pairs'],
    ...comparisons.map(({ judge, samples_per_arm, pairs }) => [
      `judge ${judge.sensitivity} / ${judge.specificity}`,
      String(samples_per_arm),
      dash(pairs, 0),
    ]),
  ])

const readPlan = (number: (name: string) => number): Plan => ({
  englishPerDay: number('english'),
  cells: number('cells'),
  english: number('refusal') / 100,
  judge: { sensitivity: number('judge-se'), specificity: number('judge-sp') },
  g0: number('null-gap') / 100,
  budget: { detectors: number('detectors'), falsePages: number('false-pages') },
  pairs: number('pairs'),
})

const defaultVolumes = ['de=2000', 'bn=200', 'sw=20']

export const plan: Command = {
  words: ['plan'],
  summary: 'Say what the drift detectors can see, in how many days and with how many probes',
  help,
  async run(args: readonly string[], io: CommandIo): Promise<number> {
    const read = readNumbers(args, options, true)
    if (!read.ok) {
      io.stderr.write(faultsText('plan', read.faults))
      return usageFault
    }
    const volumes = readVolumes(read.positionals.length > 0 ? read.positionals : defaultVolumes)
    if (typeof volumes === 'string') {
      io.stderr.write(`holdfast plan: ${volumes}\n`)
      return usageFault
    }
    const asked = readPlan(read.number)
    const languages = volumes.map((volume) => languagePlan(asked, volume))
    const probes = probePlan(asked)
    const comparisons = [perfect, strong, asked.judge].map((judge) =>
      comparisonPlan(asked.english, judge),
    )
    const thresholds = {
      hour: thresholdFor({ ...asked.budget, ticks: ticksPer30Days.hour }),
      night: thresholdFor({ ...asked.budget, ticks: ticksPer30Days.night }),
    }
    if (read.json) {
      const report = { settings: asked, thresholds, languages, probes, comparisons }
      io.stdout.write(`${JSON.stringify(report)}\n`)
      return 0
    }
    io.stdout.write(`A = ${thresholds.hour} by the hour, ${thresholds.night} by the night; g0 = ${100 * asked.g0} points
Days to see a gap on live traffic, and the gap (in points) seen in ${horizonDays} days; -: never

${languagesTable(languages)}

${probesTable(probes)}

${comparisonsTable(comparisons)}
`)
    return 0
  },
}
