# SPDX-License-Identifier: GPL-3.0-or-later
"""saydo-glm on tables that nobody likes: every family under every link, with every table asked
for.  A run ends with 0 and a status word in every row, or with 2 or 3, a message that says what to
do, and nothing on standard output.  It never dies by a signal, hangs, prints a NaN or an infinity,
calls a row converged that holds no figure, or prints other bytes on two threads than on one.

What the normal run leaves out is run with SLOW=1; HARD=WORD runs the cases with WORD in their
name and prints their commands."""
import concurrent.futures
import csv
import io
import json
import math
import os
import random
import re
import shutil
import subprocess
import sys
import tempfile

program = os.environ["SAYDO_BIN"] + "/saydo-glm"
slow = bool(os.environ.get("SLOW"))
only = os.environ.get("HARD", "")
sanitized = "asan" in program
SECONDS = 120 if sanitized else 20
work = tempfile.mkdtemp()
failures = []

LINKS = {
    "gaussian": "identity log inverse",
    "binomial": "logit probit cloglog cauchit log",
    "poisson": "log identity sqrt",
    "negative_binomial": "log identity sqrt",
    "gamma": "inverse log identity",
    "inverse_gaussian": "inverse_squared log inverse identity",
    "quasibinomial": "logit probit cloglog cauchit log",
    "quasipoisson": "log identity sqrt",
    "fractional": "logit probit cloglog cauchit log",
    "ordinal": "logit probit cloglog loglog cauchit",
    "tobit": "identity",
    "two_part": "logit probit",
    "hurdle_poisson": "log",
    "hurdle_negative_binomial": "log",
    "zero_inflated_poisson": "log",
    "zero_inflated_negative_binomial": "log",
}

GENERALISED = set(LINKS) - {f for f in LINKS if f in ("ordinal", "tobit", "two_part") or
                            f.startswith(("hurdle", "zero"))}

STATUSES = {"ok", "converged", "too few observations", "below min_n", "no variation",
            "perfect fit", "outside the domain", "no starting values", "iteration limit",
            "no progress", "separation", "singular information", "not identified",
            "improper solution", "at the boundary", "beyond 1", "at a bound", "leverage of one",
            "too few clusters", "no scale"}

# ---- tables ----


def response(family, t):
    """About exp(t) or t, in the domain of the family; its least and its greatest value."""
    bounded = max(-20.0, min(20.0, t))
    if family == "binomial":
        return int(t > 0.3)
    if family in ("quasibinomial", "fractional"):
        return 1 / (1 + math.exp(-bounded))
    if family == "ordinal":
        return 1 + (t > -0.5) + (t > 0.5) + (t > 1.4)
    if family == "two_part":
        return math.exp(bounded) if t > 0.3 else 0
    if family == "tobit":
        return max(0.0, t)
    if family == "gaussian":
        return t
    if family in ("gamma", "inverse_gaussian"):
        return math.exp(bounded)
    return math.floor(math.exp(min(bounded, 11)))


def least(family):
    return {"ordinal": 1, "gamma": 1e-3, "inverse_gaussian": 1e-3, "gaussian": -1}.get(family, 0)


def greatest(family):
    return {"ordinal": 4, "binomial": 1, "quasibinomial": 1, "fractional": 1,
            "gaussian": 1}.get(family, 40)


