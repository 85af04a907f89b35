# Reference figures for the survey tests: R survey 4.1.1 over a made-up sample.
#
#   Rscript make_survey.R
#
# survey_input.csv     the sample: strata, clusters, units, populations, weights, values
# r_survey.csv         design, statistic and place, then what R answers (blank: R says NA, NaN or nothing)
# r_survey_weights.csv weights after tying to totals, and replicate weights

suppressMessages(library(survey))
set.seed(20240607)
options(digits = 17, survey.lonely.psu = "fail", warn = -1)

# ---- the sample: 5 strata, 4 to 7 clusters each, 2 to 5 units each, 1 to 3 rows each
rows <- list(); c <- 0; u <- 0
for (s in 1:5) {
  n1 <- c(4, 5, 6, 7, 4)[s]; N1 <- c(20, 31, 18, 60, 9)[s]
  for (k in 1:n1) {
    c <- c + 1
    n2 <- 2 + (c * 7) %% 4; N2 <- n2 + (c * 5) %% 9
    effect <- rnorm(1, 0, 4)
    for (m in 1:n2) {
      u <- u + 1
      for (r in seq_len(1 + (u * 5) %% 3)) {
        x <- 20 + 3 * s + rexp(1, 1 / 10)
        rows[[length(rows) + 1]] <- data.frame(s = s, c = c, u = u, N1 = N1, N2 = N2, x = round(x, 2),
          y = round(30 + 1.4 * x + effect + rnorm(1, 0, 9), 1))
      }
    }
  }
}
a <- do.call(rbind, rows)
n <- nrow(a)
a$f1 <- ave(a$c, a$s, FUN = function(v) length(unique(v))) / a$N1
a$f2 <- ave(a$u, a$c, FUN = function(v) length(unique(v))) / a$N2
a$w <- round(1 / (a$f1 * a$f2) * runif(n, 0.7, 1.6), 3)
a$t <- 1 + a$u %% 2                                  # strata of the second stage
a$N2t <- ave(a$u, a$c, a$t, FUN = function(v) length(unique(v))) + 2 + a$c %% 3
a$lone <- ifelse(a$c <= 1, 9, a$s)                   # stratum 9 has one cluster
a$g <- sample(c("p", "q", "r"), n, TRUE, c(.5, .3, .2))
a$h <- ifelse(runif(n) < ifelse(a$g == "p", .35, .6), "no", "yes")
a$hm <- ifelse(runif(n) < .06, NA, a$h)
a$e <- as.numeric(a$y + rnorm(n, 0, 8) > 92)
a$z <- ifelse(runif(n) < .08, NA, a$y + 10)
a$d <- paste0("d", 1 + (a$c * 3 + a$u) %% 4)
a$pi <- round(0.05 + 0.9 * (a$x - min(a$x)) / (max(a$x) - min(a$x)), 4)   # one-stage probabilities
a$pc <- round(0.1 + 0.8 * (a$c * 37 %% 19) / 500, 4)                      # cluster probabilities
a$v <- round(1 + a$x / 20, 3)
a$row <- seq_len(n)
write.csv(a, "survey_input.csv", row.names = FALSE, na = "", quote = FALSE)

# ---- output
out <- list(); weights_out <- list()
put <- function(design, stat, variable, place, ...) {
  v <- list(...)
  cols <- c("estimate", "se", "df", "low", "high", "deff", "deff_replace")
  row <- data.frame(design = design, stat = stat, variable = variable, place = place)
  for (k in cols) row[[k]] <- if (is.null(v[[k]])) NA else as.numeric(v[[k]])[1]
  out[[length(out) + 1]] <<- row
}
keep <- function(name, w) weights_out[[length(weights_out) + 1]] <<-
  data.frame(design = name, row = seq_along(w), weight = as.numeric(w))
one <- function(name, d, stat, variable, place, f) {
  o <- try(f(deff = TRUE), silent = TRUE)
  if (inherits(o, "try-error")) { put(name, stat, variable, place); return(invisible()) }
  r <- try(f(deff = "replace"), silent = TRUE)
  df <- degf(d)
  ci <- try(confint(o, df = df), silent = TRUE)
  put(name, stat, variable, place, estimate = coef(o), se = SE(o), df = df,
    low = if (inherits(ci, "try-error")) NA else ci[1], high = if (inherits(ci, "try-error")) NA else ci[2],
    deff = if (stat == "ratio") NULL else deff(o), deff_replace = if (stat == "ratio") NULL else deff(r))
}
basic <- function(name, d, domains = c("d1", "d3")) {
  for (place in c("", domains)) {
    dd <- if (place == "") d else subset(d, d == place)
    one(name, dd, "mean", "y", place, function(deff) svymean(~y, dd, deff = deff))
    one(name, dd, "total", "y", place, function(deff) svytotal(~y, dd, deff = deff))
    one(name, dd, "mean", "z", place, function(deff) svymean(~z, dd, na.rm = TRUE, deff = deff))
    one(name, dd, "total", "z", place, function(deff) svytotal(~z, dd, na.rm = TRUE, deff = deff))
    one(name, dd, "ratio", "y/x", place, function(deff) svyratio(~y, ~x, dd))
    one(name, dd, "ratio", "z/x", place, function(deff) svyratio(~z, ~x, dd, na.rm = TRUE))
    one(name, dd, "mean", "e", place, function(deff) svymean(~e, dd, deff = deff))
  }
}

