# Reference figures for the small-area tests: other programs than R sae, and formulas written out.
#
#   Rscript make_small_area.R
#
# corn.csv, corn_means.csv: Battese, Harter and Fuller (1988), JASA 83:28-36, table 1 (the published data).
# area_input.csv           made-up areas
# r_area.csv               metafor::rma (REML, ML, Paule-Mandel) and mean squared errors by the papers' formulas
# r_unit.csv               lme4::lmer and the predictions of Battese, Harter and Fuller

suppressMessages({library(metafor); library(lme4)})
options(digits = 17, warn = -1)
full <- function(x) ifelse(is.finite(x), sprintf("%.17g", x), "")

# ---- areas
set.seed(1979)
m <- 30
x1 <- round(runif(m, 1, 9), 2); x2 <- round(rexp(m), 3)
psi <- round(runif(m, .3, 4), 3)
a <- data.frame(x1, x2, psi, y = round(3 + 1.5 * x1 - 2 * x2 + rnorm(m, 0, 1.2) + rnorm(m, 0, sqrt(psi)), 2))
a$small <- round(3 + 1.5 * x1 - 2 * x2 + rnorm(m, 0, sqrt(psi / 9)), 2)   # nothing between areas
a$y_some <- ifelse(seq_len(m) %in% c(4, 17, 30), NA, a$y)                 # areas without a sample
write.csv(a, "area_input.csv", row.names = FALSE, na = "", quote = FALSE)

out <- list()
put <- function(case, method, what, index, value) out[[length(out) + 1]] <<-
  data.frame(case, method, what, index, value = full(as.numeric(value)))
area <- function(case, y, X, psi, method) {
  has <- !is.na(y)
  fit <- rma(y[has], psi[has], mods = X[has, , drop = FALSE], intercept = FALSE,
    method = c(REML = "REML", ML = "ML", FH = "PM")[[method]],
    control = list(threshold = 1e-13, maxiter = 10000, tol = 1e-13, stepadj = 1))
  A <- fit$tau2
  V <- A + psi[has]; Xs <- X[has, , drop = FALSE]; ys <- y[has]
  Q <- solve(t(Xs) %*% (Xs / V)); beta <- Q %*% t(Xs) %*% (ys / V)
  B <- psi[has] / V
  varA <- if (method == "FH") 2 * length(V) / sum(1 / V)^2 else 2 / sum(1 / V^2)
  bias <- switch(method, REML = 0, ML = -sum(diag(Q %*% t(Xs) %*% (Xs / V^2))) / sum(1 / V^2),
    FH = 2 * (length(V) * sum(1 / V^2) - sum(1 / V)^2) / sum(1 / V)^3)
  q <- rowSums((X %*% Q) * X)
  est <- drop(X %*% beta); mse <- A + q
  est[has] <- est[has] + (1 - B) * (ys - est[has])
  mse[has] <- A * B + B^2 * q[has] + 2 * B^2 * varA / V - bias * B^2
  ll <- -.5 * sum(log(2 * pi * V) + (ys - Xs %*% beta)^2 / V)
  put(case, method, "between", 0, A)
  for (j in seq_along(beta)) { put(case, method, "beta", j, beta[j]); put(case, method, "se", j, sqrt(Q[j, j])) }
  for (d in seq_along(est)) { put(case, method, "estimate", d, est[d]); put(case, method, "mse", d, mse[d]) }
  put(case, method, "loglik", 0, ll)
}
X <- cbind(1, a$x1, a$x2)
for (method in c("REML", "ML", "FH")) {
  area("plain", a$y, X, a$psi, method)
  area("some", a$y_some, X, a$psi, method)
  area("mean", a$y, X[, 1, drop = FALSE], a$psi, method)
  area("small", a$small, X, a$psi, method)
}
write.csv(do.call(rbind, out), "r_area.csv", row.names = FALSE, quote = FALSE)

# ---- units
corn <- read.csv("corn.csv"); means <- read.csv("corn_means.csv")
out <- list()
unit <- function(case, y, data, method) {
  data$y <- data[[y]]
  fit <- lmer(y ~ corn_pixels + soybean_pixels + (1 | county), data, REML = method == "REML",
    control = lmerControl(optimizer = "bobyqa", optCtrl = list(rhoend = 1e-14, maxfun = 1e5)))
  beta <- fixef(fit); s2u <- as.numeric(VarCorr(fit)); s2e <- sigma(fit)^2
  put(case, method, "between", 0, s2u); put(case, method, "error", 0, s2e)
  put(case, method, "loglik", 0, logLik(fit))
  for (j in 1:3) { put(case, method, "beta", j, beta[j]); put(case, method, "se", j, sqrt(diag(as.matrix(vcov(fit))))[j]) }
  u <- ranef(fit)$county
  for (d in 1:12) {
    rows <- data$county == d; X <- c(1, means$corn_pixels[d], means$soybean_pixels[d])
    f <- sum(rows) / means$segments[d]
    est <- if (any(rows)) {
      xs <- c(1, mean(data$corn_pixels[rows]), mean(data$soybean_pixels[rows]))
      f * mean(data$y[rows]) + sum((X - f * xs) * beta) + (1 - f) * u[as.character(d), 1]
    } else sum(X * beta)
    put(case, method, "estimate", d, est)
  }
}
for (method in c("REML", "ML")) {
  unit("corn", "corn", corn[-33, ], method)
  unit("all", "corn", corn, method)
  unit("soybeans", "soybeans", corn[-33, ], method)
  unit("not_sampled", "corn", subset(corn[-33, ], !(county %in% c(1, 9))), method)
}
write.csv(do.call(rbind, out), "r_unit.csv", row.names = FALSE, quote = FALSE)
