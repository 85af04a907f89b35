# Writes r_one_sample.csv and r_two_samples.csv: what R itself answers, for the cases where the crate promises to
# equal R. Run from this folder: `Rscript make_proportion.R` (R 4.2.2, base packages only).

set.seed(20260101)
options(digits = 17)
number <- function(v) sprintf("%.17g", v)

one <- list()
add <- function(method, x, n, level, interval)
  one[[length(one) + 1]] <<- data.frame(method, x = number(x), n = number(n), level = number(level),
                                        low = number(interval[1]), high = number(interval[2]))
cases <- rbind(
  expand.grid(x = 0:6, n = 6), expand.grid(x = c(0, 1, 13, 26, 51, 52), n = 52),
  expand.grid(x = c(0, 2, 499, 500, 501, 1000), n = 1000), expand.grid(x = c(0, 1, 17, 1e7, 1.2345e7, 2e7 - 3, 2e7), n = 2e7))
for (i in seq_len(nrow(cases))) for (level in c(0.5, 0.9, 0.95, 0.99, 0.9999)) {
  x <- cases$x[i]; n <- cases$n[i]; a <- 1 - level
  add("wilson", x, n, level, suppressWarnings(prop.test(x, n, conf.level = level, correct = FALSE)$conf.int))
  add("wilson_corrected", x, n, level, suppressWarnings(prop.test(x, n, conf.level = level)$conf.int))
  # binom.test adds up the whole distribution for its p-value; its interval is these quantiles
  add("clopper_pearson", x, n, level, c(if (x == 0) 0 else qbeta(a / 2, x, n - x + 1),
                                        if (x == n) 1 else qbeta(a / 2, x + 1, n - x, lower.tail = FALSE)))
  add("jeffreys", x, n, level, c(qbeta(a / 2, x + 0.5, n - x + 0.5), qbeta(a / 2, x + 0.5, n - x + 0.5, lower.tail = FALSE)))
}
for (count in c(0, 1, 9, 250, 1e6)) for (exposure in c(1, 36.5)) for (level in c(0.8, 0.95, 0.999))
  add("poisson", count, exposure, level, poisson.test(count, exposure, conf.level = level)$conf.int)
for (n in c(2, 5, 40)) for (level in c(0.5, 0.95, 0.999)) {
  v <- seq_len(n)^2 / 4
  add("mean", sum(v), n, level, t.test(v, conf.level = level)$conf.int)
}
write.table(do.call(rbind, one), "r_one_sample.csv", sep = ",", quote = FALSE, row.names = FALSE)

tables <- rbind(c(3, 4, 1, 4), c(0, 5, 3, 5), c(5, 5, 0, 7), c(5, 5, 2, 7), c(7, 12, 7, 12), c(0, 8, 0, 9), c(4, 4, 9, 9), c(1, 1, 0, 1))
for (i in 1:60) {
  n <- ceiling(exp(runif(2, log(2), log(if (i <= 40) 300 else 20000))))
  tables <- rbind(tables, c(rbinom(1, n[1], runif(1)), n[1], rbinom(1, n[2], runif(1)), n[2]))
}
two <- list()
for (i in seq_len(nrow(tables))) for (level in c(0.8, 0.95, 0.99)) {
  t <- tables[i, ]
  plain <- suppressWarnings(prop.test(t[c(1, 3)], t[c(2, 4)], conf.level = level, correct = FALSE))
  yates <- suppressWarnings(prop.test(t[c(1, 3)], t[c(2, 4)], conf.level = level))
  f <- fisher.test(matrix(c(t[1], t[3], t[2] - t[1], t[4] - t[3]), 2), conf.level = level)
  less <- fisher.test(matrix(c(t[1], t[3], t[2] - t[1], t[4] - t[3]), 2), alternative = "less")$p.value
  greater <- fisher.test(matrix(c(t[1], t[3], t[2] - t[1], t[4] - t[3]), 2), alternative = "greater")$p.value
  values <- c(plain$statistic, plain$p.value, plain$conf.int, yates$statistic, yates$p.value, yates$conf.int,
              f$p.value, less, greater, f$estimate, f$conf.int)
  values[is.nan(values)] <- NA
  two[[length(two) + 1]] <- c(number(c(t, level)), ifelse(is.na(values), "", number(values)))
}
two <- do.call(rbind, two)
two[two == "Inf"] <- "inf"
colnames(two) <- c("x1", "n1", "x2", "n2", "level", "chi", "p", "low", "high", "chi_yates", "p_yates", "low_yates", "high_yates",
                   "fisher", "less", "greater", "odds_ratio", "or_low", "or_high")
write.table(two, "r_two_samples.csv", sep = ",", quote = FALSE, row.names = FALSE)

sizes <- expand.grid(p1 = c(0, 0.02, 0.5, 0.85), p2 = c(0.1, 0.55, 0.853, 1), level = c(0.9, 0.95, 0.99), power = c(0.7, 0.8, 0.99))
sizes$n <- sapply(seq_len(nrow(sizes)), function(i) with(sizes[i, ],
  power.prop.test(p1 = p1, p2 = p2, sig.level = 1 - level, power = power, tol = 1e-12)$n))
write.table(sapply(sizes, number), "r_sample_size.csv", sep = ",", quote = FALSE, row.names = FALSE)
