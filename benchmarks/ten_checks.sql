-- The ten checks of packs/ten as queries, each of exactly the same meaning. run.py replaces ${year_start} and
-- ${year_end}; columns that end in _day are dates, NULL where the text is none. `record` is the data row from 0.
-- Statements are separated by a semicolon at the end of a line.

CREATE TABLE findings(rule VARCHAR, child VARCHAR, source VARCHAR, record BIGINT);

-- late-review: within 20 working days of the entry, 3 months of the first review, 6 months of the one before.
-- `calendar` numbers the working days, so that a difference counts those between two days.
INSERT INTO findings
WITH held AS (
    SELECT CHILD, REVIEW_day AS day, rowid AS record FROM reviews WHERE REVIEW_day IS NOT NULL
    UNION ALL
    SELECT CHILD, REVIEW_day, -1 FROM prior_reviews WHERE REVIEW_day IS NOT NULL),
entries AS (
    SELECT CHILD, DECOM_day FROM episodes WHERE RNE = 'S' AND DECOM_day IS NOT NULL
    UNION
    SELECT CHILD, DECOM_day FROM prior_episodes WHERE RNE = 'S' AND DECOM_day IS NOT NULL),
since AS (
    SELECT held.*, entries.DECOM_day AS entry
    FROM held ASOF LEFT JOIN entries ON held.CHILD = entries.CHILD AND held.day >= entries.DECOM_day),
numbered AS (
    SELECT *, row_number() OVER same_period AS nth, lag(day) OVER same_period AS previous
    FROM since WINDOW same_period AS (PARTITION BY CHILD, entry ORDER BY day, record))
SELECT 'late-review', n.CHILD, 'Reviews', n.record
FROM numbered n
LEFT JOIN calendar a ON a.day = n.entry
LEFT JOIN calendar b ON b.day = n.day
WHERE n.record >= 0
  AND ((n.nth = 1 AND n.entry >= DATE '${year_start}' - INTERVAL 1 YEAR AND b.working_days - a.working_days > 20)
    OR (n.nth = 2 AND n.entry >= DATE '${year_start}' - INTERVAL 1 YEAR AND n.day > n.previous + INTERVAL 3 MONTH)
    OR n.day > n.previous + INTERVAL 6 MONTH);

-- episode-overlap
INSERT INTO findings
SELECT 'episode-overlap', CHILD, 'Episodes', record
FROM (SELECT CHILD, rowid AS record, DEC_day,
             lead(DECOM_day) OVER (PARTITION BY CHILD ORDER BY DECOM_day NULLS LAST, DEC_day NULLS LAST, rowid) AS next_start
      FROM episodes)
WHERE DEC_day > next_start;

-- review-without-header
INSERT INTO findings
SELECT 'review-without-header', CHILD, 'Reviews', rowid FROM reviews ANTI JOIN header USING (CHILD);

-- birth-differs: compared as text, which spares ten columns their conversion
INSERT INTO findings
SELECT 'birth-differs', t.CHILD, t.source, t.record
FROM (SELECT CHILD, DOB, 'Reviews' AS source, rowid AS record FROM reviews
      UNION ALL SELECT CHILD, DOB, 'UASC', rowid FROM uasc
      UNION ALL SELECT CHILD, DOB, 'OC2', rowid FROM oc2
      UNION ALL SELECT CHILD, DOB, 'OC3', rowid FROM oc3
      UNION ALL SELECT CHILD, DOB, 'AD1', rowid FROM ad1
      UNION ALL SELECT CHILD, DOB, 'PlacedAdoption', rowid FROM placed_for_adoption
      UNION ALL SELECT CHILD, DOB, 'PrevPerm', rowid FROM previous_permanence
      UNION ALL SELECT CHILD, DOB, 'Missing', rowid FROM missing
      UNION ALL SELECT CHILD, DOB, 'SWEpisodes', rowid FROM sw_episodes) t
JOIN header ON header.CHILD = t.CHILD
WHERE t.DOB IS DISTINCT FROM header.DOB;

-- invalid-code
INSERT INTO findings
SELECT 'invalid-code', CHILD, 'Episodes', rowid
FROM episodes
WHERE LS NOT IN ('C1', 'C2', 'D1', 'E1', 'V2', 'V3', 'V4', 'J1', 'J2', 'J3', 'L1', 'L2', 'L3')
   OR PLACE NOT IN ('A3', 'A4', 'A5', 'A6', 'K1', 'K2', 'K3', 'P1', 'P3', 'R1', 'R2', 'R3', 'R5', 'S1', 'T0', 'T1', 'T2',
                    'T3', 'T4', 'U1', 'U2', 'U3', 'U4', 'U5', 'U6', 'Z11', 'Z12', 'Z13', 'Z14')
   OR REC NOT IN ('X1', 'E11', 'E12', 'E2', 'E3', 'E4A', 'E4B', 'E13', 'E41', 'E45', 'E46', 'E47', 'E48', 'E5', 'E6', 'E7',
                  'E8', 'E9', 'E14', 'E15', 'E16', 'E17');

-- review-after-collection
INSERT INTO findings
SELECT 'review-after-collection', CHILD, 'Reviews', rowid FROM reviews WHERE REVIEW_day > DATE '${year_end}';

-- asylum-seeker-over-18
INSERT INTO findings
SELECT 'asylum-seeker-over-18', CHILD, 'UASC', rowid FROM uasc WHERE DOB_day + INTERVAL 18 YEAR < DATE '${year_start}';

-- missing-spell-reversed
INSERT INTO findings
SELECT 'missing-spell-reversed', CHILD, 'Missing', rowid FROM missing WHERE MIS_END_day < MIS_START_day;

-- three-placements: reported at the first episode of the child
INSERT INTO findings
WITH many AS (
    SELECT CHILD FROM episodes WHERE PLACE NOT IN ('T0', 'T1', 'T2', 'T3', 'T4')
    GROUP BY CHILD HAVING count(DISTINCT (PLACE, PL_POST, URN)) > 2)
SELECT 'three-placements', CHILD, 'Episodes', record
FROM (SELECT CHILD, rowid AS record,
             row_number() OVER (PARTITION BY CHILD ORDER BY DECOM_day NULLS LAST, DEC_day NULLS LAST, rowid) AS nth
      FROM episodes SEMI JOIN many USING (CHILD))
WHERE nth = 1;

-- participation-missing
INSERT INTO findings
SELECT 'participation-missing', reviews.CHILD, 'Reviews', reviews.rowid
FROM reviews JOIN header ON header.CHILD = reviews.CHILD
WHERE reviews.REVIEW_CODE IS NULL AND reviews.REVIEW_day >= header.DOB_day + INTERVAL 4 YEAR;
