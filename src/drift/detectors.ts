/** All kinds of detectors. A new one: a file that exports its kind and its D, a test, a line here. */
import { depthGap, forkGap, formatGap } from './condition-gap.ts'
import type { DetectorKind } from './detector-kind.ts'
import { judgeControl } from './judge-control.ts'
import { refusalGap } from './live-pairing.ts'
import { overRefusal } from './over-refusal.ts'
import { probeGap } from './probe-pairs.ts'
import { refusalLevel } from './refusal-level.ts'
import { repeatFlip } from './repeat-flip.ts'
import { toolSurprisal } from './tool-surprisal.ts'
import { unclearRate } from './unclear-rate.ts'

export const detectorKinds: readonly DetectorKind[] = [
  refusalGap,
  probeGap,
  refusalLevel,
  overRefusal,
  formatGap,
  depthGap,
  forkGap,
  judgeControl,
  unclearRate,
  toolSurprisal,
  repeatFlip,
]
