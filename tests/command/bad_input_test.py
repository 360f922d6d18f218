"""Input that is not what it should be: a clear message, the right status, and the rest audited."""
import json
import os
import pathlib
import resource
import subprocess
import unittest

from command import COMMAND, CommandTest, HEADERS, ROOT, rule, subjects

BAD = "B2,01/05/2025,S,C2,N1,U1,PR1,02/06/2025,,,AB1 2CD,AB1 3CD,1234567"  # rule 148


class Places(CommandTest):
    def refuse(self, path, *words):
        done = self.command("run", "--pack", "ssda903", "--input", path, status=2)
        for word in words:
            self.assertIn(word, done.stderr.decode())

    def test_no_such_folder(self):
        self.refuse(self.folder / "nowhere", "nowhere")

    def test_an_empty_folder(self):
        self.refuse(self.extract(), "extract")

    def test_a_folder_in_which_nothing_is_a_table(self):
        (self.extract() / "minutes.csv").write_text("when,what\n1,2\n")
        self.refuse(self.folder / "extract", "minutes.csv")

    def test_a_table_under_the_name_of_another(self):
        extract = self.extract(header=["B2,1,01/01/2010,WBRI,UN1,0,"])
        (extract / "episodes.csv").write_bytes((extract / "header.csv").read_bytes())
        document = self.audit(extract, "--rule", "148", "--rule", "101", status=3)
        (rejected,) = document["rejected"]
        self.assertEqual((rejected["file"], rejected["line"]), ("episodes.csv", 0))
        self.assertIn("name is that of table episodes, but its columns fit header", rejected["reason"])
        self.assertEqual([i["table"] for i in document["run"]["inputs"]], ["header"])
        (extract / "header.csv").unlink()
        self.refuse(extract, "fit header", "episodes.csv")

    def test_a_directory_named_like_a_file(self):
        extract = self.extract(episodes=[BAD])
        (extract / "reviews.csv").mkdir()
        document = self.audit(extract, "--rule", "148", status=3)
        self.assertIn("reviews.csv", [r["file"] for r in document["rejected"]])
        self.assertEqual(subjects(document, "148"), {("Episodes", 1)})

    def test_a_file_that_may_not_be_read(self):
        if os.geteuid() == 0:
            self.skipTest("root may read everything")
        extract = self.extract(episodes=[BAD], header=[])
        (extract / "header.csv").chmod(0)
        document = self.audit(extract, "--rule", "148", status=3)
        self.assertIn("header.csv", [r["file"] for r in document["rejected"]])

    def test_a_pipe_is_not_waited_for(self):
        extract = self.extract(episodes=[BAD])
        os.mkfifo(extract / "reviews.csv")
        document = self.audit(extract, "--rule", "148", status=3)
        self.assertIn("reviews.csv", [r["file"] for r in document["rejected"]])


