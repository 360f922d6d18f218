"""Libraries that are opened late: runs that need none of them do without, others say which is missing."""
import ctypes.util
import os
import shutil
import unittest

from command import CommandTest, ROOT


class MissingLibraries(CommandTest):
    def without(self, library):
        """An environment in which the loader finds nothing of use under the library's name."""
        folder = self.folder / f"no-{library}"
        folder.mkdir()
        (folder / ctypes.util.find_library(library)).write_bytes(b"")
        return {**os.environ, "LD_LIBRARY_PATH": str(folder)}

    def assert_missing(self, library, purpose, package, *arguments, status=2):
        done = self.command(*arguments, env=self.without(library), status=status)
        said = done.stderr.decode()
        self.assertIn(f"the library {ctypes.util.find_library(library)}, which {purpose}, cannot be opened (", said)
        self.assertRegex(said, rf"install it \(Debian: {package}\)")

    def findings(self):
        self.audit(self.generated(50) / "current")
        return self.folder / "findings.json"

    def test_the_history_needs_sqlite(self):
        self.assert_missing("sqlite3", "keeps the history of runs", "libsqlite3-0", "run", "--pack", "ssda903", "--input",
                            self.generated(50) / "current", "--history", self.folder / "history.db", "--output", self.folder / "f.json")

    def test_workbooks_and_xml_are_rejected(self):
        folder = self.folder / "forms"
        folder.mkdir()
        shutil.copy(ROOT / "tests/hostile/deflated.xlsx", folder / "return.xlsx")
        for library, purpose, package in [("zip", "unpacks workbooks", "libzip4"), ("xml2", "reads XML and workbooks", "libxml2")]:
            self.assert_missing(library, purpose, package, "run", "--pack", "ssda903", "--input", folder,
                                "--output", self.folder / "f.json")

    def test_a_report_that_is_a_workbook_needs_libxlsxwriter(self):
        self.assert_missing("xlsxwriter", "makes workbooks", "libxlsxwriter4", "report", self.findings(), "--format",
                            "worklist-xlsx", "--output", self.folder / "list.xlsx")
        self.assertFalse((self.folder / "list.xlsx").exists())

    def test_figures_to_share_need_clp(self):
        self.assert_missing("Clp", "works out the figures to keep back", "coinor-libclp1", "report", self.findings(),
                            "--format", "json", "--shareable=dfe", "--output", self.folder / "shared.json")
        self.assertFalse((self.folder / "shared.json").exists())

    def test_a_plain_audit_needs_none(self):
        extract = self.generated(50) / "current"
        folder = self.folder / "none"
        folder.mkdir()
        for library in ["sqlite3", "zip", "xml2", "xlsxwriter", "Clp"]:
            (folder / ctypes.util.find_library(library)).write_bytes(b"")
        self.command("run", "--pack", "ssda903", "--input", extract, "--output", self.folder / "f.json", "--fail-on", "never",
                     env={**os.environ, "LD_LIBRARY_PATH": str(folder)}, status=0)


if __name__ == "__main__":
    unittest.main()
