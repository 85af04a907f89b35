# Reference values for `spc`. R 4.2.2; run lengths by the package spc 0.6.7, all else by formulas in base R that follow
# the definitions and not the crate's ways. Run in this folder: Rscript make_spc.R
library(spc)
options(digits = 17)
num <- function(x) ifelse(is.na(x), "", sprintf("%.17g", x))
write <- function(table, name) write.csv(table, name, row.names = FALSE, quote = FALSE, na = "")

# --- factors and the range's distribution ------------------------------------------------------------------------
range_lower <- function(w, n) integrate(function(x) n * dnorm(x) * ifelse(x > -w / 2,
  pnorm(x, lower.tail = FALSE) - pnorm(x + w, lower.tail = FALSE), pnorm(x + w) - pnorm(x))^(n - 1), -9 - w, 9,
  rel.tol = 1e-13, subdivisions = 2000)$value
upper <- function(w, n) sapply(w, function(w) 1 - range_lower(w, n))
rows <- NULL
for (n in c(2, 3, 4, 7, 10, 15, 25, 50, 120)) {
  d2 <- 2 * integrate(function(x) 1 - pnorm(x)^n - pnorm(-x)^n, 0, 12, rel.tol = 1e-13, subdivisions = 2000)$value
  square <- sum(sapply(0:7, function(i) integrate(function(w) 2 * w * upper(w, n), 2 * i, 2 * i + 2, rel.tol = 1e-12)$value))
  rows <- rbind(rows, data.frame(n, d2 = num(d2), d3 = num(sqrt(square - d2^2)),
    c4 = num(sqrt(2 / (n - 1)) * exp(lgamma(n / 2) - lgamma((n - 1) / 2))), at_3 = num(range_lower(3, n))))
}
write(rows, "r_factors.csv")

# --- run lengths ---------------------------------------------------------------------------------------------------
rows <- NULL
add <- function(chart, a, limit, shift, head, sides, reflection, limits, length)
  rows <<- rbind(rows, data.frame(chart, a, limit, shift, head, sides, reflection, limits, length = num(length)))
for (k in c(.25, .5, 1)) for (h in c(2, 4, 5)) for (mu in c(0, .5, 1, 2)) for (hs in c(0, 1)) for (sides in c("one", "two"))
  add("cusum", k, h, mu, hs, sides, NA, NA, xcusum.arl(k, h, mu, hs = hs, sided = sides, r = 60))
for (l in c(.05, .1, .25, .5, 1)) for (c in c(2, 2.7, 3)) for (mu in c(0, .5, 1, 2)) {
  for (hs in c(0, .5)) {
    add("ewma", l, c, mu, hs, "two", NA, "fixed", xewma.arl(l, c, mu, hs = hs, sided = "two", r = 100))
    for (zr in c(0, -1)) add("ewma", l, c, mu, hs, "one", zr, "fixed", xewma.arl(l, c, mu, zr = zr, hs = hs, sided = "one", r = 100))
  }
  if (l < 1) add("ewma", l, c, mu, 0, "two", NA, "exact", xewma.arl(l, c, mu, sided = "two", limits = "vacl", r = 100))
}
write(rows, "r_run_length.csv")
rows <- NULL
for (L in c(50, 370, 1000)) {
  for (k in c(.25, .5, 1)) for (sides in c("one", "two")) for (hs in c(0, 1))
    rows <- rbind(rows, data.frame(chart = "cusum", a = k, length = L, head = hs, sides, reflection = NA, limits = NA,
      limit = num(xcusum.crit(k, L, hs = hs, sided = sides, r = 60))))
  for (l in c(.05, .2, .5)) {
    for (limits in c("fix", "vacl"))
      rows <- rbind(rows, data.frame(chart = "ewma", a = l, length = L, head = 0, sides = "two", reflection = NA,
        limits = c(fix = "fixed", vacl = "exact")[[limits]], limit = num(xewma.crit(l, L, sided = "two", limits = limits, r = 100))))
    rows <- rbind(rows, data.frame(chart = "ewma", a = l, length = L, head = 0, sides = "one", reflection = -1, limits = "fixed",
      limit = num(xewma.crit(l, L, zr = -1, sided = "one", r = 100))))
  }
}
write(rows, "r_limit.csv")

# --- charts of subgroups of unequal size, some values missing ------------------------------------------------------
set.seed(20260201)
sizes <- sample(2:8, 30, replace = TRUE)
data <- data.frame(sample = rep(1:30, sizes), value = round(rnorm(sum(sizes), 50, 2), 2))
data$value[c(5, 40)] <- NA
data <- data[ave(!is.na(data$value), data$sample, FUN = sum) >= 2, ]
write(data, "r_subgroups.csv")
g <- split(data$value, data$sample); g <- lapply(g, function(x) x[!is.na(x)])
n <- sapply(g, length); m <- sapply(g, mean); R <- sapply(g, function(x) diff(range(x))); S <- sapply(g, sd)
d2 <- c(NA, 1.128, 1.693, 2.059, 2.326, 2.534, 2.704, 2.847)
d3 <- c(NA, 0.8525033, 0.8883697, 0.8798108, 0.8640855, 0.8480442, 0.8332108, 0.8198378)
c4 <- function(n) sqrt(2 / (n - 1)) * exp(lgamma(n / 2) - lgamma((n - 1) / 2))
w <- c4(n)^2 / (1 - c4(n)^2); v <- (d2[n] / d3[n])^2
sigma <- c("uwave-r" = mean(R / d2[n]), "uwave-sd" = mean(S / c4(n)), "mvlue-r" = sum(R / d2[n] * v) / sum(v),
  "mvlue-sd" = sum(S / c4(n) * w) / sum(w), rmsdf = sqrt(sum((n - 1) * S^2) / sum(n - 1)) / c4(sum(n - 1) + 1))
