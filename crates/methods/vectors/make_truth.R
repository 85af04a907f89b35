# Reference figures for `truth`: R's own tests and robustbase where there are any, else the formula of the paper
# written with lm(), pbinom(), pbeta() and sort(). Writes truth_data.csv and r_truth.csv.
# R 4.2.2, robustbase 0.95-0. Run: Rscript make_truth.R
suppressMessages(library(robustbase))
options(mc_doScale_quiet = TRUE, digits = 17)
set.seed(20260901)
sets <- list(
  amounts  = round(exp(rnorm(1400, 6, 2)), 2),               # log-normal, honest
  invented = round(runif(1250, 10, 99999)),                  # even, not Benford
  readings = round(rnorm(300, 36.8, 9), 1),                  # one decimal
  heaped   = c(round(rnorm(250, 400, 150)), 50 * round(rnorm(110, 8, 3))),
  skewed   = round(rexp(97, 0.2), 3),
  skewed2  = round(rgamma(230, 1.5), 3),
  left     = round(-rexp(101, 1), 2),
  tied     = round(rexp(150, 0.5)),
  rates    = round(c(rnorm(700, 94, 2), 95 + rexp(60, 4)), 1),
  short    = c(3, 8, 5, 9, 12, 11, 7),
  series   = round(as.numeric(arima.sim(list(ar = 0.6), 60)), 2),
  long     = round(rnorm(140), 1),
  rosner   = c(-0.25, 0.68, 0.94, 1.15, 1.20, 1.26, 1.26, 1.34, 1.38, 1.43, 1.49, 1.49, 1.55, 1.56, 1.58, 1.65, 1.69,
    1.70, 1.76, 1.77, 1.81, 1.91, 1.94, 1.96, 1.99, 2.06, 2.09, 2.10, 2.14, 2.15, 2.23, 2.24, 2.26, 2.35, 2.37, 2.40,
    2.47, 2.54, 2.62, 2.64, 2.90, 2.92, 2.92, 2.93, 3.21, 3.26, 3.30, 3.59, 3.68, 4.30, 4.64, 5.34, 5.42, 6.01)
)
sets$series[c(13, 40)] <- c(7.5, -6.2)
data <- do.call(rbind, lapply(names(sets), function(name) data.frame(set = name, value = sets[[name]])))
write.csv(data, "truth_data.csv", row.names = FALSE, quote = FALSE)

out <- list()
say <- function(set, method, option, key, value)
  out[[length(out) + 1]] <<- data.frame(set, method, option, key, value = sprintf("%.17g", value))

# leading digits, from the text of the number
digits <- function(x, n) {
  text <- gsub("^0+", "", gsub("[-.]", "", format(abs(x), scientific = FALSE, trim = TRUE, digits = 15)))
  as.integer(substr(paste0(text, "00"), 1, n))
}
law <- list(first = log10(1 + 1 / 1:9), first_two = log10(1 + 1 / 10:99),
            second = sapply(0:9, function(d) sum(log10(1 + 1 / (10 * 1:9 + d)))))
for (name in c("amounts", "invented")) for (kind in names(law)) {
  x <- sets[[name]]; x <- x[x != 0]
  d <- vapply(x, digits, 1L, n = if (kind == "first") 1 else 2)
  count <- switch(kind, first = tabulate(d, 9), first_two = tabulate(d - 9L, 90), second = tabulate(d %% 10 + 1L, 10))
  p <- law[[kind]]; n <- sum(count); q <- count / n
  test <- chisq.test(count, p = p)
  say(name, "benford", kind, "chi_square", test$statistic)
  say(name, "benford", kind, "p_value", test$p.value)
  say(name, "benford", kind, "mad", mean(abs(q - p)))
  say(name, "benford", kind, "distance", max(abs(cumsum(q - p))))
  fix <- ifelse(abs(q - p) > 1 / (2 * n), 1 / (2 * n), 0)
  z <- (abs(q - p) - fix) / sqrt(p * (1 - p) / n)
  for (i in seq_along(z)) say(name, "benford", kind, paste0("z", i - 1), z[i])
}

