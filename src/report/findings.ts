/**
 * What a reader has to know first: each finding says what happened, since when, how surely, and from which
 * parts of the report it is said. Behaviour is blamed by detectors alone, and never for what the mix of
 * requests explains.
 */
import type { ClaimResult } from '../claims/claim-result.ts'
import type {
  ChangeEntry,
  Coverage,
  Delta,
  Episode,
  Finding,
  Incident,
  MovementEntry,
} from './report-document.ts'
import {
  day,
  hoursBetween,
  languageName,
  listed,
  metricName,
  moment,
  percent,
  points,
  rateOf,
  setName,
  signed,
  whole,
} from './words.ts'

export interface Parts {
  episodes: readonly Episode[]
  deltas: readonly Delta[]
  movements: readonly MovementEntry[]
  coverage: Coverage | null
  changes: readonly ChangeEntry[]
  incidents: readonly Incident[]
  claims: readonly ClaimResult[]
}

/** From so many points on, a shift of the mix is told. Ours. */
const mixPointsMin = 5

export const findingsOf = (parts: Parts): Finding[] => {
  const found = [
    ...driftFindings(parts.episodes),
    ...modelFindings(parts),
    ...claimFindings(parts.claims),
    ...gapFindings(parts.coverage),
    ...mixFindings(parts),
    ...blindFindings(parts.coverage),
    ...parts.incidents
      .filter(({ what }) => what.startsWith('monitor'))
      .map((incident): Finding => {
        const text = `${moment(incident.from)}: ${incident.what}.`
        return { kind: 'monitor', urgency: 'look', text, about: [incident.id] }
      }),
  ]
  if (parts.coverage !== null && parts.episodes.length === 0) {
    const text = 'No detector opened an episode. Silence says as much as the coverage below allows.'
    found.push({ kind: 'quiet', urgency: 'note', text, about: [parts.coverage.id] })
  }
  const order = { act: 0, look: 1, note: 2 } as const
  return found
    .map((finding, index) => ({ finding, index }))
    .sort((a, b) => order[a.finding.urgency] - order[b.finding.urgency] || a.index - b.index)
    .map(({ finding }) => finding)
}

export const headlineOf = (findings: readonly Finding[], coverage: Coverage | null): string => {
  const acts = findings.filter(({ urgency }) => urgency === 'act').length
  const looks = findings.filter(({ urgency }) => urgency === 'look').length
  const first =
    acts === 0
      ? 'Nothing here asks for a decision.'
      : `${acts} ${acts === 1 ? 'finding asks' : 'findings ask'} for a decision.`
  const second = looks === 0 ? '' : ` ${looks} more ${looks === 1 ? 'is' : 'are'} worth a look.`
  if (coverage === null) return `${first}${second} No live traffic went into this report.`
  const share = coverage.ticks === 0 ? 0 : coverage.ticks_with_verdicts / coverage.ticks
  return `${first}${second} ${whole(coverage.judged)} sampled answers of live traffic were judged; ${percent(share)} of the period has verdicts.`
}

/** Episodes of one language that overlap and are read alike are one story. */
function driftFindings(episodes: readonly Episode[]): Finding[] {
  const stories: Episode[][] = []
  const inOrder = [...episodes].sort((a, b) => (a.began_at < b.began_at ? -1 : 1))
  for (const episode of inOrder) {
    const story = stories.find(
      ([first, ...more]) =>
        first !== undefined &&
        first.language === episode.language &&
        (first.reading === 'mix') === (episode.reading === 'mix') &&
        [first, ...more].some((one) => follows(one, episode)),
    )
    if (story === undefined) stories.push([episode])
    else story.push(episode)
  }
  return stories.flatMap((story) => {
    const [first] = story
    if (first === undefined) return []
    return first.reading === 'mix' ? mixStory(story, first) : behaviourStory(story, first)
  })
}

const weekMs = 7 * 86_400_000

/** While the other one lasted, or soon after it was cut off by another model or judge. */
const follows = (one: Episode, next: Episode): boolean => {
  if (next.series === one.series) return next.began_at <= one.during.to
  if (one.closed_by !== 'another_instrument' || one.closed_at === null) return false
  return Date.parse(next.opened_at) - Date.parse(one.closed_at) <= weekMs
}

