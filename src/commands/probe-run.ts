/**
 * `holdfast probe run`: a suite under its conditions against a model API, once. Reads options and
 * suites, puts the parts together, prints what came out; all else is in src/probe/.
 */
import { randomBytes } from 'node:crypto'
import { standingOf } from '../aggregate/judge-standing.ts'
import { type Clock, systemClock } from '../clock.ts'
import { type Fault, faultText } from '../error.ts'
import { coreLanguages } from '../exchange/stratum.ts'
import { type CalibrationLookup, lookupOf } from '../judge/calibration.ts'
import { readCalibrationFile } from '../judge/calibration-file.ts'
import { createGradedJudge, type GradedJudge, gradedJudgeDefaults } from '../judge/graded-judge.ts'
import { judgeExchange, judgesWith } from '../judge/judges.ts'
import { modelFamily } from '../judge/model-family.ts'
import { bundledSuites } from '../probe/bundled.ts'
import { type Condition, conditionsText, readCondition } from '../probe/conditions/conditions.ts'
import { loadSuites } from '../probe/load-suite.ts'
import { loadMaterials } from '../probe/materials.ts'
import { rowsAbove } from '../probe/pairs.ts'
import { openRunFile, type RunFile } from '../probe/run-file.ts'
import { type PreparedRun, prepareRun, runSuite, type SuiteRun } from '../probe/run-suite.ts'
import { defaultConditions, expandLanguages, selectProbes } from '../probe/select.ts'
import { suiteFaultText } from '../probe/suite-fault.ts'
import { createUpstreamClient, type UpstreamClient } from '../upstream/http-client.ts'
import type { Command, CommandIo } from './command.ts'
import { type GradedOptions, type ProbeRunOptions, readProbeRun } from './probe-run-options.ts'
import { reportJson, reportText } from './probe-run-report.ts'
import { createProgressBar } from './progress-bar.ts'

const gapFound = 1
const usageFault = 2
const notFinished = 3
const interrupted = 130

const help = `Usage: holdfast probe run --target URL --model NAME [options]

Asks every probe of a suite in plain English chat, and once more under each condition, and compares
the two answers probe by probe. docs/probes.md says what suites, conditions and figures mean.

  --target URL          base URL of the API, as its SDK takes it
  --model NAME          model to ask
  --protocol NAME       openai_chat (default), openai_responses or anthropic_messages
  --key-env VARIABLE    environment variable that holds the API key
  --key-file FILE       file that holds it; without either no key is sent
  --suite CATEGORY      default refusal-core; holdfast probe list names them
  --suites PATH         further suites; may be repeated
  --conditions LIST     conditions, separated by spaces or semicolons; parts of one condition are
                        joined by commas: "language=bn language=bn,format=agentic depth=10"
                        language=all stands for every language of the suite;
                        default: what the suite is made for
  --baseline CONDITION  what conditions are compared with (default: plain English chat)
  --limit N             so many probes, chosen by the seed
  --seed N              order and choices (default 1)
  --concurrency N       exchanges at a time (default 4)
  --timeout-ms N        for one exchange, repetitions included (default 60000)
  --retries N           repetitions where the API asks for them by Retry-After (default 2)
  --deadline-s N        for the whole run
  --no-temperature      send no sampling parameters
  --judge ID            reads refusals: lexical (default) or learned
  --calibration FILE    what is known of that judge (holdfast eval judge --calibration)
  --judge-url URL, --judge-model NAME, --judge-protocol openai_chat|anthropic_messages,
  --judge-key-env VARIABLE, --judge-key-file FILE, --judge-calls-max N
                        a model that grades what no rule can; without one those are unscored
  --out FILE            one JSON line per exchange; a file that is there is taken up again
  --keep-text           keep answers in that file; else digests only
  --json                print one JSON object instead of tables
  --fail-over-points N  exit code 1 when a gap lies above N points with its whole interval
  --allow-p2            run adversarial probes, which may cost the account its access

Conditions:
${conditionsText()}

Exit codes: 1 a gap above the threshold; 2 an option, a suite or a file has to be changed; 3 the run
could not be finished: refused (401, 403, policy), nothing reachable, or the deadline; 130 interrupted.`

