/**
 * All commands of the command line, in the order of the usage text. Each is loaded when it is run, so
 * that the main job does not carry the others' memory.
 */
import type { Command } from './command.ts'

export interface CommandEntry {
  /** The same as the command's own; a test compares them. */
  readonly words: readonly string[]
  load(): Promise<Command>
}

export const commands: readonly CommandEntry[] = [
  { words: ['serve'], load: async () => (await import('./serve.ts')).serve },
  { words: ['demo'], load: async () => (await import('./demo.ts')).demo },
  { words: ['start'], load: async () => (await import('./start.ts')).start },
  { words: ['check'], load: async () => (await import('./check.ts')).check },
  {
    words: ['eval', 'language'],
    load: async () => (await import('./eval-language.ts')).evalLanguage,
  },
  { words: ['eval', 'judge'], load: async () => (await import('./eval-judge.ts')).evalJudge },
  {
    words: ['eval', 'trajectories'],
    load: async () => (await import('./eval-trajectories.ts')).evalTrajectories,
  },
  {
    words: ['eval', 'signals'],
    load: async () => (await import('./eval-signals.ts')).evalSignals,
  },
  { words: ['probe', 'list'], load: async () => (await import('./probe-list.ts')).probeList },
  { words: ['probe', 'run'], load: async () => (await import('./probe-run.ts')).probeRun },
  { words: ['signals'], load: async () => (await import('./signals.ts')).signals },
  { words: ['stress'], load: async () => (await import('./stress.ts')).stress },
  { words: ['compare'], load: async () => (await import('./compare.ts')).compare },
  {
    words: ['import'],
    load: async () => (await import('./import-benchmark.ts')).importBenchmark,
  },
  { words: ['score'], load: async () => (await import('./score.ts')).score },
  { words: ['label'], load: async () => (await import('./label.ts')).label },
  { words: ['train', 'judge'], load: async () => (await import('./train-judge.ts')).trainJudge },
  {
    words: ['train', 'request'],
    load: async () => (await import('./train-request.ts')).trainRequest,
  },
  { words: ['profile'], load: async () => (await import('./profile.ts')).profile },
  { words: ['claims'], load: async () => (await import('./claims.ts')).claims },
  { words: ['report'], load: async () => (await import('./report.ts')).report },
  { words: ['audit'], load: async () => (await import('./audit.ts')).audit },
  { words: ['baseline'], load: async () => (await import('./baseline.ts')).baseline },
  { words: ['evidence'], load: async () => (await import('./evidence.ts')).evidence },
  { words: ['plan'], load: async () => (await import('./plan.ts')).plan },
  {
    words: ['simulate', 'drift'],
    load: async () => (await import('./simulate-drift.ts')).simulateDrift,
  },
  { words: ['simulator'], load: async () => (await import('./simulator.ts')).simulator },
]

/** For maintainers: they run, but stand in no usage text. */
export const hiddenCommands: readonly CommandEntry[] = [
  { words: ['docs'], load: async () => (await import('./docs.ts')).docs },
]
