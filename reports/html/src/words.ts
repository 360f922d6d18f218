// Numbers, dates and names for people; values of the document made safe to look at.

const months = ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September',
  'October', 'November', 'December'];
const grouped = new Intl.NumberFormat('en-GB');
const oneDecimal = new Intl.NumberFormat('en-GB', { minimumFractionDigits: 1, maximumFractionDigits: 1 });

export const severities = ['critical', 'high', 'medium', 'low', 'info'] as const;

// NaN is a count that was kept back: c, as the Department for Education prints it.
export function number(value: number): string {
  return Number.isNaN(value) ? 'c' : grouped.format(value);
}

export function decimal(value: number): string {
  return Number.isNaN(value) ? 'c' : oneDecimal.format(value);
}

export function count(value: number, one: string, many = one + 's'): string {
  return `${number(value)} ${value === 1 ? one : many}`;
}

// 0.9996 is not all, and 0.0004 is not none: no rounding to 100 % or 0 %.
export function percent(rate: number): string {
  if (Number.isNaN(rate)) return 'c';
  const text = oneDecimal.format(rate * 100);
  if (text === '100.0' && rate < 1) return '>99.9%';
  if (text === '0.0' && rate > 0) return '<0.1%';
  return `${text}%`;
}

export function isDate(text: unknown): text is string {
  return typeof text === 'string' && /^\d{4}-\d\d-\d\d$/.test(text);
}

// 2025-11-14 as 14 November 2025; anything else as it is.
export function date(iso: string): string {
  if (!isDate(iso)) return iso;
  return `${Number(iso.slice(8))} ${months[Number(iso.slice(5, 7)) - 1]} ${iso.slice(0, 4)}`;
}

export function shortDate(iso: string): string {
  if (!isDate(iso)) return iso;
  return `${Number(iso.slice(8))} ${months[Number(iso.slice(5, 7)) - 1].slice(0, 3)} ${iso.slice(0, 4)}`;
}

// care_plan, late_working_days, before-review: as words, with a capital.
export function words(name: string): string {
  const text = name.replace(/[_-]+/g, ' ').trim();
  return text.charAt(0).toUpperCase() + text.slice(1);
}

// Control characters and the marks that turn the direction of text, as what they are: a value must not
// look like another one.
export function visible(text: string): string {
  return text.replace(/[\u0000-\u001f\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]/g,
    (sign) => `[U+${sign.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}]`);
}

// The value of a cell or of evidence.
export function shown(value: string | number | boolean): string {
  if (typeof value === 'number') return Number.isInteger(value) ? number(value) : decimal(value);
  if (typeof value === 'boolean') return value ? 'Yes' : 'No';
  if (value === '') return 'blank';
  return isDate(value) ? date(value) : visible(value);
}