D <- list(
  two_stage = svydesign(id = ~c + u, strata = ~s, fpc = ~N1 + N2, data = a),
  weighted = svydesign(id = ~c, strata = ~s, weights = ~w, data = a),
  weighted_fpc = svydesign(id = ~c, strata = ~s, weights = ~w, fpc = ~N1, data = a),
  fractions = svydesign(id = ~c + u, strata = ~s, fpc = ~f1 + f2, data = a),
  clusters = svydesign(id = ~c, weights = ~w, data = a),
  simple = svydesign(id = ~1, weights = ~w, data = a),
  strata_only = svydesign(id = ~1, strata = ~s, weights = ~w, data = a),
  replaced = svydesign(id = ~c + u, strata = ~s, weights = ~w, data = a),
  strata_below = svydesign(id = ~c + u, strata = ~s + t, weights = ~w, fpc = ~N1 + N2t, data = a),
  pps = svydesign(id = ~1, fpc = ~pi, data = a, pps = "brewer"),
  pps_clusters = svydesign(id = ~c, strata = ~s, fpc = ~pc, data = a, pps = "brewer"),
  pps_two_stage = svydesign(id = ~c + u, strata = ~s, fpc = ~pc + f2, data = a, pps = "brewer"))
for (name in names(D)[1:8]) basic(name, D[[name]])
options(survey.lonely.psu = "adjust"); basic("strata_below", D$strata_below); options(survey.lonely.psu = "fail")
for (name in names(D)[10:12]) basic(name, D[[name]])
options(survey.ultimate.cluster = TRUE); basic("ultimate", D$two_stage); options(survey.ultimate.cluster = FALSE)

lonely <- svydesign(id = ~c, strata = ~lone, weights = ~w, data = a)
for (how in c("remove", "certainty", "adjust", "average")) {
  options(survey.lonely.psu = how)
  basic(paste0("lonely_", how), lonely)
  options(survey.adjust.domain.lonely = TRUE)
  few <- subset(lonely, c %in% c(1, 2, 5, 6, 9, 12, 13, 16))
  for (place in "few") {
    one(paste0("domain_lonely_", how), few, "mean", "y", place, function(deff) svymean(~y, few, deff = deff))
    one(paste0("domain_lonely_", how), few, "total", "y", place, function(deff) svytotal(~y, few, deff = deff))
  }
  options(survey.adjust.domain.lonely = FALSE)
}
options(survey.lonely.psu = "fail")

# ---- shares
for (name in c("two_stage", "weighted", "pps_clusters")) for (place in c("", "d1", "d3")) {
  dd <- if (place == "") D[[name]] else subset(D[[name]], d == place)
  for (m in c("logit", "likelihood", "asin", "beta", "mean", "xlogit")) for (level in c(.95, .8)) {
    o <- svyciprop(~I(e == 1), dd, method = m, level = level)
    put(name, paste("share", m, level), "e", place, estimate = coef(o), se = SE(o), df = degf(dd),
      low = confint(o)[1], high = confint(o)[2])
  }
}

# ---- quantiles
for (name in c("two_stage", "weighted")) for (place in c("", "d3")) {
  dd <- if (place == "") D[[name]] else subset(D[[name]], d == place)
  for (rule in c("math", "school", "hf1", "hf2", "hf3", "hf4", "hf5", "hf6", "hf7", "hf8", "hf9"))
    for (p in c(if (place == "") .1 else .4, .25, .5, .9)) {
      o <- svyquantile(~z, dd, p, qrule = rule, na.rm = TRUE)$z
      put(name, paste("quantile", rule, "mean", p), "z", place, estimate = o[1], low = o[2], high = o[3], se = o[4])
    }
  for (type in c("beta", "xlogit", "asin")) for (p in c(.25, .5)) {
    o <- svyquantile(~y, dd, p, interval.type = type, alpha = .1)$y
    put(name, paste("quantile math", type, p), "y", place, estimate = o[1], low = o[2], high = o[3], se = o[4])
  }
}

# ---- association
for (name in c("two_stage", "weighted", "clusters", "simple")) for (place in c("", "d1")) {
  dd <- if (place == "") D[[name]] else subset(D[[name]], d == place)
  for (variable in c("h", "hm")) for (stat in c("F", "Chisq", "Wald", "adjWald")) {
    o <- svychisq(as.formula(paste("~g +", variable)), dd, statistic = stat)
    put(name, paste("test", stat), variable, place, estimate = o$statistic, se = o$p.value,
      df = o$parameter[1], low = if (length(o$parameter) > 1) o$parameter[2] else NA)
  }
}

