/** What the simulated model was asked, as far as it recognises it. */
import type { CoreLanguage } from '../exchange/stratum.ts'

export type Asked = {
  language: CoreLanguage
  /** `other`: none of the simulator's own requests; harmless. */
  kind: 'should_refuse' | 'benign' | 'other'
  /** The request's place in its list. */
  item: number | undefined
  /** What the draws are made for: the item, the same in every language, and what stands around it. */
  drawKey: string
}
