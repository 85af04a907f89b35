# The bootstrap of a path model by the steps of the package seminr: path scheme, mode A, tolerance 1e-7, all cores.
here <- dirname(sub("--file=", "", grep("--file=", commandArgs(FALSE), value = TRUE)))
source(file.path(here, "common.R"))
suppressMessages(library(parallel))
replicates <- 5000
x <- as.matrix(table_of("answers.csv"))
p <- ncol(x)
sizes <- c(5, 3, 7, 2, 3, 1, 3)
k <- length(sizes)
of <- rep(seq_len(k), sizes)
belongs <- outer(of, seq_len(k), "==") * 1
from <- c(1, 1, 1, 2, 2, 2, 3, 3, 4, 5, 5, 6)
to <- c(2, 5, 7, 3, 4, 5, 4, 5, 5, 6, 7, 7)
causes <- lapply(seq_len(k), function(j) from[to == j])
pairs <- which(lower.tri(diag(k)), arr.ind = TRUE)

fit <- function(x) {
  x <- scale(x)
  n <- nrow(x)
  weigh <- function(w) sweep(w, 2, sqrt(colSums((x %*% w)^2) / (n - 1)), "/")
  w <- weigh(belongs)
  for (round in 1:300) {
    scores <- x %*% w
    r <- crossprod(scores) / (n - 1)
    inner <- matrix(0, k, k)
    inner[cbind(to, from)] <- r[cbind(to, from)]
    for (j in seq_len(k)) if (length(c <- causes[[j]])) inner[c, j] <- solve(r[c, c], r[c, j])
    before <- w
    w <- weigh(crossprod(x, scores %*% inner %*% diag(1 / sqrt(diag(t(inner) %*% r %*% inner)))) / (n - 1) * belongs)
    if (sum(abs(w - before)) < 1e-7) break
  }
  scores <- x %*% w
  r <- crossprod(scores) / (n - 1)
  b <- matrix(0, k, k)
  for (j in seq_len(k)) if (length(c <- causes[[j]])) b[c, j] <- solve(r[c, c], r[c, j])
  total <- solve(diag(k) - b) - diag(k)
  loadings <- (crossprod(x, scores) / (n - 1))[belongs == 1]
  s <- abs(crossprod(x) / (n - 1))
  among <- t(belongs) %*% s %*% belongs / outer(sizes, sizes)
  within <- ifelse(sizes > 1, (diag(among) * sizes^2 - sizes) / (sizes * (sizes - 1)), 1)
  htmt <- among / sqrt(outer(within, within))
  c(b[cbind(from, to)], total, loadings, w[belongs == 1], htmt[pairs])
}

RNGkind("L'Ecuyer-CMRG")
set.seed(1)
it <- timed("bootstrap", replicates, function() {
  drawn <- mclapply(seq_len(replicates), function(i) fit(x[sample(nrow(x), replace = TRUE), ]), mc.cores = detectCores())
  drawn <- do.call(rbind, drawn)
  list(original = fit(x), mean = colMeans(drawn), error = apply(drawn, 2, sd),
       quantiles = apply(drawn, 2, quantile, c(0.025, 0.975)))
})
grid <- expand.grid(seq_len(k), seq_len(k))
names <- c(paste("path", from - 1, to - 1), paste("total", grid[[1]] - 1, grid[[2]] - 1), paste("loading", seq_len(p) - 1),
           paste("weight", seq_len(p) - 1), paste("htmt", pairs[, 1] - 1, pairs[, 2] - 1))
kept <- it$original != 0
answers("path_model", c(named(it$original[kept], names[kept]), named(it$error[kept], names[kept], "error")))