class Names(CommandTest):
    ODD = os.fsdecode(b"\xff\x1b[31m\xc2\x9b")
    SHOWN = r"\xff\x1b[31m\xc2\x9b"

    def shown(self, done):
        for output in (done.stdout, done.stderr):
            self.assertNotRegex(output.decode(), "[\x00-\x08\x0b-\x1f\x7f-\x9f]")  # and so it is UTF-8
        return (done.stdout + done.stderr).decode()

    def test_of_files_are_shown_with_bytes_that_a_terminal_could_obey_as_escapes(self):
        extract = self.extract(header=b"", reviews=b"")
        (extract / f"episodes{self.ODD}.csv").write_text(f"{HEADERS['episodes']}\n{BAD}\nB2,short\n")
        (extract / f"missing{self.ODD}.csv").mkdir()
        os.rename(extract / "header.csv", extract / f"header{self.ODD}.csv")
        names = ["text", "sarif", "html", "junit", "worklist-csv", "github"]
        if not self.makes_web_pages():
            names.remove("html")
        reports = [x for name in names
                   for x in ("--report", f"{name}={self.folder / f'report.{name}'}")]
        document = self.audit(extract, "--rule", "148", "--verbose", *reports, status=3)
        text = self.shown(self.done)
        self.assertIn(f"episodes{self.SHOWN}.csv:3", text)
        self.assertEqual({r["file"] for r in document["rejected"]},
                         {"reviews.csv", *(f"{name}{self.SHOWN}.csv" for name in ("episodes", "header", "missing"))})
        self.assertEqual(subjects(document, "148"), {("Episodes", 1)})
        for report in filter(pathlib.Path.is_file, self.folder.glob("report.*")):
            report.read_text("utf-8")

    def test_of_folders_and_what_else_is_given_are_shown_so_too(self):
        odd, extract = self.ODD, self.extract(episodes=[BAD])
        run = ("run", "--pack", "ssda903", "--input", extract)
        for arguments in (("run", "--pack", "ssda903", "--input", f"no{odd}"), ("run", "--pack", f"no{odd}", "--input", extract),
                          (*run, f"--no{odd}"), (*run, odd), (*run, "--set", f"no{odd}=1"), (*run, "--set", odd),
                          (*run, "--rule", odd), (*run, "--as-at", odd), (*run, "--format", odd), (*run, "--reference", f"{odd}=x"),
                          (*run, "--fail-on", odd), (*run, "--output", f"no{odd}/no/x"), (*run, "--report", f"{odd}=x"),
                          (*run, "--plugin", odd), (odd,), ("lint", odd), ("test", odd), ("list", odd), ("explain", odd, odd), ("diff", odd, odd),
                          ("report", odd, "--format", "html"), ("schema", odd), ("new", odd, odd), ("new", "pack", odd), ("plugin", "inspect", odd)):
            with self.subTest(arguments):
                self.shown(self.command(*arguments, status=2))
        folder = self.folder / f"made{odd}"
        self.assertIn(self.SHOWN, self.shown(self.command("generate", "--dataset", "ssda903", "--children", 1, "--out", folder, status=0)))
        self.assertIn(self.SHOWN, self.shown(self.command("key", "new", self.folder / f"key{odd}", status=0)))
        self.shown(self.command(*run[:3], "--input", folder, "--output", folder / "findings.json", "--fail-on", "never"))