const idsOf = (entries: readonly { id: string }[]): string[] => entries.map(({ id }) => id)

function behaviourStory(all: readonly Episode[], first: Episode): Finding {
  const story = all.filter(({ series }) => series === first.series)
  const after = all.filter(({ series }) => series !== first.series)
  const isOpen = story.some(({ closed_at }) => closed_at === null)
  const opened = story.map(({ opened_at }) => opened_at).sort()[0] ?? first.opened_at
  const metrics = listed([...new Set(story.map(({ metric }) => metricName(metric)))])
  const rated = story.find(({ set, during }) => set !== 'all' && during.n > 0) ?? first
  const gap = story.find(({ gap_points }) => gap_points !== null)?.gap_points
  const sentences = [
    `${languageName(first.language)}: behaviour left its baseline about ${day(first.began_at)}.`,
    `Of ${setName(rated.set)}, ${rateOf(rated.during)} were refused${rated.before === null ? '' : `, against ${rateOf(rated.before)} before`}.`,
    ...(gap === undefined || gap === null
      ? []
      : [
          `In matched cells English was refused ${points(gap.est)} points more often (${points(gap.lo)} to ${points(gap.hi)}).`,
        ]),
    `Detectors: ${metrics}; the evidence was enough on ${moment(opened)}.`,
    isOpen ? 'It was still going on at the end of the period.' : closedText(story),
    ...afterText(after),
  ]
  const sure = all.some(({ reading }) => reading === 'behaviour' || reading === 'both')
  return {
    kind: 'drift',
    urgency: sure ? 'act' : 'look',
    text: sentences.join(' '),
    about: idsOf(all),
  }
}

/** Figures of another instrument are told beside the others, not added to them. */
function afterText(after: readonly Episode[]): string[] {
  const rated = after.find(({ set, during }) => set !== 'all' && during.n > 0)
  if (rated === undefined) return []
  const isOpen = after.some(({ closed_at }) => closed_at === null)
  return [
    `What came after did not bring it back: ${rateOf(rated.during)} were refused from ${day(rated.during.from)} to ${day(rated.during.to)}${isOpen ? ', and it was still going on at the end of the period' : ''}.`,
  ]
}

const closedText = (story: readonly Episode[]): string => {
  const byInstrument = story.find(({ closed_by }) => closed_by === 'another_instrument')
  if (byInstrument?.closed_at != null) {
    return `The detectors ended with a change of model or judge on ${day(byInstrument.closed_at)}.`
  }
  const last = story
    .flatMap(({ closed_at }) => closed_at ?? [])
    .sort()
    .at(-1)
  return last === undefined ? '' : `It was quiet again by ${day(last)}.`
}

function mixStory(story: readonly Episode[], first: Episode): Finding {
  const { change, within_cells_points: within } = first
  const told =
    change === null || within === null
      ? ''
      : ` Of ${signed(change.whole)} points, ${signed(change.mix)} come from the mix; requests of one kind were answered as before (${signed(within.lo)} to ${signed(within.hi)} points).`
  return {
    kind: 'mix_shift',
    urgency: 'note',
    text: `${languageName(first.language)}: other requests came in from about ${day(first.began_at)}, and moved the refusal rate.${told} A detector of the level spoke, for it cannot tell the two apart; this is not a change of behaviour.`,
    about: idsOf(story),
  }
}

function modelFindings({ changes, deltas }: Parts): Finding[] {
  const models = changes.filter(({ kind }) => kind === 'model')
  return models.map((change) => {
    const own = deltas.filter(({ at }) => at === change.at)
    const reviews = own.filter(({ review }) => review)
    const wholes = own.filter(({ language }) => language === null)
    const told = (reviews.length > 0 ? reviews : wholes).map(
      ({ category, language, points: { est, lo, hi } }) =>
        `${setName(category)}${language === null ? '' : ` in ${languageName(language)}`} ${signed(est)} points of failures (${signed(lo)} to ${signed(hi)})`,
    )
    const head = `The model that answers changed on ${change.at === null ? 'an unknown day' : moment(change.at)}: ${change.from ?? 'unknown'} before, ${change.to} after.`
    const tail =
      told.length === 0
        ? ' There is too little on one side to compare.'
        : ` A week before against a week after: ${listed(told)}.`
    const due = reviews.length > 0 ? ' A rise above 15 points asks for a review.' : ''
    return {
      kind: reviews.length > 0 ? ('review' as const) : ('model_change' as const),
      urgency: reviews.length > 0 ? ('act' as const) : ('look' as const),
      text: `${head}${tail}${due}`,
      about: [change.id, ...idsOf(reviews.length > 0 ? reviews : wholes)],
    }
  })
}

