/**
 * `holdfast stress`: models x scaffolds x tasks, graded by judges that do not know what they read.
 * Reads options and suites, puts the parts together, prints what came out; all else is in src/stress/.
 */
import { randomBytes } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { type Clock, systemClock } from '../clock.ts'
import { codeOf, faultText } from '../error.ts'
import { coreLanguages } from '../exchange/stratum.ts'
import { createGradedJudge, type GradedJudge, gradedJudgeDefaults } from '../judge/graded-judge.ts'
import { bundledSuites } from '../probe/bundled.ts'
import { loadSuites } from '../probe/load-suite.ts'
import { loadMaterials } from '../probe/materials.ts'
import { selectProbes } from '../probe/select.ts'
import { suiteFaultText } from '../probe/suite-fault.ts'
import { profileText } from '../profile/profile-file.ts'
import { createPurse, type Purse } from '../spend/purse.ts'
import type { StressTarget } from '../stress/collect.ts'
import { isFinal } from '../stress/grade.ts'
import { type Grid, makeGrid } from '../stress/grid.ts'
import { type Journal, noJournal, openJournal, spentIn } from '../stress/journal.ts'
import { modelRaters, onBoardRater, type Rater } from '../stress/raters.ts'
import type { StressResult } from '../stress/result.ts'
import { runStress, type StressPlan, stressIdOf } from '../stress/run-stress.ts'
import { stressCategories, stressDimensionOf } from '../stress/stress-dimension.ts'
import { createUpstreamClient, type UpstreamClient } from '../upstream/http-client.ts'
import type { Command, CommandIo } from './command.ts'
import { createProgressBar } from './progress-bar.ts'
import type { StressEndpoint } from './stress-endpoints.ts'
import { readStress, type StressOptions } from './stress-options.ts'
import { stressText } from './stress-text.ts'

const usageFault = 2
const notFinished = 3
const interrupted = 130

const help = `Usage: holdfast stress --targets FILE|URL,model=NAME... --judges FILE|URL,model=NAME|ID... [options]

Asks the same tasks of several models under several fixed scaffolds, has every answer graded 0 to 2
by two raters or more who do not know which model or scaffold it is of, and says what each scaffold
does to each model. docs/stress.md says how, and what the figures mean.

  --targets WHAT        a YAML file of endpoints, or URL,model=NAME[,name=N][,protocol=P]
                        [,key-env=VARIABLE][,key-file=FILE][,input-usd=N,output-usd=N] (per million
                        tokens); may be repeated
  --judges WHAT         the same for judges that are models; or lexical, learned (refusals only);
                        may be repeated
  --repeats N           gradings by each model judge (default 1; 2 with one judge alone)
  --suite CATEGORY      ${stressCategories.join(', ')} (default verification)
  --suites PATH         further suites and scaffolds; may be repeated
  --scaffolds LIST      with commas; the first is what others are compared with
                        (default none,verification,process-steering,safety-policy)
  --tasks N             drawn by the seed (default 15)
  --seed N              tasks, orders, ids, intervals and permutations (default 1)
  --concurrency N       exchanges at a time, of each target and each rater (default 4)
  --timeout-ms N        for one exchange, repetitions included (default 60000)
  --retries N           repetitions where the API asks for them by Retry-After (default 2)
  --deadline-s N        for asking
  --no-temperature      send no sampling parameters
  --calls-max N, --tokens-max N, --usd-max N
                        what targets and judges together may use; no call is made beyond it
  --replicates N        draws of each interval (default 2000)
  --permutations N      of the interaction test (default 9999)
  --out FILE            transcripts and grades as JSON lines; a file that is there is taken up again.
                        It holds the models' answers
  --rows FILE           rows of the profile, as holdfast profile and report read them
  --json                print one JSON object (docs/stress.schema.json) instead of tables

Exit codes: 2 an option, a suite or a file has to be changed; 3 not every answer was had and graded;
130 interrupted.`

type Prepared = { ok: true; plan: StressPlan } | { ok: false; lines: readonly string[] }

function prepare(options: StressOptions): Prepared {
  const paths = [bundledSuites, ...options.suites]
  const loaded = loadSuites(paths)
  if (!loaded.ok) return { ok: false, lines: loaded.faults.map(suiteFaultText) }
  const read = loadMaterials(paths, loaded.suites, options.seed)
  if (!read.ok) return { ok: false, lines: read.faults.map(suiteFaultText) }
  const selection = selectProbes(options.category, loaded.suites)
  const dimension = stressDimensionOf(options.category)
  if (selection === undefined || dimension === undefined) {
    return { ok: false, lines: [`--suite: no suite of ${options.category} is there`] }
  }
  if (options.onBoard.length > 0 && !dimension.onBoard) {
    return {
      ok: false,
      lines: [`--judges: ${options.onBoard.join(', ')} read refusals only, not ${dimension.id}`],
    }
  }
  const { suite } = selection
  const made = makeGrid({
    suite: {
      ...suite,
      probes: options.temperature
        ? selection.probes
        : selection.probes.map((probe) => ({
            ...probe,
            parameters: { ...probe.parameters, temperature: undefined },
          })),
    },
    dimension,
    scaffolds: options.scaffolds,
    materials: read.materials,
    tasks: options.tasks,
    seed: options.seed,
  })
  if (!made.ok) return { ok: false, lines: made.reasons }
  const targets = options.targets.map((endpoint) => targetOf(endpoint, options))
  const plan = { grid: made.grid, seed: options.seed, targets }
  return { ok: true, plan: { ...plan, id: stressIdOf(plan) } }
}

