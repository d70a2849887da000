/** What is wrong with a suite, for the person who writes it: file, line, reason. */

export interface SuiteFault {
  file: string
  /** From 1; of the value that is wrong, or of what should hold it. */
  line: number
  reason: string
}

export const suiteFaultText = ({ file, line, reason }: SuiteFault): string =>
  `${file}:${line}: ${reason}`
