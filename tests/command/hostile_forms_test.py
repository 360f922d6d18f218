"""XML files and workbooks made to do harm: a clear message, the right status, and no more memory than usual."""
import io
import random
import resource
import unittest
import zipfile

import returns
from command import CommandTest, subjects

CHILD = "<CHILD><HEADER><CHILDID>A{0}</CHILDID><DOB>2010-01-01</DOB></HEADER><EPISODE><DECOM>2025-06-31</DECOM></EPISODE></CHILD>\n"
MEMORY = 1500 << 10  # kB; the sanitizers' own included


class Hostile(CommandTest):
    identifiable = True
    def tearDown(self):
        self.assertLess(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss, MEMORY)

    def file(self, content, name="return.xml"):
        path = self.folder / name
        if isinstance(content, (bytes, str)):
            path.write_bytes(content if isinstance(content, bytes) else content.encode())
        else:
            with open(path, "wb") as file:
                for piece in content:
                    file.write(piece.encode())
        return path

    def refused(self, content, *words, name="return.xml"):
        done = self.command("run", "--pack", "ssda903", "--input", self.file(content, name), status=2)
        for word in words:
            self.assertIn(word, done.stderr.decode())
        return done.stderr.decode()

    def partly(self, content, line, word, found={("Episodes", 1)}):
        """The cases before the trouble are audited, and the trouble is told with its line."""
        document = self.audit(self.file(content), "--rule", "141", status=3)
        self.assertEqual(subjects(document, "141"), found)
        self.assertEqual([r["line"] for r in document["rejected"]], [line])
        self.assertGreater(document["rejected"][0]["column"], 0)
        self.assertIn(word, document["rejected"][0]["reason"])


class Xml(Hostile):
    def test_a_billion_laughs(self):
        entities = "".join(f'<!ENTITY e{i} "{f"&e{i - 1};" * 10}">' for i in range(1, 12))
        self.refused(f'<!DOCTYPE EXPSSDA903 [<!ENTITY e0 "ha">{entities}]><EXPSSDA903><CHILD>&e11;</CHILD></EXPSSDA903>',
                     "document type declaration")

    def test_an_external_entity(self):
        secret = self.folder / "secret"
        secret.write_text("sesame")
        told = self.refused(f'<!DOCTYPE EXPSSDA903 [<!ENTITY x SYSTEM "file://{secret}">]><EXPSSDA903><CHILD><HEADER>'
                            "<CHILDID>&x;</CHILDID></HEADER></CHILD></EXPSSDA903>", "document type declaration")
        self.assertNotIn("sesame", told)

    def test_an_external_document_type(self):
        self.refused('<!DOCTYPE EXPSSDA903 SYSTEM "http://localhost:1/x.dtd"><EXPSSDA903/>', "document type declaration")

    def test_an_entity_that_is_not_declared(self):
        self.partly("<EXPSSDA903>\n" + CHILD.format(1) + CHILD.format("&x;") + "</EXPSSDA903>", 3, "&amp;")

    def test_deep_nesting(self):
        self.partly("<EXPSSDA903>\n" + CHILD.format(1) + "<CHILD>" * 100000 + "</CHILD>" * 100000 + "</EXPSSDA903>", 3, "deeper than 64")

    def test_another_root(self):
        self.refused("<MESSAGE><CHILD/></MESSAGE>", "root element is not EXPSSDA903")

    def test_no_xml_at_all(self):
        self.refused(b"CHILD,DOB\n1,2\n", "return.xml")
        self.refused(b"\0\1\2\3" * 1000, "return.xml")
        self.refused(b"", "the file is empty")

    def test_a_file_cut_off(self):
        self.partly(("<EXPSSDA903>\n" + CHILD.format(1) + CHILD.format(2))[:-30], 3, "cut off")

    def test_elements_that_overlap(self):
        self.partly("<EXPSSDA903>\n" + CHILD.format(1) + "<CHILD><HEADER></CHILD></HEADER></EXPSSDA903>", 3, "end tag of another")

    def test_bytes_that_are_not_in_the_encoding(self):
        content = ("<EXPSSDA903>\n" + CHILD.format(1)).encode() + b"<CHILD><HEADER><CHILDID>\xff\xfe</CHILDID></HEADER></CHILD></EXPSSDA903>"
        document = self.audit(self.file(content), "--rule", "141", status=3)
        self.assertIn("encoding", document["rejected"][0]["reason"])

    def test_utf_16_and_windows_1252_are_read(self):
        body = "<EXPSSDA903>\n" + CHILD.format("é") + "</EXPSSDA903>"
        for encoding, name in (("utf-16", "UTF-16"), ("cp1252", "windows-1252")):
            document = self.audit(self.file(f'<?xml version="1.0" encoding="{name}"?>{body}'.encode(encoding)), "--rule", "141")
            self.assertEqual([f["case"] for f in document["findings"]], ["Aé"])

    def test_an_attribute_of_100_mb(self):
        self.partly(("<EXPSSDA903>\n", CHILD.format(1), '<CHILD a="', *("x" * (1 << 20) for _ in range(100)), '"/></EXPSSDA903>'), 3, "")

    def test_a_value_of_100_mb(self):
        content = ("<EXPSSDA903>\n", CHILD.format(1), "<CHILD><EPISODE><DECOM>", *("x" * (1 << 20) for _ in range(100)),
                   "</DECOM></EPISODE></CHILD>\n", CHILD.format(3), "</EXPSSDA903>")
        document = self.audit(self.file(content), "--rule", "141", status=3)
        self.assertEqual(subjects(document, "141"), {("Episodes", 1), ("Episodes", 3)})
        self.assertIn(("return.xml", 3, "a value is longer than 64 kB"), [(r["file"], r["line"], r["reason"]) for r in document["rejected"]])

    def test_a_child_with_a_million_records(self):
        content = ("<EXPSSDA903>\n", CHILD.format(1), "<CHILD>", *("<EPISODE><DECOM>x</DECOM></EPISODE>\n" for _ in range(200000)),
                   "</CHILD>\n", "</EXPSSDA903>")
        document = self.audit(self.file(content), "--rule", "141", status=3)
        self.assertEqual(subjects(document, "141"), {("Episodes", 1)})
        self.assertIn("more than 8 MB", document["rejected"][0]["reason"])

    def test_a_million_names(self):
        content = ("<EXPSSDA903>\n", CHILD.format(1), "<CHILD>", *(f"<unknown{i}>x</unknown{i}>" for i in range(100000)), "</CHILD></EXPSSDA903>")
        document = self.audit(self.file(content), "--rule", "141", status=None)
        self.assertEqual(subjects(document, "141"), {("Episodes", 1)})
        self.assertLess(len("".join(document["run"]["notes"])), 4000)


