/** The judges: which runs in which version, how good it is known to be, and whether it is believed. */
import type { Interval } from '../../aggregate/wilson.ts'
import type { Figures } from './figures.ts'
import { type Html, html } from './html.ts'
import { count, duration, instant, percent, rateWithLimits, unknown } from './numbers.ts'
import { type Snapshot, viewOf } from './snapshot.ts'
import { facts, table } from './table.ts'
import { languageName } from './wording.ts'

/** As the alert HoldfastJudgeStale has it. */
const staleMs = 10_800_000

const limitsOf = (
  figures: Figures,
  judge: string,
  language: string,
  stat: string,
): Interval | undefined => {
  const of = (bound: string): number | undefined =>
    figures.sum('holdfast_judge_quality', { judge, language, stat, bound })
  const [est, lo, hi] = [of('est'), of('lo'), of('hi')]
  return est === undefined || lo === undefined || hi === undefined ? undefined : { est, lo, hi }
}

const limitsText = (interval: Interval | undefined): string =>
  interval === undefined ? unknown : rateWithLimits(interval)

function paidJudge(snapshot: Snapshot): Html {
  const { figures, now } = snapshot
  const judge = 'model_graded'
  const { gradedModel } = snapshot.facts
  if (gradedModel === undefined) {
    return html`<p class="dim">No paid judge is configured (<code>judge.graded</code>).</p>`
  }
  const last = figures.sum('holdfast_judge_last_success_timestamp_seconds', { judge })
  const age = last === undefined ? undefined : now - last * 1000
  const quarantined = figures.sum('holdfast_judge_quarantined', { judge })
  const accuracy = figures.sum('holdfast_judge_known_answer_accuracy', { judge })
  const isOpen = figures.sum('holdfast_judge_breaker_open', { judge }) === 1
  const state =
    quarantined === 1
      ? 'quarantined: nothing it says is believed'
      : age !== undefined && age > staleMs
        ? 'stale'
        : isOpen
          ? 'the breaker keeps calls from it'
          : quarantined === undefined
            ? unknown
            : 'believed'
  return html`<h3>Paid judge</h3>${facts([
    ['Model', gradedModel],
    ['State', state],
    [
      'Known answers right',
      accuracy === undefined ? 'not known; from 38 answers on' : percent(accuracy),
    ],
    [
      'Last verdict',
      age === undefined ? 'none so far' : `${duration(age)} ago (${instant(now - age)})`,
    ],
    ['Verdicts thrown away', count(figures.sum('holdfast_quarantined_verdicts_total'))],
  ])}`
}

export function judgesSection(snapshot: Snapshot): Html {
  const { figures, facts: known } = snapshot
  const version = viewOf(snapshot)?.judgeVersion
  const rows = figures.rows('holdfast_judge_status', {}).filter(({ value }) => value === 1)
  const own = facts([
    ['Live judge', known.liveJudge],
    ['Judges and versions', version ?? unknown],
    ['Calibration', known.calibrated ? 'loaded' : 'none: no language is verified'],
  ])
  const stated = rows.filter(({ labels }) => labels.get('status') !== 'unverified')
  const unverified = rows.length - stated.length
  const quality =
    stated.length === 0
      ? undefined
      : table({
          id: 'judges-table',
          caption: 'What the loaded calibration says of the judge, with 95 % limits.',
          columns: [
            { head: 'Language' },
            { head: 'Judge', wide: true },
            { head: 'Status' },
            { head: 'Sensitivity', number: true },
            { head: 'Specificity', number: true },
          ],
          rows: stated.map(({ labels }) => {
            const judge = labels.get('judge') ?? ''
            const language = labels.get('language') ?? ''
            return [
              html`${languageName(language)}`,
              html`${judge}`,
              html`${labels.get('status')}`,
              html`${limitsText(limitsOf(figures, judge, language, 'se'))}`,
              html`${limitsText(limitsOf(figures, judge, language, 'sp'))}`,
            ]
          }),
        })
  return html`${own}${quality}${
    unverified === 0
      ? undefined
      : html`<p class="dim">Unverified in ${count(unverified)} languages: rates there are uncorrected.</p>`
  }${paidJudge(snapshot)}`
}
