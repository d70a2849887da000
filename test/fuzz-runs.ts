/**
 * How often each parser that reads what somebody else wrote is tried, in one table: by default, for a
 * commit (HOLDFAST_FUZZ=commit) and in a night (HOLDFAST_FUZZ=nightly). docs/fuzzing.md shows it. A
 * property that fails says how to repeat it.
 */
import * as fc from 'fast-check'

/** File, then runs by default, for a commit and in a night. */
type Row = readonly [file: string, few: number, commit: number, nightly: number]

export const fuzzTable = {
  sse_framing: ['test/decode/sse.test.ts', 8_000, 100_000, 2_000_000],
  edited_bodies: ['test/decode/decode-fuzz.test.ts', 5_000, 40_000, 400_000],
  other_values: ['test/decode/decode-fuzz.test.ts', 5_000, 40_000, 400_000],
  random_json: ['test/decode/decode-fuzz.test.ts', 4_000, 20_000, 200_000],
  json_text: ['test/decode/untrusted-json.test.ts', 3_000, 50_000, 500_000],
  second_tier_edited: ['test/decode/second-tier-fuzz.test.ts', 4_000, 50_000, 500_000],
  second_tier_random: ['test/decode/second-tier-fuzz.test.ts', 3_000, 40_000, 400_000],
  mcp_calls: ['test/decode/second-tier-fuzz.test.ts', 2_000, 10_000, 100_000],
  tool_call_fragments: ['test/decode/tool-call-fragments.test.ts', 300, 17_000, 170_000],
  tool_call_places: ['test/decode/tool-call-fragments.test.ts', 1_000, 20_000, 200_000],
  content_encoding: ['test/decode/encoding.test.ts', 2_000, 20_000, 200_000],
  content_encoding_bombs: ['test/decode/encoding.test.ts', 30, 500, 5_000],
  headers: ['test/proxy/headers-fuzz.test.ts', 10_000, 50_000, 500_000],
  judge_reply: ['test/judge/graded/outcome.test.ts', 10_000, 50_000, 500_000],
  judge_reply_json: ['test/judge/graded/outcome.test.ts', 1_000, 20_000, 200_000],
  judge_schema: ['test/judge/graded/flat-schema.test.ts', 20_000, 100_000, 1_000_000],
  judge_fence: ['test/judge/graded/fence.test.ts', 2_000, 50_000, 500_000],
  config_values: ['test/config/load.test.ts', 200, 20_000, 200_000],
  config_printed: ['test/config/yaml-tree.test.ts', 300, 10_000, 100_000],
  config_text: ['test/config/yaml-tree.test.ts', 2_000, 20_000, 200_000],
  patterns: ['test/probe/pattern-fuzz.test.ts', 3_000, 20_000, 200_000],
  stored_values: ['test/drift/stored-values-fuzz.test.ts', 8_000, 40_000, 400_000],
  known_results: ['test/stages/shared-known-answers.test.ts', 500, 20_000, 200_000],
  known_rates: ['test/stages/shared-rates.test.ts', 500, 20_000, 200_000],
  known_verdicts: ['test/stages/shared-verdicts.test.ts', 500, 20_000, 200_000],
  fleet_spent: ['test/spend/fleet-budget.test.ts', 1_000, 20_000, 200_000],
  stored_envelope: ['test/state/stored-bytes-fuzz.test.ts', 2_000, 20_000, 200_000],
  snapshot_file: ['test/state/stored-bytes-fuzz.test.ts', 2_000, 20_000, 200_000],
  evidence_damage: ['test/evidence/frame.test.ts', 200, 2_000, 20_000],
  label_values: ['test/metrics/exposition-fuzz.test.ts', 2_000, 20_000, 200_000],
  language: ['test/enrich/language.test.ts', 300, 50_000, 500_000],
  depth: ['test/enrich/depth.test.ts', 5_000, 50_000, 500_000],
  scrubber: ['test/scrub.test.ts', 2_000, 50_000, 500_000],
  scrubber_planted: ['test/scrub.test.ts', 2_000, 50_000, 500_000],
  redaction: ['test/probe/fork/redact.test.ts', 1_500, 50_000, 500_000],
} as const satisfies Readonly<Record<string, Row>>

export type FuzzName = keyof typeof fuzzTable

const modes = ['few', 'commit', 'nightly'] as const
type Mode = (typeof modes)[number]

function modeOf(given: string | undefined): Mode {
  const asked = given === undefined || given === '' ? 'few' : given
  const mode = modes.find((one) => one === asked)
  if (mode === undefined) throw new Error(`HOLDFAST_FUZZ=${given}: commit or nightly`)
  return mode
}

export const fuzzMode = modeOf(process.env['HOLDFAST_FUZZ'])

export function fuzzRuns(name: FuzzName): number {
  const [, few, commit, nightly] = fuzzTable[name]
  return { few, commit, nightly }[fuzzMode]
}

/** `name:seed:path`, of a failure that was printed. */
const repeated = /^(\w+):(-?\d+):(.*)$/.exec(process.env['HOLDFAST_FUZZ_REPEAT'] ?? '')

/** Every night begins elsewhere: the day, or HOLDFAST_FUZZ_SEED. */
const nightSeed = Number(process.env['HOLDFAST_FUZZ_SEED'] ?? Math.floor(Date.now() / 86_400_000))

/** For fc.assert: the same runs each time, but for those of a night. */
export function fuzz<Values>(name: FuzzName, seed: number): fc.Parameters<Values> {
  const reporter = (details: fc.RunDetails<Values>): void => {
    const message = fc.defaultReportMessage(details)
    if (message === undefined) return
    throw new Error(`${message}\n\n${repeatText(name, details.seed, details.counterexamplePath)}`)
  }
  const [, repeatedName, repeatedSeed, path = ''] = repeated ?? []
  if (repeatedName === name) {
    return { seed: Number(repeatedSeed), path, endOnFailure: true, reporter }
  }
  const own = fuzzMode === 'nightly' ? (seed ^ nightSeed) | 0 : seed
  return { numRuns: fuzzRuns(name), seed: own, reporter }
}

function repeatText(name: FuzzName, seed: number, path: string | null): string {
  return `To repeat it: HOLDFAST_FUZZ_REPEAT=${name}:${seed}:${path ?? ''} node test/run.mjs ${fuzzTable[name][0]}`
}
