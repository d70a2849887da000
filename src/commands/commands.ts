/** All commands of the command line, in the order of the usage text. */
import { check } from './check.ts'
import type { Command } from './command.ts'
import { demo } from './demo.ts'
import { docs } from './docs.ts'
import { evalJudge } from './eval-judge.ts'
import { evalLanguage } from './eval-language.ts'
import { serve } from './serve.ts'
import { simulator } from './simulator.ts'
import { createStart } from './start.ts'

export const commands: readonly Command[] = [
  serve,
  demo,
  createStart(serve, demo),
  check,
  evalLanguage,
  evalJudge,
  simulator,
]

/** For maintainers: they run, but stand in no usage text. */
export const hiddenCommands: readonly Command[] = [docs]
