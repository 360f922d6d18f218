// The findings document (docs/findings.md) as the page holds it, and the columns the renderer makes of it.

export interface Run {
  tool: { name: string; version: string };
  as_at: string;
  as_at_source: string;
  dataset: string;
  cases?: number;
  parameters: Record<string, string>;
  packs: { id: string; title?: string; version: string; sha256: string }[];
  plugins: { name: string; version: string; sha256: string }[];
  inputs: { table: string; extract: string; file: string; sha256: string; encoding: string; rows: number; rejected: number }[];
  notes: string[];
  identifiers_shown: boolean;
  shareable?: string; // the profile that small counts were kept back by
  baseline?: { as_at: string; findings: number };
}

export type Severity = 'critical' | 'high' | 'medium' | 'low' | 'info';

export interface Rule {
  pack: string;
  rule: string;
  title: string;
  severity: Severity;
  dimension: string;
  module?: string;
  tags?: string[];
  source?: string;
  remedy?: string;
  status: 'ran' | 'skipped' | 'failed';
  reason: string | null;
  population: number;
  passed: number;
  failed: number;
  undecided: number;
  scope_undecided: number;
  known?: number; // in the baseline, and so not listed
  waived?: number;
}

// NaN is a figure that was kept back.
export interface Figure {
  population: number;
  met?: number;
  rate?: number;
  value?: number;
}

export interface Group extends Figure {
  by: Record<string, string>;
  undecided: number;
  trend?: (Figure & { as_at: string })[]; // of earlier runs, the oldest first
  previous?: Figure | null; // the last of these
}

export interface Measure {
  id: string;
  pack: string;
  title: string;
  unit: string;
  source: string;
  kind: 'rate' | 'count' | 'average' | 'distribution';
  skipped?: string;
  groups: Group[];
}

export interface Place {
  table: string;
  extract: string;
  file: string;
  row: number;
  line: number;
}

export interface FindingRecord extends Place {
  role: 'subject' | 'context';
  fields: Record<string, string>;
}

export interface Waiver {
  reason?: string;
  owner?: string;
  expires?: string;
  basis?: string;
}

export interface Finding {
  id: string;
  pack: string;
  rule: string;
  severity: Severity;
  case: string;
  message: string;
  responsible?: string;
  team?: string;
  worker?: string;
  evidence?: Record<string, string | number | boolean>;
  records: FindingRecord[];
  more_records?: true;
  state?: string;
  waiver?: Waiver;
  first_seen?: string;
  open_since?: string;
}

export interface Escalation {
  case: string;
  pack: string;
  stage: number;
  addressee: string;
  issues: { finding: string; rule: string; category: string }[];
}

export interface TimelineRow extends Place {
  kind: string;
  date: string;
  end?: string;
  open?: boolean; // has not ended
  fields?: Record<string, string>;
}

export interface Threshold {
  pack: string;
  rule?: string;
  severity?: string;
  fail_if: string;
  findings: number;
  judged: number;
  exceeded: boolean;
}

export interface Rejected {
  extract: string;
  file: string;
  line: number;
  row?: number;
  column?: number;
  reason: string;
}

// What the first view needs. The rest lies packed further down in the page.
export interface Head {
  run: Run;
  rules: Rule[];
  measures: Measure[];
  thresholds: Threshold[];
  rejected: Rejected[];
  proposed_escalations: Escalation[];
  findings: number;
  cases_with: number;
}

// One entry a finding, in the order of the document.
export interface Columns {
  ids: string; // 32 characters each
  rule: number[];
  case: number[];
  who: number[]; // who is to act, -1: nobody; empty, as the next two: no finding names one
  team: number[];
  worker: number[];
  message: string[];
  state: number[]; // -1: none; empty: no finding has one
  waived: number[]; // numbers of the findings that are waived
  cases: string[];
  people: string[];
  teams: string[];
  workers: string[];
  states: string[];
  timeline: number[]; // by case: the block that holds its timeline, -1 when there is none
  block: number; // findings in a block of details
}
