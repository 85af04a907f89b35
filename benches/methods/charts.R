# X-bar, R and S charts with the formulas of the package qcc, vectorised.
here <- dirname(sub("--file=", "", grep("--file=", commandArgs(FALSE), value = TRUE)))
source(file.path(here, "common.R"))
x <- as.matrix(table_of("subgroups.csv"))
n <- ncol(x)
upper <- function(w) ptukey(w, n, Inf, lower.tail = FALSE)
d2 <- integrate(upper, 0, 30, rel.tol = 1e-10, subdivisions = 1000)$value
d3 <- sqrt(2 * integrate(function(w) w * upper(w), 0, 30, rel.tol = 1e-10, subdivisions = 1000)$value - d2^2)
c4 <- sqrt(2 / (n - 1)) * exp(lgamma(n / 2) - lgamma((n - 1) / 2))
chart <- function(points, centre, error, floor = -Inf) {
  low <- pmax(floor, rep(centre - 3 * error, length(points)))
  high <- rep(centre + 3 * error, length(points))
  list(points = points, centre = centre, low = low, high = high, beyond = sum(points < low | points > high))
}
it <- timed("charts", 1, function() {
  means <- rowMeans(x)
  columns <- lapply(seq_len(n), function(j) x[, j])
  ranges <- do.call(pmax, columns) - do.call(pmin, columns)
  deviations <- sqrt(rowSums((x - means)^2) / (n - 1))
  sigma_r <- mean(ranges / d2)
  sigma_s <- mean(deviations / c4)
  list(mean = chart(means, mean(means), sigma_r / sqrt(n)), range = chart(ranges, mean(ranges), d3 * sigma_r, 0),
       deviation = chart(deviations, mean(deviations), sigma_s * sqrt(1 - c4^2), 0))
})
answers("charts", unlist(lapply(names(it), function(name) {
  of <- it[[name]]
  named(c(of$centre, of$low[1], of$high[1], of$beyond), name, c("centre", "low", "high", "beyond"))
})))
