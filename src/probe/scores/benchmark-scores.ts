/** All published scorers. Adding one is a file, its test and a line here. */
import {
  curateScore,
  harmbenchScore,
  jailflipScore,
  riftsScore,
  strongrejectGrades,
} from './answer-score.ts'
import type { BenchmarkScore } from './benchmark-score.ts'
import { mtBenchScore } from './rating-score.ts'
import { agentdojoScore, tau2Score, tauBenchScore } from './trajectory-score.ts'
import { multijailScore, xsafetyScore } from './unsafe-score.ts'

export const benchmarkScores: readonly BenchmarkScore[] = [
  harmbenchScore,
  mtBenchScore,
  jailflipScore,
  tauBenchScore,
  tau2Score,
  curateScore,
  riftsScore,
  strongrejectGrades,
  multijailScore,
  xsafetyScore,
  agentdojoScore,
]
