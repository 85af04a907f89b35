# Reference values for the family early_warning from R's package surveillance (1.20.3), over made-up series.
#   Rscript make_early_warning.R        (writes early_warning_series.csv and early_warning_r.csv here)
suppressMessages(library(surveillance))
suppressMessages(library(MASS))
set.seed(20130701)
options(warn = -1, digits = 17)

weeks <- 425
t <- seq_len(weeks)
day <- as.numeric(as.Date("2006-01-02")) + 7 * (t - 1)
people <- round(1e4 * exp(0.001 * t))
wave <- cos(2 * pi * t / 52.18)
outbreak <- function(x, at, more) { x[at] <- x[at] + more; x }
series <- list(
  seasonal = outbreak(rnbinom(weeks, mu = exp(1.8 + 0.6 * wave), size = 6), c(120:123, 300:303, 410:412), 25),
  rare     = outbreak(rpois(weeks, 0.25 + 0.1 * wave), c(200, 415, 416), c(4, 3, 3)),
  growing  = outbreak(rpois(weeks, exp(3 + 0.004 * t + 0.2 * wave)), c(250:252, 405), 60),
  zeros    = outbreak(rep(0, weeks), 415:425, c(1, 2, 0, 3, 0, 0, 6, 1, 0, 0, 9)),
  gaps     = replace(rpois(weeks, 5 + 2 * wave), c(100, 150:153, 310, 380, 414), NA))
months <- 130
m <- seq_len(months)
monthly <- rnbinom(months, mu = exp(2.5 + 0.003 * m + 0.4 * cos(2 * pi * m / 12)), size = 10)
month_day <- as.numeric(seq(as.Date("2003-01-01"), by = "month", length.out = months))

input <- do.call(rbind, lapply(names(series), function(s)
  data.frame(series = s, t = t, day = day, count = series[[s]], population = people)))
input <- rbind(input, data.frame(series = "monthly", t = m, day = month_day, count = monthly, population = 1))
write.csv(input, "early_warning_series.csv", row.names = FALSE, quote = FALSE, na = "")

make <- function(s, dates) {
  x <- if (s == "monthly") monthly else series[[s]]
  freq <- if (s == "monthly") 12 else 52
  pop <- if (s == "monthly") rep(1, months) else people
  epoch <- if (dates) { if (s == "monthly") month_day else day } else seq_along(x)
  o <- new("sts", epoch = epoch, observed = matrix(x, ncol = 1), freq = freq, start = c(2006, 1), epochAsDate = dates)
  o@populationFrac <- matrix(pop, ncol = 1)
  o
}

out <- NULL
add <- function(call, s, range, bound, alarm, ...) {
  more <- list(...)
  get <- function(n) if (is.null(more[[n]])) NA else as.numeric(more[[n]])
  out <<- rbind(out, data.frame(call = call, series = s, t = range, bound = as.numeric(bound),
    alarm = as.logical(alarm), expected = get("expected"), score = get("score"), p_value = get("p"),
    dispersion = get("phi"), trend = get("trend"), statistic = get("statistic")))
}
last <- function(s) { n <- if (s == "monthly") months else weeks; (n - (if (s == "monthly") 19 else 23)):n }
run <- function(call, s, fun, control, dates = FALSE) {
  control$range <- last(s)
  got <- try(suppressMessages(fun(make(s, dates), control)), silent = TRUE)
  if (inherits(got, "try-error")) { message(call, " ", s, ": ", trimws(got)); return(invisible()) }
  k <- got@control
  if (identical(fun, farringtonFlexible))
    add(call, s, control$range, upperbound(got), got@alarm,
        # the package leaves 0 where the model did not settle
        expected = ifelse(is.na(k$phiVector), NA, k$expected), score = k$score,
        p = k$pvalue, phi = k$phiVector, trend = k$trendVector)
  else add(call, s, control$range, upperbound(got), got@alarm)
}
weekly <- c("seasonal", "rare", "growing", "zeros", "gaps")

