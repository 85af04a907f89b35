"""Writes the vectors of the proportion family: values at 60 digits, by other formulas than the crate's.

Run from this folder: `pip install mpmath gmpy2 scipy` and `python make_proportion.py`. Versions used: mpmath
1.4.1, scipy 1.17.1 (only for starting points and as a second opinion, see `check`). Every input is the exact
double printed in the file, every output is correct to the 20 digits printed.

Tails of the beta and gamma distributions are summed from series with positive terms only (DLMF 8.17.8, 8.7.1);
the crate uses continued fractions. Noncentral hypergeometric sums run over all tables that matter at 40 digits.
"""

import csv
import itertools

from mpmath import mp, mpf
from scipy import stats

mp.dps = 60


# --- distributions ------------------------------------------------------------------------------------------

def positive_series(ratio):
    total = term = mpf(1)
    n = 0
    while term > total * mp.eps / 100:
        term *= ratio(n)
        total += term
        n += 1
    return total


def beta_lower(a, b, x):
    """I_x(a, b) = x^a y^b / (a B(a, b)) * sum (a+b)_n / (a+1)_n x^n, from the end where x is at most 1/2."""
    a, b, x = mpf(a), mpf(b), mpf(x)
    return beta_lower_direct(a, b, x) if x <= 0.5 else 1 - beta_lower_direct(b, a, 1 - x)


def beta_upper(a, b, x):
    a, b, x = mpf(a), mpf(b), mpf(x)
    return beta_lower_direct(b, a, 1 - x) if x > 0.5 else 1 - beta_lower_direct(a, b, x)


def beta_lower_direct(a, b, x):
    front = mp.exp(a * mp.log(x) + b * mp.log1p(-x) + mp.loggamma(a + b) - mp.loggamma(a + 1) - mp.loggamma(b))
    return front * positive_series(lambda n: (a + b + n) / (a + 1 + n) * x)


def gamma_lower(a, x):
    a, x = mpf(a), mpf(x)
    front = mp.exp(a * mp.log(x) - x - mp.loggamma(a + 1))
    return front * positive_series(lambda n: x / (a + 1 + n))


def normal_upper(x):
    return mp.erfc(mpf(x) / mp.sqrt(2)) / 2


def normal_upper_quantile(q):
    q = mpf(q)
    start = mpf(float(stats.norm.isf(float(q))))
    return mp.findroot(lambda x: mp.log(normal_upper(x)) - mp.log(q), start)


def student_upper(t, nu):
    with mp.workdps(200):  # the far tail is a difference from 1
        t, nu = mpf(t), mpf(nu)
        return beta_lower(nu / 2, mpf(1) / 2, nu / (nu + t * t)) / 2


def root_in_log(tail, target, start):
    """The root of tail(x) = target by the secant method on logarithms, from a double-precision start."""
    f = lambda t: mp.log(tail(mp.exp(t))) - mp.log(target)
    t = mp.log(mpf(start))
    return mp.exp(mp.findroot(f, (t, t + mpf(10) ** -9), tol=mpf(10) ** -60, verify=False))


def beta_lower_quantile(p, a, b):
    start = stats.beta.ppf(float(p), float(a), float(b))
    if start > 0.5:
        return 1 - root_in_log(lambda y: beta_lower(a, b, 1 - y), mpf(p), float(stats.beta.isf(float(p), float(b), float(a))))
    return root_in_log(lambda x: beta_lower(a, b, x), mpf(p), start)


def beta_upper_quantile(q, a, b):
    return 1 - beta_lower_quantile(q, b, a)


def gamma_lower_quantile(p, a):
    return root_in_log(lambda x: gamma_lower(a, x), mpf(p), stats.gamma.ppf(float(p), float(a)))


def gamma_upper_quantile(q, a):
    return root_in_log(lambda x: 1 - gamma_lower(a, x), mpf(q), stats.gamma.isf(float(q), float(a)))


def student_upper_quantile(q, nu):
    return root_in_log(lambda t: student_upper(t, nu), mpf(q), stats.t.isf(float(q), float(nu)))


def binomial_pmf(x, n, p):
    p = mpf(p)
    return mp.exp(mp.loggamma(n + 1) - mp.loggamma(x + 1) - mp.loggamma(n - x + 1) + x * mp.log(p) + (n - x) * mp.log1p(-p))


def poisson_pmf(x, mean):
    return mp.exp(x * mp.log(mpf(mean)) - mpf(mean) - mp.loggamma(x + 1))


