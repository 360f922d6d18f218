"""The table that the benchmarks print, line by line as it comes."""
import json


class Report:
    def __init__(self):
        self.lines, self.failed = [], 0

    def heading(self, text):
        print(f"\n{text}", flush=True)
        self.lines.append({"note": text})

    def line(self, what, ours, beside):
        print(f"{what:<58} {ours:<58} {beside}", flush=True)
        self.lines.append({"what": what, "measured": ours, "beside": beside})

    def target(self, what, value, sense, limit, aim=None, unit=""):
        """`sense` is "at least" or "at most"; the aim lies beyond the limit."""
        good = (lambda bound: value >= bound) if sense == "at least" else (lambda bound: value <= bound)
        verdict = "not met" if not good(limit) else "met" if aim is None or not good(aim) else "met, and the aim too"
        wanted = f"{sense} {limit}{unit}" + (f", aim {aim}{unit}" if aim is not None else "")
        self.failed += not good(limit)
        print(f"{what:<58} {f'{value:.2f}{unit}':<58} {wanted}: {verdict}", flush=True)
        self.lines.append({"what": what.strip(), "value": value, "unit": unit.strip(), "target": wanted, "verdict": verdict})

    def check(self, what, good, detail):
        self.failed += not good
        print(f"{what:<58} {'yes' if good else 'NO':<58} {detail}", flush=True)
        self.lines.append({"what": what.strip(), "holds": good, "detail": detail})

    def finish(self, path):
        path.write_text(json.dumps(self.lines, indent=1) + "\n")
        print(f"\n{self.failed} not met." if self.failed else "\nAll met.", f"The same as JSON: {path}", flush=True)
        return 1 if self.failed else 0
