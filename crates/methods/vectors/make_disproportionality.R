# Reference values for the family disproportionality: the formulas of the papers in R 4.2.2, with R's distribution functions.
#   Rscript make_disproportionality.R
options(digits = 17)
set.seed(19990815)
n <- 60
a <- c(0, 1, 1, 3, 400, 25000, rpois(n - 6, exp(runif(n - 6, 0, 6))))
b <- round(exp(runif(n, 0, 9))); c <- round(exp(runif(n, 0, 9))); d <- round(exp(runif(n, 6, 13)))
N <- a + b + c + d; E <- (a + b) * (a + c) / N
ic <- log2((a + .5) / (E + .5))
ic_low <- log2(qgamma(.025, a + .5, E + .5)); ic_high <- log2(qgamma(.975, a + .5, E + .5))
p1 <- 1 + a + b; q1 <- 1 + a + c
pair <- N + (2 + N)^2 / (q1 * p1)
m <- (digamma(1 + a) - digamma(pair) - (digamma(p1) - digamma(N + 2) + digamma(q1) - digamma(N + 2))) / log(2)
v <- (trigamma(1 + a) - trigamma(pair) + trigamma(p1) - trigamma(N + 2) + trigamma(q1) - trigamma(N + 2)) / log(2)^2
g <- (N + 2)^2 / (p1 * q1)
bate <- log2((a + 1) * (N + 2)^2 / ((N + g) * p1 * q1))
bv <- ((N - a + g - 1) / ((a + 1) * (1 + N + g)) + (N - (a + b) + 1) / (p1 * (3 + N)) + (N - (a + c) + 1) / (q1 * (3 + N))) / log(2)^2
priors <- rbind(c(.2, .1, 2, 4, 1 / 3), c(3.25, .4, 2.02, 1.9, .065), c(.16, .037, .99, .85, .13), c(20, 18, .05, .02, .6))
th <- priors[rep(seq_len(4), length.out = n), ]
f1 <- dnbinom(a, th[, 1], th[, 2] / (th[, 2] + E)); f2 <- dnbinom(a, th[, 3], th[, 4] / (th[, 4] + E))
q <- th[, 5] * f1 / (th[, 5] * f1 + (1 - th[, 5]) * f2)
ebgm <- exp(q * (digamma(th[, 1] + a) - log(th[, 2] + E)) + (1 - q) * (digamma(th[, 3] + a) - log(th[, 4] + E)))
F <- function(x, i) q[i] * pgamma(x, th[i, 1] + a[i], th[i, 2] + E[i]) + (1 - q[i]) * pgamma(x, th[i, 3] + a[i], th[i, 4] + E[i])
quant <- function(p) sapply(seq_len(n), function(i)
  exp(uniroot(function(t) log(F(exp(t), i)) - log(p), c(-600, 14), tol = 1e-15, maxiter = 10000)$root))
out <- data.frame(a, b, c, d, a1 = th[, 1], b1 = th[, 2], a2 = th[, 3], b2 = th[, 4], p = th[, 5], ic, ic_low, ic_high,
  bcpnn = m, bcpnn_low = m - 1.96 * sqrt(v), bate, bate_low = bate - 1.96 * sqrt(bv), q, ebgm,
  below = sapply(seq_len(n), function(i) F(1, i)), eb05 = quant(.05), eb95 = quant(.95), eb005 = quant(.005))
out <- out[is.finite(out$q), ]
write.csv(out, "disproportionality_r.csv", row.names = FALSE, quote = FALSE)

# pairs from a known mixture, with weights; the likelihood of counts from `least` on
k <- 400
e <- signif(exp(rnorm(k, 0.5, 1.2)), 6)
lambda <- ifelse(runif(k) < 0.2, rgamma(k, 2, 0.4), rgamma(k, 8, 8))
x <- rpois(k, lambda * e); w <- sample(1:5, k, TRUE)
nll <- function(t, least) {
  i <- x >= least
  f <- function(s, r) dnbinom(x[i], s, r / (r + e[i])) / (if (least == 0) 1 else pnbinom(least - 1, s, r / (r + e[i]), lower.tail = FALSE))
  -sum(w[i] * log(t[5] * f(t[1], t[2]) + (1 - t[5]) * f(t[3], t[4])))
}
data <- data.frame(set = "data", n = x, e = e, w = w)
best <- function(least) {
  starts <- list(c(.2, .1, 2, 4, 1 / 3), c(.1, .1, 10, 10, .2), c(2, .4, 8, 8, .2))
  min(sapply(starts, function(s) nlminb(s, nll, least = least, lower = c(1e-4, 1e-4, 1e-4, 1e-4, 1e-4),
    upper = c(100, 100, 100, 100, 1 - 1e-4), control = list(eval.max = 5000, iter.max = 5000, rel.tol = 1e-14))$objective))
}
for (least in 0:3)
  data <- rbind(data, data.frame(set = "likelihood", n = least, e = nll(c(.2, .1, 2, 4, 1 / 3), least), w = best(least)))
write.csv(data, "disproportionality_likelihood.csv", row.names = FALSE, quote = FALSE)