# last digits
last <- function(name, method, decimals, cells) {
  units <- round(abs(sets[[name]]) * 10^decimals)
  count <- tabulate(units %% cells + 1, cells)
  test <- chisq.test(count)
  say(name, method, decimals, "chi_square", test$statistic)
  say(name, method, decimals, "p_value", test$p.value)
  marked <- sum(if (cells == 10) count[c(1, 6)] else count[1 + 11 * 0:9])
  p <- if (cells == 10) 0.2 else 0.1; n <- sum(count)
  say(name, method, decimals, "marked", marked)
  say(name, method, decimals, "marked_p_value",
      min(1, 2 * pbinom(marked, n, p), 2 * pbinom(marked - 1, n, p, lower.tail = FALSE)))
}
last("readings", "last_digit", 1, 10); last("heaped", "last_digit", 0, 10)
last("amounts", "last_digit", 2, 10); last("amounts", "last_pair", 2, 100); last("invented", "last_pair", 0, 100)

# heaping
for (base in c(10, 50)) {
  units <- round(sets$heaped); x <- sum(units %% base == 0); n <- length(units)
  say("heaped", "round", base, "round", x)
  say("heaped", "round", base, "p_value", binom.test(x, n, 1 / base, alternative = "greater")$p.value)
}
ages <- abs(round(sets$heaped)) %% 90
first <- sapply(0:9, function(d) sum(ages >= 10 & ages %% 10 == d))
second <- sapply(0:9, function(d) sum(ages >= 20 & ages %% 10 == d))
blended <- (1:10) * first + (9:0) * second
say("heaped", "myers", "mod90", "index", sum(abs(100 * blended / sum(blended) - 10)) / 2)

# a jump at a threshold: McCrary (2008) with lm()
jump <- function(name, c0, b = NULL, h = NULL) {
  x <- sets[[name]]; n <- length(x); option <- paste(c0, b, h, sep = "_")
  if (is.null(b)) b <- 2 * sd(x) / sqrt(n)
  k <- floor((x - c0) / b)
  grid <- min(k):max(k); mid <- (grid + 0.5) * b; y <- as.numeric(table(factor(k, grid))) / (n * b)
  rule <- function(side) {
    m <- abs(mid[side]); fit <- lm(y[side] ~ m + I(m^2) + I(m^3) + I(m^4)); co <- coef(fit)
    bend <- 2 * co[3] + 6 * co[4] * m + 12 * co[5] * m^2
    3.348 * (sum(resid(fit)^2) / fit$df.residual * max(m) / sum(bend^2))^0.2
  }
  if (is.null(h)) h <- (rule(grid < 0) + rule(grid >= 0)) / 2
  at <- function(side) {
    w <- pmax(0, 1 - abs(mid) / h) * side
    unname(coef(lm(y ~ mid, weights = w, subset = w > 0))[1])
  }
  lo <- at(grid < 0); hi <- at(grid >= 0); theta <- log(hi) - log(lo)
  se <- sqrt(24 / 5 / (n * h) * (1 / hi + 1 / lo))
  say(name, "jump", option, "bin", b); say(name, "jump", option, "bandwidth", h)
  say(name, "jump", option, "log_ratio", theta); say(name, "jump", option, "standard_error", se)
  say(name, "jump", option, "p_value", 2 * pnorm(-abs(theta / se)))
}
jump("rates", 95); jump("rates", 94.5, 0.1); jump("rates", 95, 0.2, 1.5); jump("amounts", 300, 10, 150)

# smoothness
events <- c(101, 98, 104, 100, 97, 99, 103, 100); days <- c(31, 28, 31, 30, 31, 30, 31, 31)
test <- chisq.test(events, p = days / sum(days))
say("-", "counts", "", "chi_square", test$statistic)
say("-", "counts", "", "smooth", pchisq(test$statistic, 7)); say("-", "counts", "", "rough", test$p.value)
x <- c(48, 47, 45, 46, 48, 47); n <- c(52, 50, 49, 50, 53, 50)
test <- prop.test(x, n, correct = FALSE)
say("-", "rates", "", "chi_square", test$statistic); say("-", "rates", "", "smooth", pchisq(test$statistic, 5))
orders <- function(v) if (length(v) <= 1) list(v) else
  do.call(c, lapply(seq_along(v), function(i) lapply(orders(v[-i]), function(rest) c(v[i], rest))))
