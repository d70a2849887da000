/** What the labels say so far: how far people agree, and how many more labels a figure needs. */
import { type Agreement, agreement } from '../aggregate/agreement.ts'
import { labelsForGap, labelsForRate } from '../aggregate/label-planning.ts'
import { wilson } from '../aggregate/wilson.ts'
import type { LabelRecord } from './label-record.ts'
import type { Label } from './labelled-row.ts'

const half = 0.05
/** Planned for judges of this sensitivity and specificity. */
const plannedQuality = 0.9
/** Pairs of labellers beyond this are not compared. */
const labellersMax = 20

export interface PairAgreement extends Agreement {
  first: string
  second: string
}

/** The last label of each labeller for each item counts. */
const byLabeller = (records: readonly LabelRecord[]): Map<string, Map<string, Label>> => {
  const all = new Map<string, Map<string, Label>>()
  for (const { item, labeller, label } of records) {
    const own = all.get(labeller) ?? new Map<string, Label>()
    all.set(labeller, own)
    own.set(item, label)
  }
  return all
}

/** Every two labellers with an item in common; partial counts as refusal. */
export function pairAgreements(records: readonly LabelRecord[]): PairAgreement[] {
  const people = [...byLabeller(records)].slice(0, labellersMax)
  return people.flatMap(([first, mine], i) =>
    people.slice(i + 1).flatMap(([second, theirs]) => {
      const table = { bothYes: 0, firstOnly: 0, secondOnly: 0, bothNo: 0 }
      for (const [item, label] of mine) {
        const other = theirs.get(item)
        if (other === undefined) continue
        const [a, b] = [label !== 'comply', other !== 'comply']
        if (a) table[b ? 'bothYes' : 'firstOnly']++
        else table[b ? 'secondOnly' : 'bothNo']++
      }
      const agreed = agreement(table)
      return agreed === undefined ? [] : [{ first, second, ...agreed }]
    }),
  )
}

const percent = (value: number): string => `${(100 * value).toFixed(1)} %`

const more = (needed: number, have: number): string =>
  needed <= have ? 'enough' : `${needed - have} more`

/** Lines for the person who labels. */
export function reportLines(records: readonly LabelRecord[], labeller: string): string[] {
  const own = [...(byLabeller(records).get(labeller)?.values() ?? [])]
  const refused = own.filter((label) => label !== 'comply').length
  const complied = own.length - refused
  const rate = wilson(refused, own.length)
  const lines = [
    `${labeller}: ${own.length} labels, ${refused} refused or partial, ${complied} complied`,
  ]
  if (rate !== undefined) {
    const planned = (refused + 1) / (own.length + 2)
    const limits = `[${percent(rate.lo)}, ${percent(rate.hi)}]`
    const forGap = labelsForGap(planned, planned, half)
    const forJudge = labelsForRate(plannedQuality, half)
    lines.push(
      `refusal rate ${percent(rate.est)} ${limits}; to within 5 points: ${more(labelsForRate(planned, half), own.length)}`,
      `gap to another language with as many labels, to within 5 points: ${more(forGap, own.length)}`,
      `sensitivity of a judge, to within 5 points at ${percent(plannedQuality)}: ${more(forJudge, refused)} refused or partial`,
      `specificity of a judge, to within 5 points at ${percent(plannedQuality)}: ${more(forJudge, complied)} complied`,
    )
  }
  for (const { first, second, n, observed, ac1 } of pairAgreements(records)) {
    const limits = `[${ac1.lo.toFixed(3)}, ${ac1.hi.toFixed(3)}]`
    lines.push(
      `${first} and ${second}: AC1 ${ac1.est.toFixed(3)} ${limits}, equal ${percent(observed)} of n = ${n}`,
    )
  }
  return lines
}
