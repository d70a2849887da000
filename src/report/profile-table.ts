/** The profile as rows of text, for a terminal and for Markdown: one form, so that they can be compared. */
import { type ProfileRow, shortHash } from '../profile/row.ts'
import { between, figure, whole } from './words.ts'

export const profileHeads = [
  'dimension',
  'measure',
  'condition',
  'level',
  'estimate',
  '95 % interval',
  'n',
  'model',
  'scaffold',
  'suite',
  'judge',
  'id',
] as const

/** `refusal-core 1.2.0, epoch 2951`; a suite that says no version is named by its hash. */
export const suiteText = ({ suite }: Pick<ProfileRow, 'suite'>): string | undefined =>
  suite === null
    ? undefined
    : `${suite.id} ${suite.version ?? shortHash(suite.hash)}${suite.epoch === null ? '' : `, epoch ${suite.epoch}`}`

export const scaffoldText = ({ scaffold }: Pick<ProfileRow, 'scaffold'>): string | undefined =>
  scaffold === null ? undefined : shortHash(scaffold)

export const judgeText = ({ judge }: Pick<ProfileRow, 'judge'>): string | undefined =>
  judge === null ? undefined : `${judge.id} ${judge.version}, ${judge.standing}`

export const profileCells = (row: ProfileRow): string[] => [
  row.dimension,
  row.measure,
  row.condition,
  row.level,
  figure(row.estimate, row.unit),
  between(row.interval, row.unit),
  whole(row.n),
  row.model ?? 'not known',
  scaffoldText(row) ?? '-',
  suiteText(row) ?? '-',
  judgeText(row) ?? '-',
  row.id,
]
