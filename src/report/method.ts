/** How figures are made: name, formula, and what it is used for. docs/statistics.md has the sources. */
import type { Report } from './report-document.ts'

type Method = Report['method'][number]

export const methods: readonly Method[] = [
  {
    name: 'Wilson',
    formula:
      'centre (s + z²/2)/(n + z²), half-width z √(s(1 − p) + z²/4)/(n + z²), z = 1.959964, s of n, p = s/n',
    used_for: 'intervals of rates',
  },
  {
    name: 'Newcombe, square and add',
    formula: 'd = p1 − p2; d − √((p1 − l1)² + (u2 − p2)²), d + √((u1 − p1)² + (p2 − l2)²)',
    used_for: 'differences of independent rates: before and after a change, corrected gaps',
  },
  {
    name: 'Newcombe, paired (method 10)',
    formula:
      'as above, with − 2 φ (p1 − l1)(u2 − p2) under the root; φ of the pairs, corrected for continuity',
    used_for: 'gaps of probes, the same item under two conditions',
  },
  {
    name: 'Mean of matched differences',
    formula:
      'mean ± z s/√n over the differences D of live pairs, each of one cell (set × format × depth)',
    used_for: 'the gap to English on live traffic',
  },
  {
    name: 'Rogan and Gladen, limits of Lang and Reiczigel',
    formula: 't = (p + Sp − 1)/(Se + Sp − 1)',
    used_for: 'rates corrected for the errors of a measured judge',
  },
  {
    name: 'Shiryaev-Roberts e-detector',
    formula:
      'W_k += ln(1 + λ_k (D − g0)); at the end of a tick M_k = e^W_k (M_k + 1), M = mean M_k; an episode opens at M ≥ A = K T/B',
    used_for:
      'episodes: P(false alarm in H ticks) ≤ H/A for configured nulls; each learned null adds B/(10 K)',
  },
  {
    name: 'Kitagawa',
    formula:
      'mix = Σ (w1 − w0)(r0 + r1)/2, behaviour = Σ (r1 − r0)(w0 + w1)/2 over cells (format × depth)',
    used_for: 'telling a change of what is asked from a change of how it is answered',
  },
  {
    name: 'Rate within cells',
    formula: 'Σ w0 r1 − Σ w0 r0, limits by square and add of the cells',
    used_for: 'whether behaviour moved under the mix of the baseline, with an interval',
  },
  {
    name: 'Detectable gap',
    formula:
      'the smallest gap for which N = ln A / max_k E ln(1 + λ_k (D − g0)) is not more than a week brings',
    used_for: 'blind strata: above 20 points silence says nothing',
  },
  {
    name: 'Inferential distance',
    formula:
      'place of the claimed level − place of the furthest evidence, in model, response, interaction, deployment',
    used_for: 'claims: supported at distance 0 only',
  },
]
