# Reference values for `acceptance`, by other ways than the crate's: every outcome of every stage is enumerated, plans
# are sought by counting up. R 4.2.2, base only. Run in this folder: Rscript make_acceptance.R
options(digits = 17)
write <- function(table, name) write.csv(table, name, row.names = FALSE, quote = FALSE, na = "")

# --- operating characteristics of staged plans -------------------------------------------------------------------
plans <- list(
  c1  = list(n = 50, c = 2, r = 3),
  d1  = list(n = c(20, 20), c = c(0, 3), r = c(3, 4)),
  d2  = list(n = c(13, 26), c = c(1, 4), r = c(3, 5)),
  m5  = list(n = rep(8, 5), c = c(-1, 0, 1, 2, 4), r = c(3, 3, 4, 5, 5)),
  m7  = list(n = rep(5, 7), c = c(-1, -1, 0, 0, 1, 1, 2), r = c(2, 2, 2, 3, 3, 3, 3))
)
oc <- function(plan, p, type, N) {
  k <- length(plan$n)
  accept <- asn <- 0
  walk <- function(stage, found, prob) {
    asn <<- asn + prob * plan$n[stage]
    left <- N - sum(plan$n[seq_len(stage - 1)]); bad <- round(N * p) - found
    for (x in 0:(plan$r[stage] - 1 - found)) {
      if (x < 0) next
      q <- switch(type,
        binomial = dbinom(x, plan$n[stage], p), poisson = dpois(x, plan$n[stage] * p),
        hypergeometric = if (bad < 0) 0 else dhyper(x, bad, left - bad, plan$n[stage]))
      total <- found + x
      if (total <= plan$c[stage]) accept <<- accept + prob * q
      else if (total < plan$r[stage]) walk(stage + 1, total, prob * q)
    }
  }
  walk(1, 0, 1)
  c(accept, asn)
}
rows <- NULL
for (name in names(plans)) for (type in c("binomial", "poisson", "hypergeometric"))
  for (N in if (type == "hypergeometric") c(60, 1200) else NA) for (p in c(0, .01, .05, .1, .2, .4)) {
    plan <- plans[[name]]
    it <- oc(plan, p, type, N)
    rows <- rbind(rows, data.frame(n = paste(plan$n, collapse = ";"), c = paste(plan$c, collapse = ";"),
      r = paste(plan$r, collapse = ";"), type = type, lot = N, p = sprintf("%.17g", p),
      accept = sprintf("%.17g", it[1]), asn = sprintf("%.17g", it[2])))
  }
write(rows, "r_characteristic.csv")

# --- plans for two risk points, as AcceptanceSampling 1.0-8 and later seek them -----------------------------------
find <- function(p1, a1, p2, a2, at_most) {
  c <- 0; n <- 1
  repeat {
    if (at_most(c, n, p2) > a2) n <- n + 1
    else if (at_most(c, n, p1) < a1) c <- c + 1
    else return(c(n, c))
  }
}
unknown <- function(p1, a1, p2, a2) {
  k_of <- function(n) uniroot(function(k) pt(k * sqrt(n), n - 1, -qnorm(p1) * sqrt(n)) - (1 - a1), c(0, 1000))$root
  n <- 2
  repeat {
    k <- k_of(n)
    if (1 - pt(k * sqrt(n), n - 1, -qnorm(p2) * sqrt(n)) <= a2) return(c(n, k))
    n <- n + 1
  }
}
rows <- NULL
add <- function(p1, a1, p2, a2, type, lot, n, c, k)
  rows <<- rbind(rows, data.frame(p1, a1, p2, a2, type, lot, n, c, k = if (is.na(k)) NA else sprintf("%.17g", k)))
suppressWarnings(for (p in list(c(.001, .01), c(.01, .02), c(.01, .06), c(.02, .05), c(.05, .15), c(.1, .4), c(.004, .3)))
  for (a in list(c(.95, .1), c(.99, .05), c(.9, .2))) {
    it <- find(p[1], a[1], p[2], a[2], function(c, n, p) pbinom(c, n, p)); add(p[1], a[1], p[2], a[2], "binomial", NA, it[1], it[2], NA)
    it <- find(p[1], a[1], p[2], a[2], function(c, n, p) ppois(c, n * p)); add(p[1], a[1], p[2], a[2], "poisson", NA, it[1], it[2], NA)
    for (N in c(800, 5000)) if (!(N == 800 && p[1] == .001)) {
      it <- find(p[1], a[1], p[2], a[2], function(c, n, p) phyper(c, p * N, N - p * N, n))
      add(p[1], a[1], p[2], a[2], "hypergeometric", N, it[1], it[2], NA)
    }
    n <- ceiling(((qnorm(1 - a[1]) + qnorm(a[2])) / (qnorm(p[2]) - qnorm(p[1])))^2)
    add(p[1], a[1], p[2], a[2], "known", NA, n, NA, qnorm(1 - a[1]) / sqrt(n) - qnorm(p[1]))
    # uniroot finds no change of sign where pt gives up for large arguments: R has no plan then
    it <- tryCatch(unknown(p[1], a[1], p[2], a[2]), error = function(e) NULL)
    if (is.null(it)) message("R fails: ", paste(p, a, collapse = " "))
    else add(p[1], a[1], p[2], a[2], "unknown", NA, it[1], NA, it[2])
  })
write(rows, "r_find_plan.csv")

# --- variables plans ----------------------------------------------------------------------------------------------
rows <- NULL
for (n in c(2, 5, 20, 60)) for (k in c(.5, 1.5, 2.2)) for (p in c(.001, .02, .1, .3)) {
  known <- pnorm((k + qnorm(p)) * sqrt(n), lower.tail = FALSE)
  # pt loses digits where its tail is small: the mean over the deviation s (with chi = s sqrt(n - 1)) has them
  f <- function(chi) pnorm(-qnorm(p) * sqrt(n) - k * sqrt(n) * chi / sqrt(n - 1)) * 2 * chi * dchisq(chi^2, n - 1)
  ends <- seq(0, sqrt(n) + 9, length.out = 41)
  unknown <- sum(sapply(1:40, function(i) integrate(f, ends[i], ends[i + 1], rel.tol = 1e-12, abs.tol = 0)$value))
  rows <- rbind(rows, data.frame(n, k, p, known = sprintf("%.17g", known), unknown = sprintf("%.17g", unknown)))
}
write(rows, "r_variables.csv")