def ln_choose(n, k):
    return mp.loggamma(n + 1) - mp.loggamma(k + 1) - mp.loggamma(n - k + 1)


def hypergeometric_pmf(x, good, bad, draws):
    return mp.exp(ln_choose(good, x) + ln_choose(bad, draws - x) - ln_choose(good + bad, draws))


# --- one sample ---------------------------------------------------------------------------------------------

def tail_of(level):
    return (1 - mpf(level)) / 2


def wilson(x, n, level):
    z = normal_upper_quantile(tail_of(level))
    low, high = wilson_z(mpf(x), mpf(n), z)
    return low if x > 0 else mpf(0), high if x < n else mpf(1)


def wilson_z(x, n, z):
    p = x / n
    half = z * mp.sqrt(p * (1 - p) / n + z * z / (4 * n * n))
    return (p + z * z / (2 * n) - half) / (1 + z * z / n), (p + z * z / (2 * n) + half) / (1 + z * z / n)


def wald(x, n, level):
    z = normal_upper_quantile(tail_of(level))
    p = mpf(x) / n
    half = z * mp.sqrt(p * (1 - p) / n)
    return p - half, p + half


def agresti_coull(x, n, level):
    z = normal_upper_quantile(tail_of(level))
    size = n + z * z
    p = (x + z * z / 2) / size
    half = z * mp.sqrt(p * (1 - p) / size)
    return p - half, p + half


def wilson_corrected(x, n, level):
    """R's prop.test(x, n), with its limit on the correction."""
    z = normal_upper_quantile(tail_of(level))
    p, n = mpf(x) / n, mpf(n)
    correction = min(mpf(1) / 2, abs(x - n / 2))
    z22n = z * z / (2 * n)
    up, down = p + correction / n, p - correction / n
    high = mpf(1) if up >= 1 else (up + z22n + z * mp.sqrt(up * (1 - up) / n + z22n / (2 * n))) / (1 + 2 * z22n)
    low = mpf(0) if down <= 0 else (down + z22n - z * mp.sqrt(down * (1 - down) / n + z22n / (2 * n))) / (1 + 2 * z22n)
    return low, high


def clopper_pearson(x, n, level):
    t = tail_of(level)
    return (beta_lower_quantile(t, x, n - x + 1) if x > 0 else mpf(0),
            beta_upper_quantile(t, x + 1, n - x) if x < n else mpf(1))


def jeffreys(x, n, level):
    t, half = tail_of(level), mpf(1) / 2
    return beta_lower_quantile(t, x + half, n - x + half), beta_upper_quantile(t, x + half, n - x + half)


def mid_p_low(x, n, t):
    if x == 0:
        return mpf(0)
    more = lambda p: beta_lower(x + 1, n - x, p) if x < n else mpf(0)
    tail = lambda p: more(p) + binomial_pmf(x, n, p) / 2
    start = stats.beta.ppf(float(t), x + 0.5, n - x + 0.5)
    if start > 0.9:
        return 1 - root_in_log(lambda y: tail(1 - y), t, 1 - start)
    return root_in_log(tail, t, start)


def mid_p(x, n, level):
    t = tail_of(level)
    return mid_p_low(x, n, t), 1 - mid_p_low(n - x, n, t)


def arcsine(x, n, level):
    z = normal_upper_quantile(tail_of(level))
    angle = mp.asin(mp.sqrt((x + mpf(3) / 8) / (n + mpf(3) / 4)))
    half = z / (2 * mp.sqrt(n))
    return mp.sin(max(angle - half, mpf(0))) ** 2, mp.sin(min(angle + half, mp.pi / 2)) ** 2


METHODS = [wilson, wilson_corrected, wald, agresti_coull, clopper_pearson, jeffreys, mid_p, arcsine]


# --- two samples --------------------------------------------------------------------------------------------

def score(x1, n1, x2, n2, level, correct):
    z = normal_upper_quantile(tail_of(level))
    p1, p2 = mpf(x1) / n1, mpf(x2) / n2
    pool = mpf(x1 + x2) / (n1 + n2)
    y = min(mpf(1) / 2, abs(p1 - p2) / (mpf(1) / n1 + mpf(1) / n2)) if correct else mpf(0)
    cells = [(x1, n1 * pool), (n1 - x1, n1 * (1 - pool)), (x2, n2 * pool), (n2 - x2, n2 * (1 - pool))]
    chi = sum((abs(o - e) - y) ** 2 / e for o, e in cells)
    half = z * mp.sqrt(p1 * (1 - p1) / n1 + p2 * (1 - p2) / n2) + y * (mpf(1) / n1 + mpf(1) / n2)
    return [chi, mp.erfc(mp.sqrt(chi / 2)), max(p1 - p2 - half, mpf(-1)), min(p1 - p2 + half, mpf(1))]


