# Tables with gaps and the least and most that each gap can hold, by linear programs (lpSolve, two for each gap) over the
# equations of rows and columns written down as a matrix. Run: Rscript make_disclosure.R > disclosure.json
library(lpSolve)
set.seed(20120601)

one <- function(rows, columns, share) {
  inner <- matrix(rpois(rows * columns, lambda = sample(c(3, 12, 60), 1)), rows, columns)
  full <- cbind(inner, rowSums(inner))
  full <- rbind(full, colSums(full))
  gap <- matrix(runif(length(full)) < share, rows + 1, columns + 1)
  n <- length(full)
  at <- function(i, j) (i - 1) * (columns + 1) + j
  # Every row and every column, totals included: the cells less their total are 0.
  equations <- matrix(0, rows + columns + 2, n)
  for (i in 1:(rows + 1)) {
    for (j in 1:columns) equations[i, at(i, j)] <- 1
    equations[i, at(i, columns + 1)] <- -1
  }
  for (j in 1:(columns + 1)) {
    for (i in 1:rows) equations[rows + 1 + j, at(i, j)] <- 1
    equations[rows + 1 + j, at(rows + 1, j)] <- -1
  }
  values <- as.vector(t(full))
  open <- which(as.vector(t(gap)))
  low <- high <- rep(NA, n)
  if (length(open) > 0) {
    matrix_open <- equations[, open, drop = FALSE]
    right <- -equations[, -open, drop = FALSE] %*% values[-open]
    signs <- rep("=", nrow(equations))
    for (k in seq_along(open)) {
      goal <- as.numeric(seq_along(open) == k)
      least <- lp("min", goal, matrix_open, signs, right)
      most <- lp("max", goal, matrix_open, signs, right)
      stopifnot(least$status == 0, most$status %in% c(0, 3))
      low[open[k]] <- round(least$objval)
      if (most$status == 0) high[open[k]] <- round(most$objval)
    }
  }
  list(columns = columns, inner = as.vector(t(inner)), gaps = as.integer(t(gap)), low = low, high = high)
}

tables <- list()
for (size in list(c(2, 2), c(3, 4), c(5, 3), c(6, 6), c(9, 4)))
  for (share in c(0.25, 0.45, 0.7))
    for (again in 1:4) tables[[length(tables) + 1]] <- one(size[1], size[2], share)
cat(jsonlite::toJSON(list(tables = tables), auto_unbox = TRUE, na = "null", digits = NA), "\n", sep = "")