# ---- known totals
pop_g <- data.frame(g = c("p", "q", "r"), Freq = c(1220, 690, 440))
pop_h <- data.frame(h = c("no", "yes"), Freq = c(1010, 1340))
W <- D$weighted; T2 <- D$two_stage
totals <- c(`(Intercept)` = 2350, gq = 690, gr = 440, x = 94000)
tied <- list(
  post = postStratify(W, ~g, pop_g),
  post_two_stage = postStratify(T2, ~g, pop_g),
  rake = rake(W, list(~g, ~h), list(pop_g, pop_h)),
  rake_fine = rake(T2, list(~g, ~h), list(pop_g, pop_h), control = list(maxit = 40, epsilon = 1e-9)),
  linear = calibrate(W, ~g + x, totals),
  linear_two_stage = calibrate(T2, ~g + x, totals),
  linear_bounded = calibrate(W, ~g + x, totals, bounds = c(.8, 1.45)),
  linear_variance = calibrate(W, ~g + x, totals, variance = a$v),
  linear_clusters = calibrate(W, ~g + x, totals, aggregate.stage = 1),
  raking = calibrate(W, ~g + x, totals, calfun = "raking"),
  raking_bounded = calibrate(W, ~g + x, totals, calfun = "raking", bounds = c(.8, 1.45)),
  raking_variance = calibrate(W, ~g + x, totals, calfun = "raking", variance = a$v),
  raking_clusters = calibrate(W, ~g + x, totals, calfun = "raking", aggregate.stage = 1),
  logit = calibrate(W, ~g + x, totals, calfun = "logit", bounds = c(.7, 1.7)),
  weights_bounded = calibrate(W, ~g + x, totals, bounds = list(lower = 1, upper = 26), bounds.const = TRUE),
  scaled_up = calibrate(svydesign(id = ~c, strata = ~s, data = a, weights = ~I(w / 100)), ~g + x, totals,
    calfun = "raking"),
  trimmed = calibrate(W, ~g + x, totals, calfun = "raking", trim = c(.9, 1.4)),
  twice = calibrate(postStratify(W, ~h, pop_h), ~x, c(`(Intercept)` = 2350, x = 94000)))
for (name in names(tied)) {
  basic(name, tied[[name]], "d3")
  keep(name, weights(tied[[name]]))
}
for (m in c("logit", "likelihood", "xlogit", "asin")) {
  o <- svyciprop(~I(e == 1), tied$post, method = m)
  put("post", paste("share", m, .95), "e", "", estimate = coef(o), se = SE(o), df = degf(tied$post),
    low = confint(o)[1], high = confint(o)[2])
}
o <- svyciprop(~I(e == 1), subset(tied$post, d == "d3"), method = "logit")
put("post", "share logit 0.95", "e", "d3", estimate = coef(o), se = SE(o), df = degf(subset(tied$post, d == "d3")), low = confint(o)[1], high = confint(o)[2])
o <- svyquantile(~y, tied$post, .5)$y
put("post", "quantile math mean 0.5", "y", "", estimate = o[1], low = o[2], high = o[3], se = o[4])

# ---- replicates
R <- list(
  jk1 = as.svrepdesign(D$clusters),
  jkn = as.svrepdesign(W),
  jkn_fpc = as.svrepdesign(D$weighted_fpc),
  jkn_mse = as.svrepdesign(W, mse = TRUE))
for (how in c("remove", "adjust", "average")) {
  options(survey.lonely.psu = how)
  R[[paste0("jkn_lonely_", how)]] <- as.svrepdesign(lonely)
}
options(survey.lonely.psu = "fail")
boot <- as.svrepdesign(W, type = "bootstrap", replicates = 12, compress = FALSE)
R$given <- boot
for (r in 1:12) keep(paste0("given_", r), as.matrix(boot$repweights)[, r])
cat("given scale", boot$scale, "\n")
R$jkn_post <- postStratify(R$jkn, ~g, pop_g)
R$jkn_rake <- rake(R$jkn, list(~g, ~h), list(pop_g, pop_h))
R$jkn_linear <- calibrate(R$jkn, ~g + x, totals)
R$jkn_raking <- calibrate(R$jkn, ~g + x, totals, calfun = "raking", compress = FALSE)
for (name in names(R)) {
  basic(name, R[[name]], "d3")
  if (name %in% c("jk1", "jkn", "given")) {
    dd <- R[[name]]
    for (p in c(.25, .5)) {
      o <- svyquantile(~y, dd, p)$y
      put(name, paste("quantile math mean", p), "y", "", estimate = o[1], low = o[2], high = o[3], se = o[4])
      o <- svyquantile(~y, dd, p, interval.type = "quantile")$y
      put(name, paste("quantile math replicates", p), "y", "", estimate = o[1], low = o[2], high = o[3], se = o[4])
    }
  }
}

full <- function(x) ifelse(is.finite(x), sprintf("%.17g", x), "")
all <- do.call(rbind, out)
for (k in 5:ncol(all)) all[[k]] <- full(all[[k]])
write.csv(all, "r_survey.csv", row.names = FALSE, quote = FALSE)
w <- do.call(rbind, weights_out); w$weight <- full(w$weight)
write.csv(w, "r_survey_weights.csv", row.names = FALSE, quote = FALSE)
cat(nrow(a), "rows,", nrow(all), "figures,", nrow(w), "weights\n")