def newcombe(x1, n1, x2, n2, level):
    p1, p2 = mpf(x1) / n1, mpf(x2) / n2
    (l1, u1), (l2, u2) = wilson(x1, n1, level), wilson(x2, n2, level)
    return [p1 - p2 - mp.sqrt((p1 - l1) ** 2 + (u2 - p2) ** 2), p1 - p2 + mp.sqrt((u1 - p1) ** 2 + (p2 - l2) ** 2)]


class Table:
    """The first cell of a 2x2 table with fixed margins; all weights above 1e-45 of the greatest."""

    def __init__(self, x1, n1, x2, n2):
        self.x, self.n1, self.n2, self.m = x1, n1, n2, x1 + x2
        self.least, self.greatest = max(0, self.m - n2), min(self.m, n1)

    def ratio(self, k):
        return mpf((self.n1 - k) * (self.m - k)) / ((k + 1) * (self.n2 - self.m + k + 1))

    def weights(self, psi):
        k = self.x
        while k < self.greatest and self.ratio(k) * psi > 1:
            k += 1
        while k > self.least and self.ratio(k - 1) * psi < 1:
            k -= 1
        out = [(k, mpf(1))]
        w, j = mpf(1), k
        while j < self.greatest and w > mpf(10) ** -60:
            w *= self.ratio(j) * psi
            j += 1
            out.append((j, w))
        w, j = mpf(1), k
        while j > self.least and w > mpf(10) ** -60:
            j -= 1
            w /= self.ratio(j) * psi
            out.append((j, w))
        return out

    def mean_gap(self, psi):
        ws = self.weights(psi)
        return sum(w * (k - self.x) for k, w in ws) / sum(w for _, w in ws)

    def tail(self, psi, up):
        ws = self.weights(psi)
        return sum(w for k, w in ws if (k >= self.x if up else k <= self.x)) / sum(w for _, w in ws)


def fisher(x1, n1, x2, n2, level):
    table, t = Table(x1, n1, x2, n2), tail_of(level)
    good, bad = x1 + x2, n1 + n2 - x1 - x2
    seen = hypergeometric_pmf(x1, good, bad, n1)
    if table.greatest - table.least < 3000:
        probs = [(k, hypergeometric_pmf(k, good, bad, n1)) for k in range(table.least, table.greatest + 1)]
    else:
        ws = table.weights(mpf(1))
        total = sum(w for _, w in ws)
        probs = [(k, w / total) for k, w in ws]
    p = [sum(q for _, q in probs if q <= seen * (1 + mpf(10) ** -7)),
         sum(q for k, q in probs if k <= x1), sum(q for k, q in probs if k >= x1)]
    a, b, c, d = (mpf(v) + mpf(1) / 2 for v in (x1, n1 - x1, x2, n2 - x2))
    start, deviation = mp.log(a * d / (b * c)), mp.sqrt(1 / a + 1 / b + 1 / c + 1 / d)
    z = normal_upper_quantile(t)
    odds = mpf(0) if x1 == table.least else mp.inf if x1 == table.greatest else mp.exp(
        bracketed(lambda s: table.mean_gap(mp.exp(s)), start, deviation))
    low = mpf(0) if x1 == table.least else mp.exp(
        bracketed(lambda s: mp.log(table.tail(mp.exp(s), True) / t), start - z * deviation, deviation))
    high = mp.inf if x1 == table.greatest else mp.exp(
        bracketed(lambda s: -mp.log(table.tail(mp.exp(s), False) / t), start + z * deviation, deviation))
    return [*p, odds, low, high]


def bracketed(f, start, scale):
    low, high = start - scale / 4, start + scale / 4
    while f(low) > 0:
        low -= scale
    while f(high) < 0:
        high += scale
    return mp.findroot(f, (low, high), solver="anderson", tol=mpf(10) ** -50, verify=False)


# --- the files ----------------------------------------------------------------------------------------------