const targetOf = (endpoint: StressEndpoint, options: StressOptions): StressTarget => ({
  name: endpoint.name,
  options: {
    protocol: endpoint.protocol,
    baseUrl: endpoint.url,
    model: endpoint.model,
    key: keyOf(endpoint),
    deadlineMs: options.timeoutMs,
    retriesMax: options.retriesMax,
  },
  prices: endpoint.prices,
})

const keyOf = ({ key }: StressEndpoint): (() => string) | undefined =>
  key === undefined ? undefined : () => key.reveal()

/** Of the judge's own; what may be spent is the purse's business. */
const unlimited = { calls: Number.MAX_SAFE_INTEGER }

function judgeOf(
  endpoint: StressEndpoint,
  options: StressOptions,
  client: UpstreamClient,
  clock: Clock,
): GradedJudge {
  const concurrency = options.concurrency * options.repeats
  return createGradedJudge(
    {
      ...gradedJudgeDefaults,
      api: endpoint.protocol === 'anthropic_messages' ? 'anthropic' : 'openai',
      baseUrl: endpoint.url,
      model: endpoint.model,
      key: keyOf(endpoint),
      temperature: options.temperature,
      deadlineMs: options.timeoutMs,
      retriesMax: options.retriesMax,
      concurrency,
      queueMax: concurrency,
      queueWaitMsMax: options.timeoutMs,
      budget: { limits: { hour: unlimited, day: unlimited }, prices: undefined },
    },
    {
      post: (request) => client.post(request),
      clock,
      randomBytes: (size) => randomBytes(size),
    },
  )
}

async function ratersOf(
  options: StressOptions,
  { dimension }: Grid,
  parts: { client: UpstreamClient; clock: Clock; purse: Purse },
): Promise<Rater[]> {
  const models = options.judges.flatMap((endpoint) =>
    modelRaters(
      dimension,
      {
        name: endpoint.name,
        repeats: options.repeats,
        graded: judgeOf(endpoint, options, parts.client, parts.clock),
        prices: endpoint.prices,
        outputTokensMax: gradedJudgeDefaults.outputTokensMax,
        retriesMax: options.retriesMax,
      },
      parts.purse,
    ),
  )
  if (options.onBoard.length === 0) return models
  const { createLanguageDetector } = await import('../enrich/language.ts')
  const detector = createLanguageDetector({ served: coreLanguages })
  const detect = (text: string): string => detector.detect(text).language
  return [...models, ...options.onBoard.map((id) => onBoardRater(id, dimension, detect))]
}

async function carryOut(
  plan: StressPlan,
  options: StressOptions,
  journal: Journal,
  clock: Clock,
  io: CommandIo,
): Promise<StressResult> {
  const purse = createPurse(options.limits, spentIn(journal.entries))
  const client = createUpstreamClient({
    clock,
    connectionsMax: options.concurrency * options.targets.length,
  })
  const grading = createUpstreamClient({
    clock,
    connectionsMax: Math.max(1, options.concurrency * options.repeats * options.judges.length),
  })
  const bars = {
    asked: createProgressBar(io.stderr, clock),
    graded: createProgressBar(io.stderr, clock),
  }
  const close = (): void => {
    client.close()
    grading.close()
  }
  // What is under way is cut; the test then ends by itself.
  io.signal.addEventListener('abort', close, { once: true })
  try {
    return await runStress(plan, {
      sender: client,
      clock,
      signal: io.signal,
      purse,
      journal,
      file: options.out,
      raters: await ratersOf(options, plan.grid, { client: grading, clock, purse }),
      concurrency: options.concurrency,
      deadlineMs: options.deadlineMs,
      replicates: options.replicates,
      permutations: options.permutations,
      progress: (stage, done, total) => bars[stage].update(done, total),
    })
  } finally {
    io.signal.removeEventListener('abort', close)
    bars.graded.end()
    close()
    journal.close()
  }
}

export const createStress = (clock: Clock = systemClock): Command => ({
  words: ['stress'],
  summary: 'Compare models under fixed scaffolds, graded blindly',
  help,
  async run(args: readonly string[], io: CommandIo): Promise<number> {
    const refuse = (lines: readonly string[]): number => {
      for (const line of lines) io.stderr.write(`holdfast stress: ${line}\n`)
      return usageFault
    }
    const read = readStress(args, io.env)
    if (!read.ok) return refuse([...read.faults.map(faultText), ...read.lines])
    const { options } = read
    const prepared = prepare(options)
    if (!prepared.ok) return refuse(prepared.lines)
    const { plan } = prepared
    let journal = noJournal
    if (options.out !== undefined) {
      const opened = openJournal(options.out, plan.id)
      if (!opened.ok) return refuse([`--out: ${options.out} ${opened.reason}`])
      journal = opened.journal
    }
    const { grid } = plan
    if (grid.tasks.length < options.tasks) {
      const line = `the suite has ${grid.candidates} tasks that fit, not ${options.tasks}`
      io.stderr.write(`holdfast stress: ${line}\n`)
    }
    const result = await carryOut(plan, options, journal, clock, io)
    io.stdout.write(options.json ? `${JSON.stringify(result)}\n` : stressText(result))
    if (options.rows !== undefined) {
      try {
        writeFileSync(options.rows, profileText(result.rows))
      } catch (error) {
        return refuse([`--rows: ${options.rows} (${codeOf(error) ?? 'unknown error'})`])
      }
    }
    if (io.signal.aborted) return interrupted
    return isWhole(result, plan) ? 0 : notFinished
  },
})

/** Answers that have no grade on the scale are a finding; those that are missing are not. */
function isWhole({ transcripts, cells }: StressResult, { grid, targets }: StressPlan): boolean {
  return (
    transcripts === grid.tasks.length * grid.scaffolds.length * targets.length &&
    cells.every(({ excluded }) => Object.keys(excluded).every((reason) => isFinal(reason)))
  )
}

export const stress = createStress()