rows <- NULL
add <- function(chart, estimator, coverage, i, value, centre, deviation, low, high)
  rows <<- rbind(rows, data.frame(chart, estimator, coverage, i, value = num(value), centre = num(centre),
    deviation = num(deviation), low = num(low), high = num(high)))
for (e in names(sigma)) {
  s <- sigma[[e]]; at <- seq_along(n)
  centre <- sum(n * m) / sum(n)
  add("xbar", e, NA, at, m, centre, s, centre - 3 * s / sqrt(n), centre + 3 * s / sqrt(n))
  z <- qnorm(.995); add("xbar", e, .99, at, m, centre, s, centre - z * s / sqrt(n), centre + z * s / sqrt(n))
  if (grepl("-r$", e)) {
    centre <- sum(n * R) / sum(n)
    add("r", e, NA, at, R, centre, s, pmax(0, centre - 3 * d3[n] * s), centre + 3 * d3[n] * s)
  } else {
    centre <- sum(n * S) / sum(n); error <- s * sqrt(1 - c4(n)^2)
    add("s", e, NA, at, S, centre, s, pmax(0, centre - 3 * error), centre + 3 * error)
    add("s", e, .99, at, S, centre, s, s * sqrt(qchisq(.005, n - 1) / (n - 1)), s * sqrt(qchisq(.995, n - 1) / (n - 1)))
  }
}
x <- unlist(g)
for (k in 2:4) {
  mr <- sapply(k:length(x), function(i) diff(range(x[(i - k + 1):i]))); s <- mean(mr) / d2[k]
  add("individuals", k, NA, seq_along(x), x, mean(x), s, mean(x) - 3 * s, mean(x) + 3 * s)
  add("moving_range", k, NA, seq_along(mr), mr, mean(mr), s, pmax(0, mean(mr) - 3 * d3[k] * s), mean(mr) + 3 * d3[k] * s)
}
s <- sd(x) / c4(length(x)); add("individuals", "sd", NA, seq_along(x), x, mean(x), s, mean(x) - 3 * s, mean(x) + 3 * s)
write(rows, "r_charts.csv")

# --- charts of counts with unequal sizes -----------------------------------------------------------------------------
size <- sample(200:900, 40, replace = TRUE); found <- rbinom(40, size, .04)
p <- sum(found) / sum(size); error <- sqrt(p * (1 - p) / size); rows <- NULL
for (level in c(NA, .95)) {
  z <- if (is.na(level)) 3 else qnorm(.975); at <- seq_along(size)
  one <- function(chart, value, centre, low, high)
    rows <<- rbind(rows, data.frame(chart, coverage = level, i = at, x = found, n = size, value = num(value), centre = num(centre), low = num(low), high = num(high)))
  one("p", found / size, p, pmax(0, p - z * error), pmin(1, p + z * error))
  one("np", found, p * size, pmax(0, size * (p - z * error)), pmin(size, size * (p + z * error)))
  one("u", found / size, p, pmax(0, p - z * sqrt(p / size)), p + z * sqrt(p / size))
  c <- mean(found)
  if (is.na(level)) one("c", found, c, pmax(0, c - 3 * sqrt(c)), c + 3 * sqrt(c)) else one("c", found, c, qpois(.025, c), qpois(.975, c))
  score <- (found / size - p) / error; sz <- mean(abs(diff(score))) / 1.128
  one("laney_p", found / size, p, pmax(0, p - z * error * sz), pmin(1, p + z * error * sz))
  score <- (found / size - p) / sqrt(p / size); sz <- mean(abs(diff(score))) / 1.128
  one("laney_u", found / size, p, pmax(0, p - z * sqrt(p / size) * sz), p + z * sqrt(p / size) * sz)
}
write(rows, "r_counts.csv")

# --- capability as process.capability of qcc 2.7 has it, one limit or two, off the target -----------------------------
rows <- NULL
for (spec in list(c(40, 60, NA), c(44, 55, 51), c(NA, 55, NA), c(45, NA, NA), c(51, 60, 52))) for (level in c(.9, .95)) for (e in c("uwave-r", "rmsdf")) {
  L <- spec[1]; U <- spec[2]; s <- sigma[[e]]; centre <- sum(n * m) / sum(n); N <- length(x); a <- 1 - level
  target <- if (is.na(spec[3])) mean(spec[1:2]) else spec[3]
  cp <- (U - L) / (6 * s); u <- (U - centre) / (3 * s); l <- (centre - L) / (3 * s); k <- min(u, l, na.rm = TRUE)
  d <- (centre - target) / s; cpm <- cp / sqrt(1 + d^2); df <- N * (1 + d^2) / (1 + 2 * d^2)
  bissell <- function(c, z) sort(c * (1 + c(-1, 1) * z * sqrt(1 / (9 * N * c^2) + 1 / (2 * (N - 1)))), na.last = TRUE)
  chi <- function(c, df) c * sqrt(qchisq(c(a / 2, 1 - a / 2), df) / df)
  all <- rbind(Cp = c(cp, chi(cp, N - 1)), Cpl = c(l, bissell(l, qnorm(level))), Cpu = c(u, bissell(u, qnorm(level))),
    Cpk = c(k, bissell(k, qnorm(1 - a / 2))), Cpm = c(cpm, chi(cpm, df)))
  rows <- rbind(rows, data.frame(index = rownames(all), lower = L, upper = U, target = spec[3], level, estimator = e,
    value = num(all[, 1]), low = num(all[, 2]), high = num(all[, 3]), below = num(pnorm((L - centre) / s)),
    above = num(pnorm((U - centre) / s, lower.tail = FALSE))))
}
write(rows, "r_capability.csv")