def text(v):
    if isinstance(v, (int, str)):
        return str(v)
    if isinstance(v, float):
        return repr(v)
    return "inf" if v == mp.inf else mp.nstr(v, 20, strip_zeros=True)


def write(name, header, rows):
    with open(name, "w", newline="") as out:
        w = csv.writer(out, lineterminator="\n")
        w.writerow(header)
        count = 0
        for row in rows:
            w.writerow([text(v) for v in row])
            count += 1
    print(name, count, flush=True)


def special_rows():
    for x in [-37.0, -8.5, -1.0, 0.0, 0.3, 1.959963984540054, 5.0, 8.25, 17.456, 25.7, 36.9]:
        yield "normal_upper", x, "", "", normal_upper(x)
    for q in [1e-300, 1e-40, 1e-12, 2.5e-6, 0.0005, 0.005, 0.025, 0.05, 0.074, 0.1, 0.3, 0.49, 0.8, 0.975]:
        yield "normal_upper_quantile", q, "", "", normal_upper_quantile(q)
    for a, b in [(0.5, 0.5), (2.0, 3.0), (0.5, 2e7), (1e7, 1e7), (3.25, 1e5), (1e-3, 50.0)]:
        yield "ln_beta", a, b, "", mp.loggamma(mpf(a)) + mp.loggamma(mpf(b)) - mp.loggamma(mpf(a) + mpf(b))
    for a in [0.25, 0.5, 3.7, 10.5, 171.5, 1e7]:
        yield "ln_gamma", a, "", "", mp.loggamma(mpf(a))
    for a, b in [(0.5, 0.5), (0.5, 3.5), (1.0, 1.0), (1.0, 10.0), (3.0, 8.0), (4.5, 0.5), (60.0, 0.5), (200.5, 2.5), (30.0, 30.0),
                 (1000.0, 3.0), (12.5, 4000.5), (5e4, 5e4), (1e6, 0.5), (0.5, 2e7), (1.0, 2e7), (40.0, 2e7), (1e7, 1e7 + 1.0)]:
        mean, deviation = a / (a + b), (a * b) ** 0.5 / ((a + b) * (a + b + 1) ** 0.5)
        for z in [-6.0, -2.0, -0.3, 0.5, 3.0, 7.0]:
            x = mean + z * deviation
            if 0 < x < 1:
                yield "beta_lower", x, a, b, beta_lower(a, b, x)
                yield "beta_upper", x, a, b, beta_upper(a, b, x)
        for p in [1e-9, 0.0005, 0.025, 0.3]:
            yield "beta_lower_quantile", p, a, b, beta_lower_quantile(p, a, b)
            yield "beta_upper_quantile", p, a, b, beta_upper_quantile(p, a, b)
    for a in [0.5, 1.0, 2.5, 10.0, 137.0, 4000.5, 1e6, 2e7]:
        for z in [-5.0, -1.0, 0.2, 3.0, 8.0]:
            x = a + z * a ** 0.5
            if x > 0:
                low = gamma_lower(a, x)
                yield "gamma_lower", a, x, "", low
                yield "gamma_upper", a, x, "", 1 - low
        for p in [1e-9, 0.005, 0.025, 0.4]:
            yield "gamma_lower_quantile", p, a, "", gamma_lower_quantile(p, a)
            yield "gamma_upper_quantile", p, a, "", gamma_upper_quantile(p, a)
    for nu in [1.0, 2.0, 2.5, 9.0, 30.0, 1000.0, 1e6, 2e7]:
        for t in [0.01, 1.0, 2.2, 7.0, 20.0]:
            yield "student_upper", t, nu, "", student_upper(t, nu)
        for q in [1e-9, 0.0005, 0.025, 0.2, 0.45]:
            yield "student_upper_quantile", q, nu, "", student_upper_quantile(q, nu)
    for x, n, p in [(0, 1, 0.3), (3, 10, 0.3), (17, 40, 0.9), (500, 1000, 0.5), (3, 10**6, 2e-6), (10**7, 2 * 10**7, 0.5003), (19999990, 2 * 10**7, 0.9999995)]:
        yield "binomial_pmf", x, n, p, binomial_pmf(x, n, p)
    for x, mean in [(0, 3.5), (1, 1e-9), (7, 7.5), (150, 90.0), (10**6, 999000.5), (2 * 10**7, 20010000.0)]:
        yield "poisson_pmf", x, mean, "", poisson_pmf(x, mean)


