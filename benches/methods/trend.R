# R's own stl; the test of Mann and Kendall and Sen's slope by their formulas, a matrix of all pairs per series.
here <- dirname(sub("--file=", "", grep("--file=", commandArgs(FALSE), value = TRUE)))
source(file.path(here, "common.R"))
months <- as.matrix(table_of("months.csv"))
n <- nrow(months)
k <- ncol(months)
later <- which(lower.tri(matrix(0, n, n)))
apart <- outer(seq_len(n), seq_len(n), "-")[later]
parts <- timed("stl", k, function() lapply(seq_len(k), function(j)
  stl(ts(months[, j], frequency = 12), s.window = 13)$time.series))
ties <- function(x) { t <- table(x); sum(t * (t - 1) * (2 * t + 5)) }
variance <- function(x) (n * (n - 1) * (2 * n + 5) - ties(x)) / 18
tests <- timed("mann_kendall", k, function() apply(months, 2, function(x) {
  score <- sum(sign(outer(x, x, "-")[later]))
  2 * pnorm(-abs(score - sign(score)) / sqrt(variance(x)))
}))
slopes <- timed("sen", k, function() apply(months, 2, function(x) {
  slopes <- sort(outer(x, x, "-")[later] / apart)
  half <- qnorm(0.975) * sqrt(variance(x))
  m <- length(slopes)
  c(median(slopes), slopes[round((m - half) / 2)], slopes[round((m + half) / 2 + 1)])
}))
at <- seq(1, k, by = 20)
answers("trend", c(
  named(sapply(parts[at], function(p) p[1, "seasonal"]), "seasonal", at - 1),
  named(sapply(parts[at], function(p) p[101, "trend"]), "trend", at - 1),
  named(tests[at], "p", at - 1), named(slopes[1, at], "slope", at - 1),
  named(slopes[2, at], "slope low", at - 1), named(slopes[3, at], "slope high", at - 1)))
