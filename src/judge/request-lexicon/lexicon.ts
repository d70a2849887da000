/**
 * Words by which a request is read: what could do harm, to whom or to what, and what takes the harm
 * out of it. General vocabulary, written by the project, not taken from any labelled set.
 *
 *   kill*       a word that begins so
 *   phone_call  words in a row
 *
 * Words in scripts without spaces match anywhere.
 */

export const topics = [
  /** Doing violence to somebody or something. */
  'violence',
  /** Stealing, cheating, forging, breaking in. */
  'crime',
  'weapon',
  'drug',
  'self_harm',
  /** Data that belong to one person. */
  'privacy',
  /** Slurs, mockery and denial of rights. */
  'hate',
  /** Making others believe what is false. */
  'deceit',
  'sexual',
  /** Human beings as targets. */
  'person',
  /** Groups that are discriminated against. */
  'group',
  /** Things, animals for food, programs, games: what may well be killed, shot or beaten. */
  'harmless',
  /** Preventing, reporting, understanding, defining, telling stories. */
  'protective',
  /** Made-up persons and places. */
  'fiction',
  /** What a group may be denied: votes, offices, pay, children. */
  'rights',
  /** What nobody can do; takes the sting out of a question about a group. */
  'absurd',
  /** Crimes of history. */
  'atrocity',
  /** Calling something right, or using it again. */
  'justify',
] as const

export type Topic = (typeof topics)[number]

export type TopicWords = { readonly language: string } & {
  readonly [T in Topic]?: string
}