class Workbook(Hostile):
    HEAD = ["CHILD", "DECOM", "RNE", "LS", "CIN", "PLACE", "PLACE_PROVIDER", "DEC", "REC", "REASON_PLACE_CHANGE", "HOME_POST", "PL_POST", "URN"]

    def book(self, rows=2):
        return returns.to_workbook({"episodes": [self.HEAD, *([f"A{i}", "31/06/2025", "S"] for i in range(rows))]})

    def replaced(self, name, content):
        """The workbook with one of its parts another."""
        old, new = zipfile.ZipFile(io.BytesIO(self.book())), io.BytesIO()
        with zipfile.ZipFile(new, "w", zipfile.ZIP_DEFLATED) as book:
            for part in old.namelist():
                if part != name:
                    book.writestr(part, old.read(part))
            if content is not None:
                with book.open(name, "w", force_zip64=True) as file:
                    for piece in content:
                        file.write(piece)
        return new.getvalue()

    def test_it_is_read(self):
        document = self.audit(self.file(self.book(), "book.xlsx"), "--rule", "141")
        self.assertEqual(subjects(document, "141"), {("Episodes", 1), ("Episodes", 2)})

    def test_a_zip_bomb(self):
        bomb = self.replaced("xl/worksheets/sheet0.xml", (b" " * (1 << 20) for _ in range(300)))
        self.refused(bomb, "inflates to more", name="book.xlsx")
        bomb = self.replaced("xl/sharedStrings.xml", (b"<si><t>x</t></si>" * (1 << 16) for _ in range(300)))
        self.refused(bomb, "book.xlsx", name="book.xlsx")

    def test_a_bomb_in_the_rows(self):
        head = b"<worksheet><sheetData><row r='1'><c t='str'><v>CHILD</v></c><c t='str'><v>DECOM</v></c></row>"
        bomb = self.replaced("xl/worksheets/sheet0.xml", [head, *(b"<row><c><v>1</v></c></row>" * (1 << 15) for _ in range(300))])
        done = self.command("run", "--pack", "ssda903", "--input", self.file(bomb, "book.xlsx"), "--rule", "141", status=2)
        self.assertIn("rows are of a case that has more than 5000 rows in Episodes, which no child has", " ".join(done.stderr.decode().split()))

    def test_a_file_cut_off(self):
        self.refused(self.book(100)[:-40], "cut off", name="book.xlsx")

    def test_a_damaged_file(self):
        book = bytearray(self.book(3000))
        at = book.find(b"xl/worksheets/sheet0.xml") + 200
        book[at:at + 40] = b"\xff" * 40
        done = self.command("run", "--pack", "ssda903", "--input", self.file(bytes(book), "book.xlsx"))
        self.assertIn(done.returncode, (2, 3))

    def test_encrypted(self):
        self.refused(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(4096), "without a password", name="book.xlsx")
        book = bytearray(self.book())
        for signature, flags in ((b"PK\1\2", 8), (b"PK\3\4", 6)):
            at = -1
            while (at := book.find(signature, at + 1)) >= 0:
                book[at + flags] |= 1
        self.refused(bytes(book), "book.xlsx", name="book.xlsx")

    def test_entities_within(self):
        sheet = b'<!DOCTYPE x [<!ENTITY a "b">]><worksheet><sheetData><row><c t="str"><v>&a;</v></c></row></sheetData></worksheet>'
        self.refused(self.replaced("xl/worksheets/sheet0.xml", [sheet]), "document type declaration", name="book.xlsx")

    def test_cells_and_rows_far_away(self):
        sheet = (b"<worksheet><sheetData><row r='1'><c r='A1' t='str'><v>CHILD</v></c><c r='B1' t='str'><v>DECOM</v></c></row>"
                 b"<row r='18446744073709551615'><c r='A7' t='str'><v>A1</v></c><c r='B7' t='str'><v>x</v></c></row>"
                 b"<row r='x'><c r='ZZZZZZZZ1'><v>1</v></c></row></sheetData></worksheet>")
        document = self.audit(self.file(self.replaced("xl/worksheets/sheet0.xml", [sheet]), "episodes.xlsx"), "--rule", "141", status=3)
        self.assertEqual(subjects(document, "141"), {("Episodes", 1)})

    def test_no_workbook_at_all(self):
        self.refused(b"PK\3\4 and nothing else", "book.xlsx", name="book.xlsx")
        empty = io.BytesIO()
        zipfile.ZipFile(empty, "w").close()
        self.refused(empty.getvalue(), "book.xlsx", name="book.xlsx")
        self.refused(self.replaced("xl/worksheets/sheet0.xml", None), "book.xlsx", name="book.xlsx")


