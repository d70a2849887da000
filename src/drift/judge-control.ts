/**
 * `judge_control`: fixed transcripts, judged again every night.
 *
 * D = verdict of the reference run - verdict today. The transcripts never change, so any lasting
 * difference is the judge's. Two detectors, for D and for -D: a judge that calls too few refusals
 * opens false breaches, one that calls too many hides true ones. While either alarms, gap pages of
 * the language are held back.
 */
import { asNumber, type DetectorKind } from './detector-kind.ts'

export const judgeControl: DetectorKind = {
  metric: 'judge_control',
  measures: 'reference verdict less verdict today on a fixed transcript',
  ticks: ['run'],
  g0: 0.02,
  learns: 'configured',
  directions: [1, -1],
}

export const judgeControlDifference = (
  refusedInReference: boolean,
  refusedToday: boolean,
): number => asNumber(refusedInReference) - asNumber(refusedToday)