def hypergeometric_rows():
    for x, good, bad, draws in [(0, 3, 7, 2), (4, 10, 90, 12), (30, 60, 500, 200), (5, 5, 10**6, 300000), (5000300, 10**7, 3 * 10**7, 2 * 10**7), (0, 40, 2 * 10**7, 10**6)]:
        yield x, good, bad, draws, hypergeometric_pmf(x, good, bad, draws)


def interval_rows():
    small = [(x, n) for n in (1, 2, 7, 10, 59) for x in range(n + 1) if n <= 10 or x in (0, 1, 2, 29, 30, 57, 59)]
    middle = [(x, n) for n in (300, 3000) for x in (0, 1, 5, n // 3, n // 2, n - 2, n)]
    large = [(x, n) for n in (10**6, 2 * 10**7) for x in (0, 1, 3, 41, n // 1000, n // 2, n - 7, n)]
    for (x, n), level in itertools.chain(
            itertools.product(small, (0.01, 0.5, 0.8, 0.95, 0.999)),
            itertools.product(middle, (0.9, 0.99)),
            itertools.product(large, (0.95, 0.9999))):
        for method in METHODS:
            yield method.__name__, x, n, level, *method(x, n, level)


TABLES = [(3, 4, 1, 4), (0, 5, 3, 5), (5, 5, 0, 7), (5, 5, 2, 7), (0, 10, 0, 20), (10, 10, 20, 20), (1, 30, 7, 25), (7, 12, 7, 12),
          (93, 100, 85, 100), (263, 300, 254, 300), (8, 10, 30, 1000), (2, 2000, 9, 1500), (700, 1000, 500, 900), (1, 1, 0, 1)]
LARGE_TABLES = [(10000000, 20000000, 9995000, 20000000), (41, 20000000, 77, 19000000), (19999000, 20000000, 1900, 2000)]


def two_sample_rows():
    for table, level in itertools.product(TABLES + LARGE_TABLES, (0.9, 0.95, 0.999)):
        x1, n1, x2, n2 = table
        plain = newcombe(*table, level)
        if 0 < x1 + x2 < n1 + n2:
            yield *table, level, *score(*table, level, False), *score(*table, level, True), *plain


def fisher_rows():
    for table, level in itertools.chain(itertools.product(TABLES, (0.9, 0.95, 0.999)), itertools.product(LARGE_TABLES, (0.95,))):
        yield *table, level, *fisher(*table, level)


def poisson_rows():
    for count, level in itertools.product((0, 1, 2, 10, 77, 3000, 10**6, 2 * 10**7), (0.8, 0.95, 0.999)):
        t = tail_of(level)
        low = gamma_lower_quantile(t, count) if count else mpf(0)
        yield count, 12.5, level, low / mpf(12.5), gamma_upper_quantile(t, count + 1) / mpf(12.5)


def check():
    """A second opinion in double precision: the oracle must agree with scipy to its accuracy."""
    for x, n in [(0, 10), (3, 50), (200, 3000)]:
        it = stats.binomtest(x, n).proportion_ci(0.95, "exact")
        ours = clopper_pearson(x, n, 0.95)
        assert abs(it.low - ours[0]) < 1e-10 and abs(it.high - ours[1]) < 1e-10, (x, n)
    for x1, n1, x2, n2 in TABLES[:3] + TABLES[6:11]:
        p = stats.fisher_exact([[x1, n1 - x1], [x2, n2 - x2]]).pvalue
        assert abs(p - fisher(x1, n1, x2, n2, 0.95)[0]) < 1e-9, (x1, n1, x2, n2)


if __name__ == "__main__":
    check()  # all files together take about eight minutes
    write("special.csv", ["function", "a", "b", "c", "value"], special_rows())
    write("hypergeometric.csv", ["x", "successes", "failures", "draws", "value"], hypergeometric_rows())
    write("poisson.csv", ["count", "exposure", "level", "low", "high"], poisson_rows())
    write("two_samples.csv", ["x1", "n1", "x2", "n2", "level", "chi", "p", "low", "high", "chi_yates", "p_yates", "low_yates", "high_yates", "newcombe_low", "newcombe_high"], two_sample_rows())
    write("interval.csv", ["method", "x", "n", "level", "low", "high"], interval_rows())
    write("fisher.csv", ["x1", "n1", "x2", "n2", "level", "p", "p_less", "p_greater", "odds_ratio", "low", "high"], fisher_rows())