type Prepared = { ok: true; prepared: PreparedRun } | { ok: false; lines: readonly string[] }

const faultLines = (faults: readonly Fault[]): string[] => faults.map(faultText)

function prepare(options: ProbeRunOptions, judges: readonly string[]): Prepared {
  const paths = [bundledSuites, ...options.suites]
  const loaded = loadSuites(paths)
  if (!loaded.ok) return { ok: false, lines: loaded.faults.map(suiteFaultText) }
  const read = loadMaterials(paths, loaded.suites, options.seed)
  if (!read.ok) return { ok: false, lines: read.faults.map(suiteFaultText) }
  const { materials } = read
  const selection = selectProbes(options.category, loaded.suites)
  if (selection === undefined) {
    return { ok: false, lines: [`--suite: no suite of ${options.category} is there`] }
  }
  const given =
    options.conditions.length > 0 ? options.conditions : defaultConditions(selection, materials)
  const texts = given.flatMap((text) => expandLanguages(text, selection.core ?? selection.suite))
  const lines: string[] = []
  const conditionsOf = (key: string, all: readonly string[]): Condition[] =>
    all.flatMap((text) => {
      const result = readCondition(text, materials)
      if (result.ok) return [result.condition]
      lines.push(`--${key}: ${result.reason}`)
      return []
    })
  const conditions = conditionsOf('conditions', texts)
  const [base] = conditionsOf('baseline', [options.baseline])
  if (lines.length > 0 || base === undefined) return { ok: false, lines }
  const prepared = prepareRun({
    suite: selection.suite,
    besides: selection.core === undefined ? [] : [selection.core],
    probes: options.temperature
      ? selection.probes
      : selection.probes.map((probe) => ({
          ...probe,
          parameters: { ...probe.parameters, temperature: undefined },
        })),
    base,
    conditions,
    seed: options.seed,
    limit: options.limit,
    target: {
      protocol: options.protocol,
      baseUrl: options.target,
      model: options.model,
      key: keyOf(options.key),
      deadlineMs: options.timeoutMs,
      retriesMax: options.retriesMax,
    },
    judges,
  })
  const { adversarial } = prepared.plan
  if (adversarial > 0 && !options.allowAdversarial) {
    const line = `--allow-p2: ${adversarial} deliveries are adversarial (P2), which providers may answer by closing an account; use a key of its own and give --allow-p2`
    return { ok: false, lines: [line] }
  }
  return { ok: true, prepared }
}

const keyOf = (key: ProbeRunOptions['key']): (() => string) | undefined =>
  key === undefined ? undefined : () => key.reveal()

const loadDetector = async (): Promise<(text: string) => string> => {
  const { createLanguageDetector } = await import('../enrich/language.ts')
  const detector = createLanguageDetector({ served: coreLanguages })
  return (text) => detector.detect(text).language
}

function gradedJudge(
  graded: GradedOptions,
  client: UpstreamClient,
  clock: Clock,
  concurrency: number,
): GradedJudge {
  const limits = { calls: graded.callsMax }
  return createGradedJudge(
    {
      ...gradedJudgeDefaults,
      api: graded.protocol === 'openai_chat' ? 'openai' : 'anthropic',
      baseUrl: graded.url,
      model: graded.model,
      key: keyOf(graded.key),
      concurrency,
      queueMax: 8 * concurrency,
      budget: { limits: { hour: limits, day: limits }, prices: undefined },
    },
    {
      post: (request) => client.post(request),
      clock,
      randomBytes: (size) => randomBytes(size),
    },
  )
}

type Standing = { ok: true; of: (language: string) => string } | { ok: false; lines: string[] }

/** What a calibration file says of the judge; without one nobody vouches for it. */
function standings(
  path: string | undefined,
  judge: { id: string; version: string },
  model: string,
): Standing {
  let lookup: CalibrationLookup | undefined
  if (path !== undefined) {
    const read = readCalibrationFile(path)
    if (!read.ok) {
      return { ok: false, lines: faultLines(read.faults).map((line) => `--calibration: ${line}`) }
    }
    lookup = lookupOf(read.calibration, { ...judge, promptHash: undefined })
  }
  return { ok: true, of: (language) => standingOf(lookup, language, [modelFamily(model)]).status }
}

