# Draws of an index by the steps of the package COINr: normalise, aggregate group by group, rank; doubts as in examples/speed.
here <- dirname(sub("--file=", "", grep("--file=", commandArgs(FALSE), value = TRUE)))
source(file.path(here, "common.R"))
draws <- 1000
x <- as.matrix(table_of("indicators.csv"))
n <- nrow(x)
p <- ncol(x)
group <- (seq_len(p) - 1) %% 8 + 1
pillar <- rep(1:2, each = 4)
minmax <- function(x) apply(x, 2, function(v) 1 + 99 * (v - min(v)) / (max(v) - min(v)))
zscore <- function(x) apply(x, 2, function(v) 100 + 10 * (v - mean(v)) / sd(v))
scales <- list(minmax, zscore)
arithmetic <- function(x, w) drop(x %*% w) / sum(w)
geometric <- function(x, w) exp(drop(log(x) %*% w) / sum(w))
means <- list(arithmetic, geometric)
level <- function(x, of, w, mean) sapply(unique(sort(of)), function(g) mean(x[, of == g, drop = FALSE], w[of == g]))
index <- function(x, w, mean) {
  groups <- level(x, group, w[seq_len(p)], mean)
  pillars <- level(groups, pillar, w[p + 1:8], mean)
  mean(pillars, w[p + 9:10])
}
places <- function(score) rank(-score, ties.method = "min")
n_weights <- p + 10
nominal <- index(minmax(x), rep(1, n_weights), arithmetic)
set.seed(1)
run <- function(normalised) {
  drawn <- sapply(seq_len(draws), function(i) {
    w <- 1 + 0.25 * runif(n_weights, -1, 1)
    places(index(normalised(sample(2, 1)), w, means[[sample(2, 1)]]))
  })
  list(mean = rowMeans(drawn), range = apply(drawn, 1, quantile, c(0.05, 0.5, 0.95)))
}
certain <- timed("figures certain", 1, function() {
  ready <- lapply(scales, function(scale) scale(x))
  run(function(i) ready[[i]])
})
doubt <- timed("figures in doubt", 1, function() run(function(i) scales[[i]](x + 2 * rnorm(n * p))))
u <- seq_len(n) - 1
answers("composite", c(
  named(nominal, "score", u), named(places(nominal), "figures certain rank", u), named(certain$mean, "figures certain mean rank", u),
  named(places(nominal), "figures in doubt rank", u), named(doubt$mean, "figures in doubt mean rank", u)))