class Content(CommandTest):
    def audited(self, content, rows={("Episodes", 1)}, status=3):
        document = self.audit(self.extract(episodes=content), "--rule", "148", status=status)
        self.assertEqual(subjects(document, "148"), rows)
        return document

    def head(self, *lines):
        return ("\n".join([HEADERS["episodes"], *lines]) + "\n").encode()

    def test_a_row_of_the_prior_extract_is_said_to_be_of_it(self):
        prior = self.extract("prior", episodes=[BAD, "B2,too,short"])
        document = self.audit(self.extract(episodes=[BAD, BAD, "B2,short"]), "--prior", prior, "--rule", "148", status=3)
        self.assertEqual([(r["extract"], r["line"]) for r in document["rejected"]], [("current", 4), ("prior", 3)])

    def test_an_empty_file(self):
        document = self.audit(self.extract(episodes=[BAD], header=b""), "--rule", "148", status=3)
        self.assertEqual([r["file"] for r in document["rejected"]], ["header.csv"])

    def test_a_header_and_no_rows(self):
        document = self.audit(self.extract(episodes=[]), "--rule", "148", status=0)
        self.assertEqual(rule(document, "148")["population"], 0)

    def test_nul_bytes(self):
        document = self.audited(self.head(BAD, BAD.replace("B2", "C\0"), ))
        self.assertEqual([(r["line"], r["column"]) for r in document["rejected"]], [(3, 1)])

    def test_every_row_that_is_rejected_has_a_column(self):
        rows = ["B2,01/05/2025", "," * 12, BAD + ",more", BAD.replace("N1", "N\0"), f"B2,{'x' * (5 << 20)}", 'B2,"never closed']
        document = self.audited(self.head(BAD, *rows))
        self.assertEqual([(r["line"], r["row"], r["column"]) for r in document["rejected"]],
                         [(3, 2, 3), (5, 4, 14), (6, 5, 5), (7, 6, 2), (8, 7, 2)])

    def test_half_a_file(self):
        whole = self.head(BAD, BAD)
        document = self.audited(whole[:-30])
        self.assertEqual([(r["line"], r["column"]) for r in document["rejected"]], [(3, 9)])

    def test_half_a_file_that_ends_within_a_character(self):
        whole = self.head(*[BAD] * 50_000, BAD.replace("1234567", "caf\u00e9"), BAD.replace("1234567", "caf\u00e9"))
        self.assertGreater(len(whole), 2 << 20)  # the characters lie in another chunk than the beginning
        for content in (whole[:-2], whole.replace(b"1234567", "Zo\u00eb".encode(), 1)[:-2]):
            document = self.audit(self.extract(episodes=content), "--rule", "148", status=3)
            self.assertEqual(document["run"]["inputs"][0]["encoding"], "UTF-8")
            self.assertEqual([(r["line"], r["column"], r["reason"]) for r in document["rejected"]],
                             [(50_003, 13, "the file is cut off within a character of cell 13")])

    def test_windows_1252_is_read_and_said(self):
        content = self.head(BAD.replace("B2", "B2")).replace(b"1234567", "caf\u00e9".encode("cp1252"))
        document = self.audited(content, status=1)
        self.assertEqual(document["run"]["inputs"][0]["encoding"], "windows-1252")

    def test_ten_thousand_columns(self):
        extra = ",".join(f"X{i}" for i in range(10_000))
        content = f"{HEADERS['episodes']},{extra}\n{BAD}{',' * 10_000}\n".encode()
        self.audited(content, status=1)

    def test_invalid_dates_are_not_blank(self):
        rows = [BAD.replace("02/06/2025", "31/02/2025")]
        document = self.audit(self.extract(episodes=rows), "--rule", "147", status=1)
        self.assertEqual(document["findings"][0]["records"][0]["fields"]["DEC"], "31/02/2025")

    def test_a_very_long_line_is_rejected_in_bounded_memory(self):
        extract = self.extract(episodes=[BAD])
        with open(extract / "episodes.csv", "ab") as out:
            out.truncate(out.tell())
            for _ in range(1024):
                out.write(b"x" * (1 << 20))
        before = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
        document = self.audit(extract, "--rule", "148", status=3)
        self.assertEqual(subjects(document, "148"), {("Episodes", 1)})
        self.assertEqual(len(document["rejected"]), 1)
        after = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
        if "asan" not in os.environ["CASEAUDIT_COMMAND"] and "tsan" not in os.environ["CASEAUDIT_COMMAND"]:
            self.assertLess(max(before, after), 400 * 1024)

    def test_records_without_a_child_are_audited_and_said(self):
        document = self.audited(self.head(BAD.replace("B2", "")), status=1)
        self.assertTrue(document["findings"][0]["case"].startswith("?episodes.csv"))
        self.assertTrue(document["run"]["notes"])

    def test_a_child_that_no_header_knows_is_audited(self):
        document = self.audit(self.extract(episodes=[BAD], header=[]), "--rule", "INT03", "--rule", "148", "--fail-on", "never", status=0)
        self.assertEqual(subjects(document, "INT03"), {("Episodes", 1)})
        self.assertEqual(subjects(document, "148"), {("Episodes", 1)})

    def test_what_is_read_is_not_written_over(self):
        extract = self.extract(episodes=[BAD])
        before = (extract / "episodes.csv").read_bytes()
        for name in ("--output", "--timings"):
            for path in (extract / "episodes.csv", extract / "sub" / ".." / "episodes.csv"):
                (extract / "sub").mkdir(exist_ok=True)
                done = self.command("run", "--pack", "ssda903", "--input", extract, name, path, status=2)
                self.assertIn("would be written over", done.stderr.decode())
        self.command("run", "--pack", "ssda903", "--input", extract, "--report", f"worklist-csv={extract / 'episodes.csv'}", status=2)
        self.assertEqual((extract / "episodes.csv").read_bytes(), before)
        self.command("run", "--pack", "ssda903", "--input", extract, "--output", extract / "findings.json", "--fail-on", "never", status=0)

    def test_numbers_that_no_extract_can_be_made_of_are_refused_all_at_once(self):
        whole, year = "takes a whole number from", "--year takes a whole number from 1995 to 2150, and not"
        for dataset in ("ssda903", "iro"):
            for options, said in (
                    (["--seed", "-1"], [f"--seed {whole} 0 to 18446744073709551615, and not '-1'"]),
                    (["--seed", "18446744073709551616"], [f"--seed {whole} 0 to 18446744073709551615, and not '18446744073709551616'"]),
                    (["--seed", "7x"], ["and not '7x'"]), (["--seed", "1.5"], ["and not '1.5'"]), (["--seed", ""], ["and not ''"]),
                    (["--children", "-3"], [f"--children {whole} 1 to 4000000, and not '-3'"]),
                    (["--children", "0"], ["1 to 4000000, and not '0'"]), (["--children", "4000001"], ["1 to 4000000, and not '4000001'"]),
                    (["--children", "99999999999999999999"], ["1 to 4000000, and not"]),
                    (["--year", "nonsense"], [f"{year} 'nonsense'"]), (["--year", "1994"], [year]), (["--year", "-2025"], [year]),
                    (["--year", "99999999999"], [year]), (["--error-rate", "1.01"], ["--error-rate takes a number from 0 to 1, and not '1.01'"]),
                    (["--error-rate", "-0.1"], ["and not '-0.1'"]), (["--error-rate", "nan"], ["and not 'nan'"]), (["--error-rate", "inf"], ["and not 'inf'"]),
                    (["--seed", "-1", "--children", "x", "--year", "1", "--error-rate", "2"], ["--seed", "--children", "--year", "--error-rate", "4 errors"])):
                with self.subTest(dataset=dataset, options=options):
                    out = self.folder / "made"
                    done = self.command("generate", "--dataset", dataset, "--out", out, *options, status=2)
                    for words in said:
                        self.assertIn(words, done.stderr.decode())
                    self.assertFalse(out.exists())

    def test_a_pack_that_is_given_twice_is_refused(self):
        extract = self.extract(episodes=[BAD])
        done = self.command("run", "--pack", "ssda903", "--pack", "rules/ssda903", "--input", extract, "--output", "-", status=2)
        self.assertIn("the pack ssda903 is given twice", done.stderr.decode())

    @unittest.skipIf("sanitize" in os.environ.get("CASEAUDIT_COMMAND", "") or "san/" in os.environ.get("CASEAUDIT_COMMAND", ""),
                     "a sanitizer's memory is its own")
    def test_a_wrong_file_is_rejected_row_by_row_in_bounded_memory(self):
        rows = 500_000
        extract = self.extract(header=(HEADERS["header"] + "\n" + "x\n" * rows).encode())
        output = self.folder / "findings.json"
        # Some 120 bytes for a row that is listed with its line and reason; 700 would be too many.
        done = self.command("run", "--pack", "ssda903", "--rule", "101", "--input", extract, "--output", output, "--threads", "1",
                            status=3, preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_DATA, (220 << 20,) * 2))
        self.assertEqual(done.returncode, 3)
        self.assertEqual(output.read_bytes().count(b'"reason":"'), rows)

    @unittest.skipIf("sanitize" in os.environ.get("CASEAUDIT_COMMAND", "") or "san/" in os.environ.get("CASEAUDIT_COMMAND", ""),
                     "a sanitizer's memory is its own")
    def test_very_many_findings_of_one_number_are_audited_in_bounded_memory(self):
        """Each record is a case of its own then, as no child has so many."""
        days = [f"{1 + i % 28:02}/{4 + i % 9:02}/2025" for i in range(252)]
        for form in ("json", "ndjson"):
            peaks = []
            for rows in (50_000, 190_000):
                extract = self.extract(f"child-{rows}", header=["C1,F,21/06/2019,WBRI,V318123456714,,"],
                                       reviews=[f"C1,21/06/2019,{days[i % 252]},XX{i % 9}" for i in range(rows)])
                output, timings = self.folder / "findings", self.folder / "timings.json"
                # In a shell of its own: the kernel counts no less for a program than what its parent held.
                done = subprocess.run(["sh", "-c", '"$@"; exit $?', "sh", COMMAND, "run", "--pack", "ssda903", "--rule", "167", "--input", extract,
                                       "--output", output, "--format", form, "--timings", timings, "--threads", "2"],
                                      cwd=ROOT, capture_output=True)
                self.assertEqual(done.returncode, 1, done.stderr)
                self.assertEqual(output.read_bytes().count(b'"rule":"167","severity":"high","case":"'), rows)
                peaks.append(json.loads(timings.read_bytes())["peak_memory_bytes"])
            # Some 250 bytes a row; with a finding for each kept until the end it would be 1500.
            self.assertGreater(peaks[1], peaks[0])
            self.assertLess((peaks[1] - peaks[0]) / 140_000, 700)

    def test_more_records_of_one_number_than_can_be_audited(self):
        extract = self.extract("many", reviews=["C1,21/06/2019,01/05/2025,XX1"] * 200_001)
        done = self.command("run", "--pack", "ssda903", "--rule", "167", "--input", extract, status=2)
        self.assertIn("more than 200000 rows are of a case that has more than 5000 rows in Reviews, which no child has",
                      done.stderr.decode())


if __name__ == "__main__":
    unittest.main()