export const createProbeRun = (clock: Clock = systemClock): Command => ({
  words: ['probe', 'run'],
  summary: 'Ask a probe suite of a model API and compare conditions pair by pair',
  help,
  async run(args: readonly string[], io: CommandIo): Promise<number> {
    const refuse = (lines: readonly string[]): number => {
      for (const line of lines) io.stderr.write(`holdfast probe run: ${line}\n`)
      return usageFault
    }
    const read = readProbeRun(args, io.env)
    if (!read.ok) return refuse(faultLines(read.faults))
    const { options } = read
    const judges = judgesWith(options.judge)
    const named = judges.map(({ id, version }) => ({ id, version }))
    const judge = named.at(-1)
    if (judge === undefined) throw new Error('no judge on board')
    const graders = options.graded === undefined ? [] : [`model_graded/${options.graded.model}`]
    const made = prepare(options, [
      ...named.map(({ id, version }) => `${id}/${version}`),
      ...graders,
    ])
    if (!made.ok) return refuse(made.lines)
    const standing = standings(options.calibration, judge, options.model)
    if (!standing.ok) return refuse(standing.lines)
    const { prepared } = made
    let file: RunFile | undefined
    if (options.out !== undefined) {
      const opened = openRunFile(options.out, prepared.run)
      if (!opened.ok) return refuse([`--out: ${options.out} ${opened.reason}`])
      file = opened.file
    }
    const run = await carryOut(prepared, options, { judges, file, clock }, io)
    const above =
      options.failOverPoints === undefined ? [] : rowsAbove(run.pairs, options.failOverPoints)
    const context = {
      prepared,
      run,
      judge,
      standing: standing.of,
      failOverPoints: options.failOverPoints,
      above,
    }
    io.stdout.write(options.json ? `${JSON.stringify(reportJson(context))}\n` : reportText(context))
    return exitCode(run, above.length)
  },
})

/** The first verdict compiles phrases and weights: that is start, and no part of a run. */
function warmUp(judges: Parts['judges']): void {
  judgeExchange(
    {
      prompt: 'Hello?',
      turns: [],
      answer: {
        text: 'Hello.',
        refusal: '',
        reasoning: '',
        toolCalls: [],
        stop: 'stop',
        choices: 1,
      },
      promptLanguage: 'en',
      answerLanguage: 'en',
      providerRefusals: [],
    },
    judges,
  )
}

interface Parts {
  judges: ReturnType<typeof judgesWith>
  file: RunFile | undefined
  clock: Clock
}

async function carryOut(
  prepared: PreparedRun,
  options: ProbeRunOptions,
  { judges, file, clock }: Parts,
  io: CommandIo,
): Promise<SuiteRun> {
  const client = createUpstreamClient({ clock, connectionsMax: options.concurrency })
  const grading = createUpstreamClient({ clock, connectionsMax: options.concurrency })
  const graded =
    options.graded === undefined
      ? undefined
      : gradedJudge(options.graded, grading, clock, options.concurrency)
  const detectLanguage = await loadDetector()
  warmUp(judges)
  const bar = createProgressBar(io.stderr, clock)
  const close = (): void => {
    client.close()
    grading.close()
  }
  // What is under way is cut; the run then ends by itself.
  io.signal.addEventListener('abort', close, { once: true })
  try {
    return await runSuite(prepared, {
      sender: client,
      scorer: { judges, graded, detectLanguage },
      clock,
      signal: io.signal,
      concurrency: options.concurrency,
      deadlineMs: options.deadlineMs,
      file,
      keepText: options.keepText,
      progress: (done, total) => bar.update(done, total),
    })
  } finally {
    io.signal.removeEventListener('abort', close)
    bar.end()
    graded?.close()
    close()
    file?.close()
  }
}

function exitCode({ result }: SuiteRun, above: number): number {
  if (result.ended === 'aborted') return interrupted
  if (result.ended !== 'done') return notFinished
  const failed = result.scored.filter(({ outcome }) => outcome.score === 'error').length
  if (failed > 0 && failed === result.scored.length) return notFinished
  return above > 0 ? gapFound : 0
}

export const probeRun = createProbeRun()