flexible <- list(
  flexible_default = list(),
  flexible_noufaily_plugin = list(noPeriods = 10, pastWeeksNotIncluded = 26, thresholdMethod = "nbPlugin", pThresholdTrend = 1, alpha = 0.005),
  flexible_noufaily_muan = list(noPeriods = 10, pastWeeksNotIncluded = 26, thresholdMethod = "muan", alpha = 0.01),
  flexible_none = list(powertrans = "none", reweight = FALSE, limit54 = c(0, 4)),
  flexible_half = list(powertrans = "1/2", weightsThreshold = 1, b = 4, w = 2, noPeriods = 5, limit54 = c(0, 1)),
  flexible_always_trend = list(b = 3, w = 2, noPeriods = 7, pThresholdTrend = 1, limit54 = c(3, 8), alpha = 0.001),
  flexible_two_years = list(b = 2, w = 4, noPeriods = 13, trend = FALSE, thresholdMethod = "nbPlugin", reweight = FALSE, limit54 = c(0, 4)),
  flexible_offset = list(populationOffset = TRUE, noPeriods = 10, thresholdMethod = "delta", limit54 = c(0, 4)),
  flexible_offset_muan = list(populationOffset = TRUE, thresholdMethod = "muan", limit54 = c(0, 4), alpha = 0.02))
for (call in names(flexible)) for (s in weekly) run(call, s, farringtonFlexible, c(flexible[[call]], glmWarnings = FALSE))
# without the series with gaps: if the first week of a baseline is missing, the package predicts a date too early
for (call in names(flexible)[c(1, 2, 3, 6)]) for (s in weekly[1:4])
  run(paste0(call, "_dates"), s, farringtonFlexible, c(flexible[[call]], glmWarnings = FALSE), TRUE)
run("flexible_monthly_dates", "monthly", farringtonFlexible, list(b = 5, w = 1, noPeriods = 4, limit54 = c(0, 4), glmWarnings = FALSE), TRUE)
run("flexible_monthly_steps", "monthly", farringtonFlexible, list(b = 5, w = 1, noPeriods = 4, limit54 = c(0, 4), glmWarnings = FALSE))

classic <- list(
  farrington_default = list(),
  farrington_wide = list(b = 7, w = 5, alpha = 0.01, limit54 = c(0, 4), powertrans = "1/2"),
  farrington_plain = list(b = 3, w = 4, reweight = FALSE, trend = FALSE, alpha = 0.05, limit54 = c(0, 4), powertrans = "none"),
  farrington_offset = list(b = 4, w = 3, limit54 = c(0, 4), alpha = 0.001, fitFun = "algo.farrington.fitGLM.populationOffset"),
  farrington_short = list(b = 9, w = 3, alpha = 0.01, limit54 = c(0, 4)))
for (call in names(classic)) for (s in weekly[1:4]) run(call, s, farrington, classic[[call]])
for (call in names(classic)[c(1, 3)]) for (s in weekly[1:4]) run(paste0(call, "_dates"), s, farrington, classic[[call]], TRUE)
run("farrington_monthly_dates", "monthly", farrington, list(b = 6, w = 1, limit54 = c(0, 4)), TRUE)

for (s in weekly) {
  run("ears_c1", s, earsC, list(method = "C1"))
  run("ears_c2", s, earsC, list(method = "C2", baseline = 10, minSigma = 0.4, alpha = 0.02))
  run("ears_c3", s, earsC, list(method = "C3"))
  run("ears_c3_sigma", s, earsC, list(method = "C3", baseline = 9, minSigma = 0.5, alpha = 0.05))
  run("bayes_1", s, bayes, list(b = 0, w = 6, actY = TRUE, alpha = 0.05))
  run("bayes_2", s, bayes, list(b = 1, w = 6, actY = TRUE, alpha = 0.01))
  run("bayes_3", s, bayes, list(b = 3, w = 4, actY = FALSE, alpha = 0.001))
}
for (s in weekly[1:4]) {
  run("rki_1", s, rki, list(b = 0, w = 6, actY = TRUE))
  run("rki_2", s, rki, list(b = 1, w = 6, actY = TRUE))
  run("rki_3", s, rki, list(b = 2, w = 4, actY = FALSE))
  cdc <- algo.cdc <- surveillance:::algo.cdc
  got <- cdc(list(observed = series[[s]], freq = 52), list(range = last(s), b = 4, m = 2, alpha = 0.05))
  add("historical_limits", s, last(s), got$upperbound, got$alarm, statistic = got$aggr)
}

