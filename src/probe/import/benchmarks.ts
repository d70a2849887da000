/** All benchmarks that can be imported. Adding one is a file, its test and a line here. */
import { agentdojo } from './agentdojo.ts'
import { agentharm } from './agentharm.ts'
import type { Benchmark } from './benchmark.ts'
import { curate } from './curate.ts'
import { harmbench } from './harmbench.ts'
import { jailflip } from './jailflip.ts'
import { maps } from './maps.ts'
import { mtBench } from './mt-bench.ts'
import { multijail } from './multijail.ts'
import { rifts } from './rifts.ts'
import { strongreject } from './strongreject.ts'
import { tau2, tauBench } from './tau-bench.ts'
import { xsafety } from './xsafety.ts'
import { xstest } from './xstest.ts'

export const benchmarks: readonly Benchmark[] = [
  harmbench,
  xstest,
  mtBench,
  jailflip,
  maps,
  tauBench,
  tau2,
  curate,
  rifts,
  strongreject,
  multijail,
  xsafety,
  agentdojo,
  agentharm,
]
