// Days as people write them. Day numbers are integers and stay integers: no clock, no time zone.

import type { Calendar, Days } from "./types";

/** A day of a western calendar; years are astronomical, so 1 BC is year 0. */
export interface Civil {
  year: number;
  month: number;
  day: number;
}

export type Unit = "day" | "month" | "year" | "decade" | "century";

export const UNITS: readonly Unit[] = ["day", "month", "year", "decade", "century"];

export const MONTHS = [
  "January", "February", "March", "April", "May", "June", "July",
  "August", "September", "October", "November", "December",
] as const;

const floor = Math.floor;

function gregorianDay(day: number, calendar: Calendar): boolean {
  return calendar.gregorian_from !== null && day >= calendar.gregorian_from;
}

/** The civil date of a day (Richards 2013, in the Explanatory Supplement). */
export function civil(day: number, calendar: Calendar): Civil {
  let f = day + 1401;
  if (gregorianDay(day, calendar)) {
    f += floor((floor((4 * day + 274277) / 146097) * 3) / 4) - 38;
  }
  const e = 4 * f + 3;
  const g = floor(mod(e, 1461) / 4);
  const h = 5 * g + 2;
  const month = mod(floor(h / 153) + 2, 12) + 1;
  return {
    day: floor(mod(h, 153) / 5) + 1,
    month,
    year: floor(e / 1461) - 4716 + floor((14 - month) / 12),
  };
}

function mod(a: number, b: number): number {
  return ((a % b) + b) % b;
}

/** The day of a civil date. Days that a switch of calendars left out are read as Julian. */
export function dayOf(date: Civil, calendar: Calendar): number {
  if (calendar.gregorian_from !== null) {
    const day = dayIn(date, true);
    if (day >= calendar.gregorian_from) {
      return day;
    }
  }
  return dayIn(date, false);
}

function dayIn({ year, month, day }: Civil, gregorian: boolean): number {
  const a = month <= 2 ? 1 : 0;
  const y = year + 4800 - a;
  const m = month + 12 * a - 3;
  const days = day + floor((153 * m + 2) / 5) + 365 * y + floor(y / 4);
  return gregorian ? days - floor(y / 100) + floor(y / 400) - 32045 : days - 32083;
}

export function monthLength(year: number, month: number, calendar: Calendar): number {
  const next = month === 12 ? { year: year + 1, month: 1, day: 1 } : { year, month: month + 1, day: 1 };
  return dayOf(next, calendar) - dayOf({ year, month, day: 1 }, calendar);
}

export function yearWords(year: number): string {
  return year > 0 ? `${year}` : `${1 - year} BC`;
}

/** `644-09-26`, `202-03-01 BC`: as the program prints days. */
export function dayWords(day: number, calendar: Calendar): string {
  const { year, month, day: d } = civil(day, calendar);
  const two = (n: number): string => `${n}`.padStart(2, "0");
  const shown = `${year > 0 ? year : 1 - year}-${two(month)}-${two(d)}`;
  return year > 0 ? shown : `${shown} BC`;
}

/** `26 September 644`: for headings and for those who listen. */
export function longWords(day: number, calendar: Calendar): string {
  const { year, month, day: d } = civil(day, calendar);
  return `${d} ${MONTHS[month - 1] ?? ""} ${yearWords(year)}`;
}

/** One step onward or back, in the calendar; the day of the month is kept where there is one. */
export function step(day: number, unit: Unit, count: number, calendar: Calendar): number {
  if (unit === "day") {
    return day + count;
  }
  const from = civil(day, calendar);
  const months = unit === "month" ? count : count * 12 * { year: 1, decade: 10, century: 100 }[unit];
  const index = from.year * 12 + (from.month - 1) + months;
  const year = floor(index / 12);
  const month = mod(index, 12) + 1;
  const length = monthLength(year, month, calendar);
  return dayOf({ year, month, day: Math.min(from.day, Math.max(length, 1)) }, calendar);
}

const ERA = "BC|BCE|AD|CE|B\\.C\\.|A\\.D\\.";
const NUMBERS = new RegExp(`^(\\d{1,5})(?:-(\\d{1,2})(?:-(\\d{1,2}))?)?(?:\\s+(${ERA}))?$`, "iu");
const IN_WORDS = new RegExp(`^(?:(\\d{1,2})\\s+)?(\\p{L}{3,9})\\.?,?\\s+(\\d{1,5})(?:\\s+(${ERA}))?$`, "iu");

/** The year, month and day that a text names; what it leaves out is null. */
function named(text: string): { year: number; month: number | null; day: number | null } | null {
  // `AD` may stand before the year.
  const bare = text.trim().replace(/(?<!\p{L})(?:AD|A\.D\.|CE)\s+(?=\d+$)/iu, "");
  const numbers = NUMBERS.exec(bare);
  if (numbers) {
    const year = yearOf(numbers[1], numbers[4]);
    return { year, month: numbers[2] ? Number(numbers[2]) : null, day: numbers[3] ? Number(numbers[3]) : null };
  }
  const words = IN_WORDS.exec(bare);
  const begun = words?.[2]?.toLowerCase() ?? "";
  const month = MONTHS.findIndex((m) => begun.length >= 3 && m.toLowerCase().startsWith(begun));
  if (!words || month < 0) {
    return null;
  }
  return { year: yearOf(words[3], words[4]), month: month + 1, day: words[1] ? Number(words[1]) : null };
}

/** Years are astronomical: 1 BC is year 0. What people would call year zero is none. */
function yearOf(digits: string | undefined, era: string | undefined): number {
  const number = Number(digits);
  return number === 0 ? NaN : /^b/iu.test(era ?? "") ? 1 - number : number;
}

/** What `readPlain` reads, for whoever typed something else. */
export const PLAIN_FORMS = "644, 644-09-26, September 644, 26 September 644, 15 March 44 BC, AD 1";

/** The days of a date in numbers or in words, in a western calendar, or nothing: `644`, `644-09`,
 * `644-09-26`, `September 644`, `26 September 644`, each also with `BC`. */
export function readPlain(text: string, calendar: Calendar): Days | null {
  const date = named(text);
  if (!date || Number.isNaN(date.year)) {
    return null;
  }
  const { year, month, day } = date;
  if (month !== null && (month < 1 || month > 12)) {
    return null;
  }
  if (month !== null && day !== null && (day < 1 || day > monthLength(year, month, calendar))) {
    return null;
  }
  const first = dayOf({ year, month: month ?? 1, day: day ?? 1 }, calendar);
  const last =
    day !== null
      ? first
      : month !== null
        ? first + monthLength(year, month, calendar) - 1
        : dayOf({ year: year + 1, month: 1, day: 1 }, calendar) - 1;
  return { first, last };
}

/** A run of days in words: `632-01-01 to 640-03-02`, `from 648`. Whole years are said as years. */
export function runWords(run: Days, calendar: Calendar): string {
  const { first, last } = run;
  if (first === null || last === null) {
    const day = first ?? last;
    if (day === null) {
      return "any day";
    }
    return first === null ? `until ${edge(day, false, calendar)}` : `from ${edge(day, true, calendar)}`;
  }
  if (first === last) {
    return dayWords(first, calendar);
  }
  const [a, b] = [edge(first, true, calendar), edge(last, false, calendar)];
  return a === b ? a : `${a} to ${b}`;
}

function edge(day: number, first: boolean, calendar: Calendar): string {
  const at = civil(day, calendar);
  const whole = first ? at.month === 1 && at.day === 1 : at.month === 12 && at.day === 31;
  return whole ? yearWords(at.year) : dayWords(day, calendar);
}