glm_mean <- function(s) {
  range <- last(s)
  d <- data.frame(y = series[[s]], t = seq_along(series[[s]]))
  list(train = d[d$t < range[1], ], range = range)
}
cusums <- list(standard = list(trans = "standard"), rossi = list(trans = "rossi", k = 0.5, h = 4),
  anscombe = list(trans = "anscombe"), anscombe_second = list(trans = "anscombe2nd"),
  pearson_nb = list(trans = "pearsonNegBin", alpha = 0.15), none = list(trans = "none", k = 9, h = 15),
  season = list(trans = "standard", m = "glm"), known = list(trans = "rossi", m = 7.5, k = 0.8, h = 3))
for (call in names(cusums)) for (s in c("seasonal", "growing")) {
  control <- c(list(range = last(s)), cusums[[call]])
  got <- surveillance:::algo.cusum(list(observed = series[[s]], freq = 52, start = c(2006, 1)), control)
  add(paste0("cusum_", call), s, last(s), got$upperbound, got$alarm, statistic = got$cusum)
}

# Charts that wait (Mtilde > 2) have a threshold out of reach: the package writes beyond its arrays when an alarm leaves
# fewer weeks than Mtilde.
glrs <- list(
  glr_poisson = list(c.ARL = 5, change = "intercept", alpha = 0),
  glr_poisson_wait = list(c.ARL = 1e4, change = "intercept", alpha = 0, Mtilde = 4),
  glr_poisson_window = list(c.ARL = 4, change = "intercept", alpha = 0, M = 6, Mtilde = 2),
  glr_poisson_dec = list(c.ARL = 3, change = "intercept", alpha = 0, dir = "dec"),
  glr_known = list(c.ARL = 4, change = "intercept", alpha = 0, theta = log(1.5)),
  glr_known_nb = list(c.ARL = 3, change = "intercept", alpha = 0.2, theta = log(2)),
  glr_nb = list(c.ARL = 3, change = "intercept", alpha = 0.15),
  glr_nb_window = list(c.ARL = 1e4, change = "intercept", alpha = 0.3, M = 8, Mtilde = 3),
  glr_nb_dec = list(c.ARL = 2, change = "intercept", alpha = 0.15, dir = "dec"))
dp <- function(s) list(observed = series[[s]], freq = 52, start = c(2006, 1))
for (call in names(glrs)) for (s in c("seasonal", "growing", "rare")) {
  if (s == "rare" && !is.null(glrs[[call]]$dir)) next  # the package has no logarithm for runs of zeros
  d <- glm_mean(s)
  # leave the outbreaks out of nobody's mean: the level is given, so that alarms and their absence both occur
  level <- c(seasonal = 8, growing = 95, rare = 0.3)[[s]]
  mu0 <- level * (1 + 0.2 * cos(2 * pi * d$range / 52))
  control <- c(list(range = d$range, mu0 = mu0, ret = "value"), glrs[[call]])
  got <- try(surveillance:::algo.glrnb(dp(s), control), silent = TRUE)
  if (inherits(got, "try-error")) { message(call, " ", s, ": ", trimws(got)); next }
  cases <- rep(NA, length(d$range))
  if (is.null(glrs[[call]]$dir) && (glrs[[call]]$alpha == 0 || !is.null(glrs[[call]]$theta))) {
    control$ret <- "cases"
    seen <- try(surveillance:::algo.glrnb(dp(s), control), silent = TRUE)
    if (inherits(seen, "try-error")) message(call, " ", s, ", cases: ", trimws(seen)) else cases <- seen$upperbound
  }
  add(call, s, d$range, cases, got$alarm, statistic = got$upperbound)
}
# The epidemic alternative by its definition: the package starts each stretch at the estimate of the longer one before,
# and once that is 0 finds nothing any more.
epidemic <- function(x, mu, low, high) {
  best <- 0
  for (k in low:high) {
    i <- k:length(x); before <- c(0, x)[i]
    ratio <- function(l) sum(x[i] * log1p(l * before / mu[i]) - l * before)
    for (top in c(0.5, 2, 20)) best <- max(best, optimize(ratio, c(0, top), maximum = TRUE, tol = 1e-10)$objective)
  }
  best
}
for (s in c("seasonal", "growing", "rare")) {
  d <- glm_mean(s); x <- series[[s]][d$range]
  level <- c(seasonal = 8, growing = 95, rare = 0.3)[[s]]
  mu0 <- level * (1 + 0.2 * cos(2 * pi * d$range / 52))
  all <- sapply(seq_along(x), function(n) epidemic(x[1:n], mu0[1:n], 1, n))
  add("glr_epidemic", s, d$range, NA, FALSE, statistic = all)
  windows <- sapply(seq_along(x), function(n) if (n < 2) 0 else epidemic(x[1:n], mu0[1:n], max(1, n - 5), n - 1))
  add("glr_epidemic_window", s, d$range, NA, FALSE, statistic = windows)
}
season <- list(
  glr_season = list(alpha = 0, mu0 = list(S = 1, trend = TRUE, refit = FALSE)),
  glr_season_refit = list(alpha = 0, mu0 = list(S = 2, trend = FALSE, refit = TRUE)))
