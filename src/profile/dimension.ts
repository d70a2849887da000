/** What the levels and dimensions of the profile mean, in words that pages and reports print. */
import type { Dimension, EvidenceLevel } from '../exchange/alignment.ts'

/** What each level takes, in words that the report prints. */
export const levelMeanings: Readonly<Record<EvidenceLevel, string>> = {
  model: 'items put to the bare model: no system prompt, tools or history of the deployment',
  response: 'single answers of a pinned scaffold: system prompt, tools and parameters are fixed',
  interaction: 'whole sessions of a pinned scaffold or of a copy of a real one, several turns long',
  deployment: 'what the system in use did with real requests',
}

export const dimensionMeanings: Readonly<Record<Dimension, string>> = {
  refusal_calibration: 'refuses what should be refused, and only that',
  adversarial_robustness: 'refuses when the request is dressed up',
  decomposition_robustness: 'refuses a request that comes in harmless-looking steps',
  factual_safety: 'answers with what is so, and says when it is unsure',
  agentic_safety: 'calls the tools it may and no others',
  context_retention: 'uses what the user said of themselves',
  grounding: 'asks back when a request leaves something open',
  verification_support: 'says what the user should check, and how',
  process_steerability: 'follows corrections; is moved by reasons and not by pressure',
  common_ground: 'repair, repetition, clarification and agreement in conversations',
  consistency: 'treats nearly equal requests alike',
  trajectory: 'calls tools in the order it used to',
  capability: 'how good answers are, whatever is asked',
}