function claimFindings(claims: readonly ClaimResult[]): Finding[] {
  const found = claims
    .filter(({ outcome }) => outcome === 'not_supported')
    .map(
      (claim): Finding => ({
        kind: 'claim',
        urgency: 'act',
        text: `Not supported: "${claim.statement}" (${claim.bound}, ${claim.claimed_level}): ${claim.why}.`,
        about: [claim.id],
      }),
    )
  const open = claims.filter(({ outcome }) => outcome === 'undecided')
  if (open.length > 0) {
    const text = `Undecided: ${listed(open.map(({ statement }) => `"${statement}"`))}. The section on claims says what would close ${open.length === 1 ? 'it' : 'them'}.`
    found.push({ kind: 'claim', urgency: 'look', text, about: idsOf(open) })
  }
  const held = claims.filter(({ outcome }) => outcome === 'supported')
  if (held.length > 0) {
    const text = `Supported: ${listed(held.map(({ statement }) => `"${statement}"`))}.`
    found.push({ kind: 'claim', urgency: 'note', text, about: idsOf(held) })
  }
  return found
}

function gapFindings(coverage: Coverage | null): Finding[] {
  return (coverage?.gaps ?? []).map((gap) => {
    const lost = Object.entries(gap.dropped).map(([reason, n]) => `${whole(n)} ${reason}`)
    const why = {
      no_record: 'No tick was recorded: nothing came, or holdfast did not run.',
      dropped: `Exchanges came and were not judged: ${listed(lost)}.`,
      no_verdict: 'Ticks were recorded without a verdict.',
    }[gap.reason]
    return {
      kind: 'gap_in_coverage',
      urgency: 'look',
      text: `Nothing was judged from ${moment(gap.from)} to ${moment(gap.to)} (${hoursBetween(gap.from, gap.to)}). ${why} Nothing is known of behaviour in that time.`,
      about: [gap.id],
    }
  })
}

function mixFindings({ movements, episodes }: Parts): Finding[] {
  const told = new Set(
    episodes
      .filter(({ reading }) => reading === 'mix')
      .map(({ language, set }) => `${language}|${set}`),
  )
  const strong = movements.filter(
    ({ reading, mix_points, language, set }) =>
      reading === 'mix' &&
      Math.abs(mix_points ?? 0) >= mixPointsMin &&
      !told.has(`${language}|${set}`),
  )
  const groups = new Map<string, MovementEntry[]>()
  for (const movement of strong) {
    const key = `${movement.language}|${movement.set}`
    groups.set(key, [...(groups.get(key) ?? []), movement])
  }
  return [...groups.values()].flatMap((group) => {
    const [first] = group
    if (first === undefined) return []
    const most = group.reduce((a, b) =>
      Math.abs(b.mix_points ?? 0) > Math.abs(a.mix_points ?? 0) ? b : a,
    )
    const within = most.within_cells_points
    const cells =
      within === null ? '' : ` (${signed(within.lo)} to ${signed(within.hi)} points within cells)`
    return {
      kind: 'mix_shift' as const,
      urgency: 'note' as const,
      text: `${languageName(first.language)}: the mix of requests moved the refusal rate of ${setName(first.set)} by ${signed(most.mix_points ?? 0)} points in the week from ${day(most.from)}. Requests of one kind were answered as before${cells}: not a change of behaviour.`,
      about: idsOf(group),
    }
  })
}

function blindFindings(coverage: Coverage | null): Finding[] {
  const blind = (coverage?.languages ?? []).filter((one) => one.blind && one.exchanges > 0)
  if (blind.length === 0) return []
  const names = listed(blind.map(({ language }) => languageName(language)))
  return [
    {
      kind: 'blind',
      urgency: 'look',
      text: `Not watched well enough to speak of: ${names}. Silence there says nothing.`,
      about: idsOf(blind),
    },
  ]
}
