# EBGM by the steps of the package openEBGM: pairs counted, squashed, the prior by nlminb from five starts, quantiles by
# bisection to two decimals (the package's default), everything vectorised.
here <- dirname(sub("--file=", "", grep("--file=", commandArgs(FALSE), value = TRUE)))
source(file.path(here, "common.R"))
reports <- table_of("reports.csv")

pairs <- timed("count", 1, function() {
  events <- max(reports$event) + 1
  key <- reports$product * events + reports$event + 1
  n <- tabulate(key, max(key))
  seen <- which(n > 0)
  product <- tabulate(reports$product + 1)[(seen - 1) %/% events + 1]
  event <- tabulate(reports$event + 1)[(seen - 1) %% events + 1]
  data.frame(n = n[seen], e = product * event / nrow(reports))
})

keep <- c(100, 75, 50, 25)
cuts <- c(500, 1e3, 1e4, 1e5, 5e5, 1e6, 5e6)
sizes <- c(50, 75, 150, 500, 750, 1e3, 2e3, 5e3)
squash <- function(pairs) {
  squashed <- 0
  points <- list()
  for (n in sort(unique(pairs$n))) {
    e <- sort(pairs$e[pairs$n == n])
    w <- rep(1, length(e))
    if (length(e) > max(keep) + 1) {
      squashed <- squashed + 1
      kept <- keep[min(squashed, length(keep))]
      small <- head(e, -kept)
      size <- max(2, length(small) %/% sizes[findInterval(length(small), cuts) + 1])
      bin <- (seq_along(small) - 1) %/% size
      e <- c(tapply(small, bin, mean), tail(e, kept))
      w <- c(table(bin), rep(1, kept))
    }
    points[[length(points) + 1]] <- data.frame(n, e, w)
  }
  do.call(rbind, points)
}
starts <- rbind(c(.2, .1, 2, 4, 1 / 3), c(.1, .1, 10, 10, .2), c(.3, .5, 6, 6, .5), c(.5, .3, 12, 12, .8), c(.2, .2, 5, 5, .4))
prior <- timed("prior", 1, function() {
  points <- squash(pairs)
  loss <- function(t) {
    # a negative binomial count that is at least one, as pairs without a report are not in the data
    part <- function(shape, rate) {
      p <- rate / (rate + points$e)
      dnbinom(points$n, shape, p) / (1 - p^shape)
    }
    -sum(points$w * log(t[5] * part(t[1], t[2]) + (1 - t[5]) * part(t[3], t[4])))
  }
  found <- apply(starts, 1, function(start)
    nlminb(start, loss, lower = rep(1e-5, 5), upper = c(20, 20, 100, 100, 1 - 1e-5)), simplify = FALSE)
  best <- found[[which.min(sapply(found, function(it) it$objective))]]
  # the part with the larger mean first
  t <- best$par
  if (t[1] / t[2] < t[3] / t[4]) t <- c(t[3], t[4], t[1], t[2], 1 - t[5])
  list(t = t, loss = best$objective)
})

scores <- timed("scores", 1, function() {
  t <- prior$t
  n <- pairs$n
  e <- pairs$e
  one <- t[5] * dnbinom(n, t[1], t[2] / (t[2] + e))
  two <- (1 - t[5]) * dnbinom(n, t[3], t[4] / (t[4] + e))
  q <- one / (one + two)
  ebgm <- exp(q * (digamma(t[1] + n) - log(t[2] + e)) + (1 - q) * (digamma(t[3] + n) - log(t[4] + e)))
  below <- function(x) q * pgamma(x, t[1] + n, t[2] + e) + (1 - q) * pgamma(x, t[3] + n, t[4] + e)
  # from 1 to the package's limits of 100,000 to either side
  quantile <- function(p) {
    above <- below(rep(1, length(n))) > p
    low <- ifelse(above, -1e5, 1)
    high <- ifelse(above, 1, 1e5)
    while (max(high - low) > 0.01) {
      middle <- (low + high) / 2
      less <- below(middle) < p
      low[less] <- middle[less]
      high[!less] <- middle[!less]
    }
    (low + high) / 2
  }
  data.frame(ebgm, eb05 = quantile(0.05), eb95 = quantile(0.95))
})
at <- seq(1, nrow(pairs), by = 50)
number <- format(at - 1, scientific = FALSE, trim = TRUE)
answers("reports", c(
  pairs = nrow(pairs), likelihood = prior$loss,
  named(scores$ebgm[at], "ebgm", number), named(scores$eb05[at], "eb05", number), named(scores$eb95[at], "eb95", number)))