for (call in names(season)) {
  s <- "seasonal"
  control <- c(list(range = last(s), c.ARL = 4, ret = "value", change = "intercept"), season[[call]])
  got <- suppressMessages(surveillance:::algo.glrnb(dp(s), control))
  add(call, s, last(s), rep(NA, 24), got$alarm, statistic = got$upperbound, expected = if (call == "glr_season_refit") NA else got$control$mu0)
}

# Negative binomial seasons, fitted until they no longer move: the package's own fits stop about 1e-6 before that.
tight <- glm.control(epsilon = 1e-15, maxit = 1000)
d <- glm_mean("seasonal"); f <- y ~ 1 + cos(2 * pi / 52 * t) + sin(2 * pi / 52 * t)
given <- glm(update(f, . ~ . + t), family = negative.binomial(theta = 5), data = d$train, control = tight)
free <- glm.nb(f, data = d$train, control = tight)
for (call in c("glr_season_nb_given", "glr_season_nb")) {
  m <- if (call == "glr_season_nb") free else given
  alpha <- if (call == "glr_season_nb") 1 / free$theta else 0.2
  mu0 <- as.numeric(predict(m, newdata = data.frame(t = d$range), type = "response"))
  got <- surveillance:::algo.glrnb(dp("seasonal"), list(range = d$range, c.ARL = 4, ret = "value", change = "intercept", alpha = alpha, mu0 = mu0))
  add(call, "seasonal", d$range, rep(NA, 24), got$alarm, statistic = got$upperbound, expected = mu0)
}

# average run lengths: series is mean, k, h; bound is the run length, expected that with a fast start
for (a in list(c(2, 2.5, 5), c(0.5, 1, 3), c(4, 4.5, 8), c(1.2, 1.5, 4.5), c(2.4, 3, 10))) {
  got <- arlCusum(h = a[3], k = a[2], theta = a[1], distr = "poisson")
  add("run_length", paste(a, collapse = " "), 1, got$ARL, NA, expected = got$FIR.ARL)
}
p <- c(0.001, 0.2, 0.04, 0.04, 0.9, 0.0003, 0.013, 1, 0.5)
add("adjusted", "-", seq_along(p), p.adjust(p, "BH"), NA, p = p)
# days as weeks: bound is the ISO year, expected the week
d <- as.Date("2003-12-20") + seq(0, 5200, by = 13)
add("iso_week", "-", as.numeric(d), as.numeric(format(d, "%G")), NA, expected = as.numeric(format(d, "%V")))
for (n in names(out)) if (is.double(out[[n]])) out[[n]] <- signif(out[[n]], 13)
write.csv(out, "early_warning_r.csv", row.names = FALSE, quote = FALSE, na = "")
cat(nrow(out), "rows\n")
