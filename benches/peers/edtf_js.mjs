// edtf.js on a file of expressions, one a line: `time FILE` or `check FILE`.

import { readFileSync } from 'node:fs'
import { performance } from 'node:perf_hooks'
import edtf from 'edtf'

const [mode, file] = process.argv.slice(2)
const lines = readFileSync(file, 'utf8').split('\n').slice(0, -1)

function day(milliseconds, open) {
  if (milliseconds === Infinity || milliseconds === -Infinity) return open
  if (milliseconds === null || milliseconds === undefined) return 'unknown'
  const date = new Date(milliseconds)
  const year = date.getUTCFullYear()
  const padded = String(Math.abs(year)).padStart(4, '0')
  const two = (number) => String(number).padStart(2, '0')
  return `${year < 0 ? '-' : ''}${padded}-${two(date.getUTCMonth() + 1)}-${two(date.getUTCDate())}`
}

function bounds(text) {
  const value = edtf(text)
  return [value.min, value.max]
}

if (mode === 'time') {
  const start = performance.now()
  let read = 0
  for (const text of lines) {
    try {
      const [min, max] = bounds(text)
      read += min <= max ? 1 : 0
    } catch {
      // Not read.
    }
  }
  console.log(JSON.stringify({ seconds: (performance.now() - start) / 1000, read }))
} else {
  const answers = lines.map((text) => {
    let found
    try {
      found = bounds(text)
    } catch {
      return null
    }
    return [day(found[0], '-inf'), day(found[1], '+inf')]
  })
  console.log(JSON.stringify(answers))
}
