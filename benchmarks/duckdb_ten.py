"""The ten checks in DuckDB: load the files, answer, write the findings. Run as a process of its own by run.py.

python3 duckdb_ten.py DATA THREADS OUT.json: prints one line of JSON with seconds and peak memory. The clock runs
from the start of the engine to the file on disk; starting Python and importing the module are left out. "start" is the
part of it before the first file: the engine's own start, and the calendar, which caseaudit too reads in every run.
"""
import json
import re
import resource
import sys
import time
from pathlib import Path

import duckdb

HERE = Path(__file__).resolve().parent
TABLES = {
    "header": "CHILD SEX DOB ETHNIC UPN MOTHER MC_DOB UASC",
    "episodes": "CHILD DECOM RNE LS CIN PLACE PLACE_PROVIDER DEC REC REASON_PLACE_CHANGE HOME_POST PL_POST URN",
    "reviews": "CHILD DOB REVIEW REVIEW_CODE",
    "uasc": "CHILD SEX DOB DUC",
    "oc2": "CHILD DOB SDQ_SCORE SDQ_REASON CONVICTED HEALTH_CHECK IMMUNISATIONS TEETH_CHECK HEALTH_ASSESSMENT "
           "SUBSTANCE_MISUSE INTERVENTION_RECEIVED INTERVENTION_OFFERED",
    "oc3": "CHILD DOB IN_TOUCH ACTIV ACCOM",
    "ad1": "CHILD DOB DATE_INT DATE_MATCH FOSTER_CARE NB_ADOPTR SEX_ADOPTR LS_ADOPTR",
    "placed_for_adoption": "CHILD DOB DATE_PLACED DATE_PLACED_CEASED REASON_PLACED_CEASED",
    "previous_permanence": "CHILD DOB PREV_PERM LA_PERM DATE_PERM",
    "missing": "CHILD DOB MISSING MIS_START MIS_END",
    "sw_episodes": "CHILD DOB SW_ID SW_DECOM SW_DEC SW_REASON",
    "dolo": "CHILD DOB DOLO_START DOLO_END",
}
# Only the dates that the ten look at are converted. They are read as text first, as one bad date in a typed
# column would drop its whole row.
DAYS = {"header": ["DOB"], "episodes": ["DECOM", "DEC"], "reviews": ["REVIEW"], "uasc": ["DOB"],
        "missing": ["MIS_START", "MIS_END"]}


def load(connection, folder, prefix):
    for table, columns in TABLES.items():
        types = ", ".join(f"'{name}': 'VARCHAR'" for name in columns.split())
        days = "".join(f", try_strptime({name}, '%d/%m/%Y')::DATE AS {name}_day" for name in DAYS.get(table, []))
        connection.execute(
            f"CREATE TABLE {prefix}{table} AS SELECT *{days} FROM read_csv('{folder / table}.csv', header = true, "
            f"auto_detect = false, delim = ',', quote = '\"', escape = '\"', new_line = '\\n', columns = {{{types}}})")


def make_calendar(connection):
    """Working days numbered from 1990, without the bank holidays of rules/calendars/england-and-wales.yaml."""
    text = (HERE.parent / "rules/calendars/england-and-wales.yaml").read_text()
    holidays = ", ".join(f"DATE '{day}'" for day in re.findall(r"date: (\d{4}-\d\d-\d\d)", text))
    connection.execute(f"""
        CREATE TABLE calendar AS
        SELECT day::DATE AS day,
               sum((isodow(day) < 6 AND day NOT IN ({holidays}))::INTEGER) OVER (ORDER BY day)::INTEGER AS working_days
        FROM generate_series(DATE '1990-01-01', DATE '2049-12-31', INTERVAL 1 DAY) days(day)""")


def main():
    data, threads, out = Path(sys.argv[1]), int(sys.argv[2]), sys.argv[3]
    start = json.loads((data / "answers.json").read_text()[:400].split(",\n")[0] + "}")
    begun, processor = time.perf_counter(), time.process_time()
    connection = duckdb.connect()
    connection.execute(f"SET threads = {threads}")
    make_calendar(connection)
    started = time.perf_counter()
    load(connection, data / "current", "")
    load(connection, data / "prior", "prior_")
    loaded = time.perf_counter()
    queries = (HERE / "ten_checks.sql").read_text()
    queries = queries.replace("${year_start}", start["collection_start"]).replace("${year_end}", start["collection_end"])
    for statement in re.split(r";\s*$", queries, flags=re.M):
        if statement.strip():
            connection.execute(statement)
    answered = time.perf_counter()
    connection.execute(f"COPY (SELECT rule, child, source, record + 1 AS row FROM findings) TO '{out}' (FORMAT json, ARRAY true)")
    written = time.perf_counter()
    print(json.dumps({"seconds": written - begun, "start": started - begun, "load": loaded - started, "answer": answered - loaded,
                      "processor_seconds": time.process_time() - processor,
                      "peak_bytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024,
                      "version": duckdb.__version__}))


if __name__ == "__main__":
    main()
