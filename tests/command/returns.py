"""Returns in the forms that they come in, made from tables: a folder of CSVs, the one XML file, a workbook."""
import csv
import io
import xml.sax.saxutils
import zipfile

# Where the one XML file has its tables: parts within HEADER or CHILD, or fields beside the header's.
PARTS = {"reviews": "AREVIEW", "missing": "AMISSING", "oc2": "OC2", "previous_permanence": "PERMANENCE",
         "placed_for_adoption": "AD_PLACED", "sw_episodes": "SW_EPISODE", "dolo": "DOLO"}
INLINE = ("uasc", "oc3", "ad1")
ELEMENTS = {"CHILD": "CHILDID", "PLACE": "PL"}
SHARED = ("CHILD", "DOB", "SEX")


def read_folder(folder):
    """table -> (columns, rows as dicts)"""
    tables = {}
    for path in sorted(folder.glob("*.csv")):
        with open(path, newline="", encoding="utf-8") as file:
            reader = csv.DictReader(file)
            tables[path.stem] = (list(reader.fieldnames), list(reader))
    return tables


def write_folder(folder, tables):
    folder.mkdir(parents=True, exist_ok=True)
    for name, (columns, rows) in tables.items():
        with open(folder / f"{name}.csv", "w", newline="", encoding="utf-8") as file:
            writer = csv.DictWriter(file, columns, lineterminator="\n")
            writer.writeheader()
            writer.writerows(rows)


def by_child(tables):
    children = {}
    for name, (_, rows) in tables.items():
        for row in rows:
            children.setdefault(row["CHILD"], {}).setdefault(name, []).append(row)
    return children


def fits_xml(records):
    """Whether the records of one child can stand in the XML file: it cannot say that a child has no header or two,
    nor another date of birth beside the header's, nor hold a row without a value."""
    if len(records.get("header", [])) != 1:
        return False
    header = records["header"][0]
    for name in INLINE:
        rows = records.get(name, [])
        if len(rows) > 1:
            return False
        for row in rows:
            if any(row[field] != header[field] for field in ("DOB", "SEX") if field in row):
                return False
            if name != "uasc" and not any(v for k, v in row.items() if k not in SHARED):
                return False
    return all(row.get("DOB", header["DOB"]) for rows in records.values() for row in rows)


def only_children(tables, children):
    return {name: (columns, [row for row in rows if row["CHILD"] in children]) for name, (columns, rows) in tables.items()}


def _values(row, inherited=()):
    for field, value in row.items():
        if field in inherited and inherited[field] == value or value == "":
            continue
        yield f"<{ELEMENTS.get(field, field)}>{xml.sax.saxutils.escape(value)}</{ELEMENTS.get(field, field)}>"


def to_xml(tables):
    lines = ['<?xml version="1.0" encoding="utf-8"?>', "<EXPSSDA903>"]
    children = by_child(tables)
    for header in tables["header"][1]:
        records = children[header["CHILD"]]
        lines += ["<CHILD>", "  <HEADER>", *(f"    {v}" for v in _values(header))]
        lines.append(f"    <UASC>{1 if 'uasc' in records else 0}</UASC>")
        for name in INLINE:
            for row in records.get(name, []):
                lines += [f"    {v}" for v in _values({k: v for k, v in row.items() if k not in SHARED})]
        for name, element in PARTS.items():
            for row in records.get(name, []):
                lines += [f"    <{element}>", *(f"      {v}" for v in _values(row, header)), f"    </{element}>"]
        lines.append("  </HEADER>")
        for row in records.get("episodes", []):
            lines += ["  <EPISODE>" + "".join(_values(row, header)) + "</EPISODE>"]
        lines.append("</CHILD>")
    return "\n".join([*lines, "</EXPSSDA903>", ""])


def _column(number):
    name = ""
    while True:
        name = chr(ord("A") + number % 26) + name
        number = number // 26 - 1
        if number < 0:
            return name


class Formula(str):
    """A formula, with the value that was calculated last, or none."""
    value = None


class Serial(float):
    """The serial number of a day, formatted as a date."""


def _cell(value, reference, texts):
    if value is None or value == "":
        return ""
    if isinstance(value, Formula):
        stored = "" if value.value is None else f"<v>{value.value}</v>"
        return f'<c r="{reference}" t="str"><f>{xml.sax.saxutils.escape(value)}</f>{stored}</c>'
    if isinstance(value, Serial):
        return f'<c r="{reference}" s="1"><v>{float(value):.15g}</v></c>'
    if isinstance(value, (int, float)):
        return f'<c r="{reference}"><v>{value!r}</v></c>'
    if len(value) % 3 == 0:
        return f'<c r="{reference}" t="inlineStr"><is><t>{xml.sax.saxutils.escape(value)}</t></is></c>'
    return f'<c r="{reference}" t="s"><v>{texts.setdefault(value, len(texts))}</v></c>'


def to_workbook(sheets, from_1904=False):
    """The bytes of an .xlsx file. sheets: name -> rows of cells."""
    relation = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    texts, bytes_ = {}, io.BytesIO()
    with zipfile.ZipFile(bytes_, "w", zipfile.ZIP_DEFLATED) as book:
        book.writestr("_rels/.rels", f'<Relationships><Relationship Id="r1" Type="{relation}/officeDocument" Target="xl/workbook.xml"/></Relationships>')
        listed = "".join(f'<sheet name="{name}" sheetId="{i}" r:id="s{i}"/>' for i, name in enumerate(sheets))
        book.writestr("xl/workbook.xml", f'<workbook xmlns="{main}" xmlns:r="{relation}"><workbookPr date1904="{int(from_1904)}"/><sheets>{listed}</sheets></workbook>')
        targets = "".join(f'<Relationship Id="s{i}" Type="{relation}/worksheet" Target="worksheets/sheet{i}.xml"/>' for i in range(len(sheets)))
        book.writestr("xl/_rels/workbook.xml.rels", f'<Relationships>{targets}<Relationship Id="t" Type="{relation}/sharedStrings" Target="sharedStrings.xml"/>'
                      f'<Relationship Id="y" Type="{relation}/styles" Target="/xl/styles.xml"/></Relationships>')
        book.writestr("xl/styles.xml", f'<styleSheet xmlns="{main}"><numFmts><numFmt numFmtId="170" formatCode="dd/mm/yyyy"/></numFmts>'
                      '<cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs><xf numFmtId="0"/><xf numFmtId="170"/></cellXfs></styleSheet>')
        for i, rows in enumerate(sheets.values()):
            lines = "".join(
                f'<row r="{y + 1}">' + "".join(_cell(v, f"{_column(x)}{y + 1}", texts) for x, v in enumerate(row)) + "</row>"
                for y, row in enumerate(rows))
            book.writestr(f"xl/worksheets/sheet{i}.xml", f'<worksheet xmlns="{main}"><sheetData>{lines}</sheetData></worksheet>')
        shared = "".join(f"<si><t>{xml.sax.saxutils.escape(t)}</t></si>" for t in texts)
        book.writestr("xl/sharedStrings.xml", f'<sst xmlns="{main}">{shared}</sst>')
    return bytes_.getvalue()
