# Wilson's formula and Clopper-Pearson by qbeta, vectorised.
here <- dirname(sub("--file=", "", grep("--file=", commandArgs(FALSE), value = TRUE)))
source(file.path(here, "common.R"))
rates <- table_of("rates.csv")
x <- rates$x
n <- rates$n
wilson <- timed("wilson", length(x), function() {
  z <- qnorm(0.975)
  p <- x / n
  centre <- p + z^2 / (2 * n)
  half <- z * sqrt(p * (1 - p) / n + z^2 / (4 * n^2))
  list(low = (centre - half) / (1 + z^2 / n), high = (centre + half) / (1 + z^2 / n))
})
exact <- timed("clopper_pearson", length(x), function() list(
  low = ifelse(x == 0, 0, qbeta(0.025, x, n - x + 1)), high = ifelse(x == n, 1, qbeta(0.975, x + 1, n - x))))
at <- seq(1, length(x), by = 1000)
all <- list(wilson = wilson, clopper_pearson = exact)
answers("intervals", unlist(lapply(names(all), function(name) c(
  named(all[[name]]$low[at], name, "low", format(at - 1, scientific = FALSE, trim = TRUE)),
  named(all[[name]]$high[at], name, "high", format(at - 1, scientific = FALSE, trim = TRUE))))))