for (name in c("short", "series", "long")) {
  r <- rank(sets[[name]]); n <- length(r); nm <- sum(diff(r)^2); rvn <- nm / sum((r - mean(r))^2)
  v <- 4 * (n - 2) * (5 * n^2 - 2 * n - 9) / (5 * n * (n + 1) * (n - 1)^2)
  say(name, "ratio", "", "ratio", rvn); say(name, "ratio", "", "z", (rvn - 2) / sqrt(v))
  if (n < 10) {
    all <- vapply(orders(r), function(o) sum(diff(o)^2), 1)
    say(name, "ratio", "exact", "smooth", mean(all <= nm)); say(name, "ratio", "exact", "rough", mean(all >= nm))
  } else if (n <= 100) {
    b <- 5 * n * (n + 1) * (n - 1)^2 / (2 * (n - 2) * (5 * n^2 - 2 * n - 9)) - 0.5
    say(name, "ratio", "beta", "smooth", pbeta(rvn / 4, b, b))
    say(name, "ratio", "beta", "rough", pbeta(rvn / 4, b, b, lower.tail = FALSE))
  } else {
    say(name, "ratio", "normal", "smooth", pnorm((rvn - 2) / sqrt(v)))
    say(name, "ratio", "normal", "rough", pnorm((rvn - 2) / sqrt(v), lower.tail = FALSE))
  }
}

# outliers
for (name in c("amounts", "readings", "heaped", "skewed", "skewed2", "left", "tied", "series", "rosner")) {
  x <- sets[[name]]
  say(name, "medcouple", "mean", "mc", mc(x, doReflect = TRUE))
  say(name, "medcouple", "lower", "mc", mc(x, doReflect = FALSE))
  say(name, "medcouple", "like_r", "mc", mc(x))
  for (k in c(1.5, 3)) {
    box <- boxplot.stats(x, k); hinge <- fivenum(x)
    say(name, "tukey", paste0("hinges_", k), "low", hinge[2] - k * (hinge[4] - hinge[2]))
    say(name, "tukey", paste0("hinges_", k), "high", hinge[4] + k * (hinge[4] - hinge[2]))
    say(name, "tukey", paste0("hinges_", k), "flagged", length(box$out))
    q <- quantile(x, c(0.25, 0.75), names = FALSE)
    say(name, "tukey", paste0("type7_", k), "low", q[1] - k * diff(q))
    say(name, "tukey", paste0("type7_", k), "high", q[2] + k * diff(q))
    adjusted <- adjboxStats(x, coef = k)
    say(name, "adjusted", k, "low", adjusted$fence[1]); say(name, "adjusted", k, "high", adjusted$fence[2])
    say(name, "adjusted", k, "flagged", length(adjusted$out))
  }
  m <- mad(x, constant = 1)
  say(name, "mad", 3.5, "low", median(x) - 3.5 * m / 0.6745); say(name, "mad", 3.5, "high", median(x) + 3.5 * m / 0.6745)
  say(name, "mad", 3.5, "flagged", sum(abs(x - median(x)) * 0.6745 / m > 3.5))
}
for (name in c("rosner", "skewed", "series")) for (alpha in c(0.05, 0.01)) {
  x <- sets[[name]]; n <- length(x); last <- 0
  for (i in 1:10) {
    far <- which.max(abs(x - mean(x))); r <- abs(x[far] - mean(x)) / sd(x)
    p <- 1 - alpha / (2 * (n - i + 1)); t <- qt(p, n - i - 1)
    l <- t * (n - i) / sqrt((n - i - 1 + t^2) * (n - i + 1))
    say(name, "esd", alpha, paste0("r", i), r); say(name, "esd", alpha, paste0("l", i), l)
    if (r > l) last <- i
    x <- x[-far]
  }
  say(name, "esd", alpha, "outliers", last)
}
for (name in c("series", "long")) for (half in c(2, 5)) {
  x <- sets[[name]]; n <- length(x)
  for (ends in c("shorten", "leave")) {
    flagged <- which(sapply(seq_len(n), function(i) {
      if (ends == "leave" && (i <= half || i > n - half)) return(FALSE)
      w <- x[max(1, i - half):min(n, i + half)]
      abs(x[i] - median(w)) > 3 * mad(w, constant = 1.4826)
    }))
    say(name, "hampel", paste(half, ends, sep = "_"), "flagged", length(flagged))
    say(name, "hampel", paste(half, ends, sep = "_"), "rows", sum(flagged - 1))
  }
}
# the law of the distance for nine digits, ten digits and ninety: 400,000 bridges each, to about 0.001
for (kind in names(law)) {
  t <- cumsum(law[[kind]]); t <- t[-length(t)]; steps <- diff(c(0, t, 1))
  walk <- matrix(rnorm(length(steps) * 4e5) * sqrt(steps), length(steps))
  walk <- apply(walk, 2, cumsum)
  top <- apply(abs(walk[seq_along(t), ] - outer(t, walk[length(steps), ])), 2, max)
  for (c0 in c(0.6, 0.9, 1.148, 1.358)) say("-", "bridge", kind, c0, mean(top > c0))
}
write.csv(do.call(rbind, out), "r_truth.csv", row.names = FALSE, quote = FALSE)