class Table:
    """Rows of one case: x, z numbers; g a factor; k, l clusters; w weights; y, v responses."""

    def __init__(self, family, n=60, seed=1):
        self.family = family
        self.formula = "y ~ x * z + g"
        self.options = []
        self.names = {}
        chance = random.Random(seed)
        self.rows = []
        for i in range(n):
            row = {"x": round(chance.gauss(0, 1), 6), "z": round(chance.gauss(3, 1), 6),
                   "g": "abc"[i % 3], "h": "pq"[i // 2 % 2], "k": "k%d" % (i % 9),
                   "l": "l%d" % (i % 7), "w": 1 + i % 3, "o": round(chance.gauss(0, 0.1), 6)}
            row["t"] = 0.6 * row["x"] + 0.2 * (row["g"] == "b") + chance.gauss(0, 1)
            row["y"] = response(family, row["t"])
            row["v"] = row["t"] + chance.gauss(0, 1)
            row["baseline_y"] = round(chance.gauss(0, 1) + row["t"], 6)
            self.rows.append(row)

    def each(self, name, value):
        for i, row in enumerate(self.rows):
            row[name] = value(i, row)

    def write(self, path):
        with open(path, "w", newline="", encoding="utf-8") as f:
            out = csv.writer(f)
            columns = [c for c in self.rows[0] if c != "t"]
            out.writerow([self.names.get(c, c) for c in columns])
            for row in self.rows:
                out.writerow([repr(row[c]) if isinstance(row[c], float) else row[c]
                              for c in columns])


def plain(t):
    pass


def separation(t):
    t.each("y", lambda i, r: greatest(t.family) if r["x"] > 0 else least(t.family))


def quasi_separation(t):
    t.each("y", lambda i, r: least(t.family) if r["g"] == "b" else r["y"])


def overlap_at_a_point(t):
    t.each("x", lambda i, r: round(r["x"]))
    t.each("y", lambda i, r: greatest(t.family) if r["x"] > 0 or (r["x"] == 0 and i % 2)
           else least(t.family))


def all_least(t):
    t.each("y", lambda i, r: least(t.family))


def all_greatest(t):
    t.each("y", lambda i, r: greatest(t.family))


def one_event(t):
    t.each("y", lambda i, r: greatest(t.family) if i == 7 else least(t.family))


def two_events(t):
    t.each("y", lambda i, r: greatest(t.family) if i in (7, 20) else least(t.family))


def one_level(t):
    t.each("g", lambda i, r: "only")


def constant_column(t):
    t.each("z", lambda i, r: 5)


def collinear(t):
    t.each("z", lambda i, r: 2 * r["x"] + 1)
    t.formula = "y ~ x + z + g"


def nearly_collinear(t):
    t.each("z", lambda i, r: r["x"] * (1 + 1e-9 * (i % 2)))


def collinear_factors(t):
    t.each("h", lambda i, r: {"a": "p", "b": "q", "c": "q"}[r["g"]])
    t.formula = "y ~ g + h + x"


def empty_cells(t):
    t.each("h", lambda i, r: "p" if r["g"] == "b" else r["h"])
    t.formula = "y ~ g * h + x"


def perfect(t):
    t.each("y", lambda i, r: response(t.family, 0.5 + 0.5 * r["x"] + (r["g"] == "b")))
    t.formula = "y ~ x + g"


def offset_high(t):
    t.each("o", lambda i, r: 1e9)
    t.formula += " + offset(o)"


def offset_low(t):
    t.each("o", lambda i, r: -1e9)
    t.formula += " + offset(o)"


def offset_wild(t):
    t.each("o", lambda i, r: 1e9 if i % 2 else -1e9)
    t.formula += " + offset(o)"


def offset_slight(t):
    t.formula += " + offset(o)"


def weights_some_zero(t):
    t.each("w", lambda i, r: i % 2)
    t.options = ["--weights=w"]


def weights_all_zero(t):
    t.each("w", lambda i, r: 0)
    t.options = ["--weights=w"]


def frequencies_some_zero(t):
    t.each("w", lambda i, r: i % 3)
    t.options = ["--frequency=w"]


def weights_of_a_level(t):
    t.each("w", lambda i, r: 0 if r["g"] == "b" else 1)
    t.options = ["--frequency=w"]


def weights_huge(t):
    t.each("w", lambda i, r: 1e9 if i % 5 else 1e-9)
    t.options = ["--weights=w"]


def prior_weights(t):
    t.options = ["--prior-weights=w"]


def few(t, n):
    del t.rows[n:]


def as_many_rows_as_terms(t):
    few(t, 6)


def fewer_rows_than_terms(t):
    few(t, 4)


def two_rows(t):
    few(t, 2)


def one_row(t):
    few(t, 1)


def no_row(t):
    t.each("x", lambda i, r: "")


def no_response(t):
    t.each("y", lambda i, r: "")


def missing_cells(t):
    for name, every in (("x", 5), ("y", 7), ("g", 11), ("z", 3)):
        t.each(name, lambda i, r, name=name, every=every: "" if i % every == 0 else r[name])


def x_huge(t):
    t.each("x", lambda i, r: r["x"] * 1e9)


def x_tiny(t):
    t.each("x", lambda i, r: r["x"] * 1e-9)


def x_far(t):
    t.each("x", lambda i, r: r["x"] + 1e9)


def x_outlier(t):
    t.rows[3]["x"] = 1e9


def x_outlier_wild(t):
    t.rows[3]["x"] = 1e200


def y_huge(t):
    if t.family not in ("binomial", "quasibinomial", "fractional", "ordinal"):
        slow_beyond = t.family.startswith(("hurdle", "zero"))
        t.each("y", lambda i, r: math.floor(abs(r["y"]) * (1e6 if slow_beyond else 1e9)) + 1)


def y_tiny(t):
    if t.family in ("gaussian", "gamma", "inverse_gaussian", "tobit", "two_part", "fractional",
                    "quasibinomial"):
        t.each("y", lambda i, r: r["y"] * 1e-9)


def y_outlier(t):
    if t.family not in ("binomial", "quasibinomial", "fractional", "ordinal"):
        t.rows[3]["y"] = 10 ** 9


def no_intercept(t):
    t.formula = "y ~ 0 + x + g"


def intercept_only(t):
    t.formula = "y ~ 1"


def nothing(t):
    t.formula = "y ~ 0"


def by_groups(t):
    t.options = ["--by=g"]
    t.formula = "y ~ x * z"
    t.each("x", lambda i, r: "" if r["g"] == "b" else r["x"])
    t.each("y", lambda i, r: least(t.family) if r["g"] == "c" else r["y"])


def by_two(t):
    t.options = ["--by=g,h", "--min-n=12"]
    t.formula = "y ~ x * z"


def many_levels(t):
    t.each("g", lambda i, r: "level%03d" % (i % 12))


def names(t):
    t.names = {"x": "how likely", "g": 'it"s `no` "group"', "z": "Größe (€)", "y": "y"}
    t.formula = "y ~ `how likely` + `Größe (€)`"


def levels_hard(t):
    t.each("g", lambda i, r: ['say "yes", no', "=1+1", "`back` 'quote'  ü€", "a:b"][i % 4])


def numbers_as_words(t):
    t.each("x", lambda i, r: ["one", "2", "three", "4"][i % 4])
    t.formula = "y ~ x + z"


def terms_of_all_kinds(t):
    t.formula = "y ~ poly(x, 2) + ns(z, 3) + C(k) + I(x * z) + scale(z)"


def log_of_terms(t):
    t.each("z", lambda i, r: abs(r["z"]) + 0.1)
    t.formula = "y ~ log(z) * g"


TABLES = [plain, separation, quasi_separation, overlap_at_a_point, all_least, all_greatest,
          one_event, two_events, one_level, constant_column, collinear, nearly_collinear,
          collinear_factors, empty_cells, perfect, offset_high, offset_low, offset_wild,
          offset_slight, weights_some_zero, weights_all_zero, frequencies_some_zero,
          weights_of_a_level, weights_huge, prior_weights, as_many_rows_as_terms,
          fewer_rows_than_terms, two_rows, one_row, no_row, no_response, missing_cells, x_huge,
          x_tiny, x_far, x_outlier, x_outlier_wild, y_huge, y_tiny, y_outlier, no_intercept,
          intercept_only, nothing, by_groups, by_two, many_levels, names, levels_hard,
          numbers_as_words, terms_of_all_kinds, log_of_terms]

# ---- what is asked for ----

EVERYTHING = ["--replicates=99", "--folds=3", "--influence=3"]
CHOICES = ["--subsets=2", "--importance"]  # of generalised linear models
OPTIONS = [[], ["--robust=HC0"], ["--robust=HC1"], ["--robust=HC2"], ["--robust=HC3"],
           ["--robust=HC4"], ["--cluster=k"], ["--cluster=k,l"],
           ["--cluster=k", "--interval=bootstrap"], ["--observed"], ["--firth"],
           ["--folds=0"], ["--centre=x"], ["--centre=interactions"], ["--predict=x:g"],
           ["--slopes=x:z"], ["--fdr"], ["--theta=2"], ["--amount=gamma"], ["--limits=:1"],
           ["--groups=2"], ["--baseline=baseline_y"], ["--force=x"], ["--against=y ~ z"],
           ["--twin=v"], ["--twin=y", "--twin-family=gamma"]]

# ---- what a run has to be ----


def complain(name, command, what):
    failures.append(name)
    print("FAILED: %s: %s\n  %s" % (name, what, command), flush=True)


def shown(arguments):
    return " ".join(a if re.fullmatch(r"[\w./=:,-]+", a) else "'" + a.replace("'", "'\\''") + "'"
                    for a in arguments)


def no_constant(text):
    raise ValueError("the constant " + text)


# Of these tables a row says something by these columns, of which one has to be there.
FIGURES = {"models": ["log_lik", "deviance", "n_obs"]}


def check_row(table, columns, row):
    """What is wrong with a row, or None."""
    if columns[-1] != "status":
        return "the last column is %s" % columns[-1]
    status = row["status"]
    if status not in STATUSES:
        return "status %r" % status
    for name, value in row.items():
        if isinstance(value, str) and value.lower() in ("nan", "-nan", "inf", "-inf", "infinity"):
            return "%s is %r" % (name, value)
        if name.startswith(("p_value", "p_adjusted")) and isinstance(value, (int, float)) and not (
                0 <= value <= 1):
            return "%s is %r" % (name, value)
        if name == "std_error" and isinstance(value, (int, float)) and value < 0:
            return "%s is %r" % (name, value)
    if isinstance(row.get("conf_low"), (int, float)) and isinstance(row.get("conf_high"), (
            int, float)) and row["conf_low"] > row["conf_high"]:
        return "limits %r, %r" % (row["conf_low"], row["conf_high"])
    if status in ("ok", "converged"):
        if "estimate" in row and row["estimate"] is None and row.get("p_value") is None:
            return "%s without an estimate: %r" % (status, row)
        if table in ("terms", "margins") and row["std_error"] is None and not (
                row.get("component") in ("smearing",) or row.get("term") in ("Smearing",)):
            return "%s without an error: %r" % (status, row)
    return None


def rows_of(table):
    columns = [c["name"] for c in table["columns"]]
    for row in table["rows"]:
        yield columns, dict(zip(columns, row)) if isinstance(row, list) else row


def check_report(text):
    try:
        report = json.loads(text, parse_constant=no_constant)
    except ValueError as e:
        return "no JSON: %s" % e
    if re.search(r"\b-?(nan|inf)\b", " ".join(report["lines"] + report["warnings"])):
        return "a sentence holds nan or inf: %s" % report["lines"]
    for name, table in report["tables"].items():
        for columns, row in rows_of(table):
            wrong = check_row(name, columns, row)
            if wrong:
                return "%s: %s" % (name, wrong)
    return None


def execute(arguments):
    try:
        done = subprocess.run([program] + arguments, cwd=work, capture_output=True,
                              timeout=SECONDS, stdin=subprocess.DEVNULL)
        return done.returncode, done.stdout.decode(), done.stderr.decode()
    except subprocess.TimeoutExpired:
        return "longer than %d s" % SECONDS, "", ""


def check_refusal(status, out, said):
    if status not in (2, 3):
        return "ends with %s: %s" % (status, said[-1500:])
    if out:
        return "refused, with text on standard output"
    if len(said.strip()) < 20 or re.search(r"\b-?(nan|inf)\b", said):
        return "says only %r" % said
    return None


outcomes_seen = {}
refusals = {}


def check(name, arguments, threads):
    command = [a for a in arguments] + ["--format=json", "--threads=1"]
    status, out, said = execute(command)
    outcomes_seen[status] = outcomes_seen.get(status, 0) + 1
    if "Sanitizer" in said or "runtime error" in said:
        wrong = said[:3000]
    elif status == 0:
        wrong = check_report(out)
    else:
        wrong = check_refusal(status, out, said)
    if status in (2, 3):
        refusals.setdefault(said.split("\n")[0].strip()[:120], []).append(name)
    if only and status:
        print(name, status, said.strip()[:300])
    if not wrong and threads and execute(command[:-1] + ["--threads=2"])[1] != out:
        wrong = "two threads print other bytes than one"
    if wrong:
        complain(name, shown(["saydo-glm"] + command), wrong)


def cases():
    """(name, table, arguments, compare threads)"""
    count = 0
    for family, links in LINKS.items():
        for link in links.split():
            for make in TABLES:
                for options in OPTIONS:
                    count += 1
                    yield "%s-%s-%s-%s" % (family, link, make.__name__,
                                           "".join(options).replace("--", "")), \
                        family, link, make, options, count


def chosen(case):
    name, family, link, make, options, count = case
    if only:
        return any(o in name for o in only.split())
    if slow and os.environ.get("FIRST"):
        return options == [] and link == LINKS[family].split()[0]
    if slow and os.environ.get("REST"):
        return options and count % int(os.environ.get("EVERY", "7")) == 0
    if slow:
        return options == [] or count % int(os.environ.get("EVERY", "7")) == 0
    return count % 997 == 0


def run_case(case):
    name, family, link, make, options, count = case
    table = Table(family)
    make(table)
    path = re.sub(r"\W+", "_", name) + ".csv"
    table.write(os.path.join(work, path))
    check(name, [path, "--formula=" + table.formula, "--family=" + family, "--link=" + link] +
          EVERYTHING + (CHOICES if family in GENERALISED and options != ["--firth"] else []) +
          ([] if family in ("binomial", "ordinal") else ["--without-top=0.1"]) +
          table.options + options,
          count % 2 == 0)
    if name not in failures:
        os.remove(os.path.join(work, path))


# ---- what does not change ----

ROWWISE = ("fitted", "influence", "without_top")  # a row each, by line and share of rows


def report_of(name, table, more):
    path = re.sub(r"\W+", "_", name) + ".csv"
    table.write(os.path.join(work, path))
    arguments = [path, "--formula=" + table.formula, "--family=" + table.family, "--folds=0",
                 "--format=json"] + more
    status, out, said = execute(arguments)
    if status != 0:
        complain(name, shown(arguments), "ends with %s: %s" % (status, said[:2000]))
        return {}
    return {n: [r for _, r in rows_of(t)] for n, t in json.loads(out)["tables"].items()}


def close(a, b):
    if isinstance(a, (int, float)) and isinstance(b, (int, float)):
        return math.isclose(a, b, rel_tol=2e-6, abs_tol=1e-7)
    return a == b


# Figures of the order of rows, and of rows of which one stands for two.
OF_ORDER = {"durbin_watson"}
OF_ROWS = {"max_leverage", "max_cook"}


def compare_reports(name, one, other, skipped, left_out):
    """Rows of equal tables are the same, in the same order."""
    for table in one:
        if table in skipped:
            continue
        rows = list(zip(one[table], other.get(table, [])))
        if len(one[table]) != len(other.get(table, [])):
            complain(name, table, "%d rows, %d rows" % (len(one[table]),
                                                        len(other.get(table, []))))
            continue
        different = [(a.get("name", a.get("term")), c, a[c], b.get(c))
                     for a, b in rows if a.get("name") not in left_out
                     for c in a if c not in ("n_iter", "line") and not close(a[c], b.get(c))]
        if different:
            complain(name, table, "%d figures differ, the first %s %s: %r, %r"
                     % ((len(different),) + different[0]))


def invariances():
    for family in LINKS if slow else ("binomial", "poisson"):
        robust = ["--robust=HC0"] if slow else []
        table = Table(family, 90)
        choices = CHOICES if family in GENERALISED else []
        if family not in ("binomial", "ordinal"):
            choices = choices + ["--without-top=0.1"]
        one = report_of(family + "-rows", table, choices + robust)
        random.Random(3).shuffle(table.rows)
        compare_reports(family + "-order-of-rows", one,
                        report_of(family + "-order", table, choices + robust),
                        ("fitted", "importance"), OF_ORDER)
        table.each("w", lambda i, r: 2)
        twice = report_of(family + "-frequency", table, CHOICES[:1] * (family in GENERALISED) +
                          robust + ["--frequency=w"])
        table.rows = [r for r in table.rows for _ in range(2)]
        doubled = report_of(family + "-doubled", table, CHOICES[:1] * (family in GENERALISED) + robust)
        compare_reports(family + "-frequency-of-two", twice, doubled, ROWWISE,
                        OF_ORDER | OF_ROWS)


def forms():
    """The other renderers and one large table."""
    table = Table("binomial")
    levels_hard(table)
    table.write(os.path.join(work, "forms.csv"))
    base = ["forms.csv", "--formula=y ~ x * z + g", "--family=binomial", "--by=h", "-q"]
    names = "terms models diagnostics fitted margins ratios slopes johnson_neyman calibration " \
            "roc lift tests influence curvature"
    for name in names.split() if slow else ["margins"]:
        status, out, said = execute(base + ["--format=csv", "--table=" + name])
        rows = list(csv.reader(io.StringIO(out)))
        if status or any(len(r) != len(rows[0]) or r[-1] not in STATUSES for r in rows[1:]) or \
                re.search(r"(?i)(^|,)-?(nan|inf)(,|$)", out, re.M):
            complain("csv " + name, shown(base), said or out[:500])
    for more in [["-o", "book.xlsx"], ["-o", "folder/", "--no-pictures"], []]:
        status, out, said = execute(base + more)
        if status or bool(out) == bool(more) or re.search(r"\b-?(nan|inf)\b", out):
            complain("as " + " ".join(more), shown(base + more), said or out[:500])


if __name__ == "__main__":
    selected = [c for c in cases() if chosen(c)]
    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        list(pool.map(run_case, selected))
    if not only:
        invariances()
        forms()
    if failures and os.environ.get("KEEP"):
        print("tables are in", work)
    else:
        shutil.rmtree(work)
    print("%d runs (%s): %d fail" % (len(selected), ", ".join(
        "%s ended with %s" % (n, s) for s, n in sorted(outcomes_seen.items(), key=str)),
        len(failures)))
    if slow:
        for said, names_of in sorted(refusals.items()):
            print("%5d refused: %s (%s)" % (len(names_of), said, names_of[0]))
    sys.exit(1 if failures else 0)