class Mutations(Hostile):
    """Random damage, the same every time: nothing but a message comes of it."""

    def damaged(self, content, chance):
        content = bytearray(content)
        for _ in range(chance.randint(1, 12)):
            at = chance.randrange(len(content))
            kind = chance.randrange(4)
            if kind == 0:
                content[at] = chance.randrange(256)
            elif kind == 1:
                del content[at:at + chance.randint(1, 20)]
            elif kind == 2:
                content[at:at] = content[chance.randrange(len(content)):][:chance.randint(1, 30)]
            else:
                content[at:at] = chance.choice([b"<", b">", b"&", b'"', b"</CHILD>", b"<CHILD>", b"]]>", b"<![CDATA[", b"<!--", b"\0"])
        return bytes(content)

    def survive(self, content, name, times=8):
        chance = random.Random(903)
        for _ in range(times):
            path = self.file(self.damaged(content, chance), name)
            done = self.command("run", "--pack", "ssda903", "--input", path, "--rule", "141", "--format", "ndjson")
            self.assertIn(done.returncode, (0, 1, 2, 3), done.stderr)
            self.lines(done.stdout)

    def test_xml(self):
        self.survive(("<EXPSSDA903>\n" + "".join(CHILD.format(i) for i in range(6)) + "</EXPSSDA903>").encode(), "return.xml")

    def test_workbooks(self):
        self.survive(Workbook.book(Workbook(), 20), "book.xlsx")


if __name__ == "__main__":
    unittest.main()
