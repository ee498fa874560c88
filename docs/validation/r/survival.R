# What R's survival makes of the spells: `Rscript survival.R FOLDER` writes FOLDER/golden.csv, one named value a line.
# Compared by crates/irenic-survival/tests/golden.rs, which also reruns it.
# The spells are inactive years after episodes of intrastate conflict that ended by 2019, computed from the UCDP Conflict
# Termination Dataset v3-2021 (Kreutz 2010; CC BY 4.0): cluster (conflict or dyad), years until the next episode (or 2020), whether it came
# (cause), UCDP's outcome code, intensity of the last year, and the episode's length in years.
library(survival)
folder <- commandArgs(trailingOnly = TRUE)[1]
out <- file(file.path(folder, "golden.csv"), "w")
put <- function(name, value) writeLines(sprintf("%s,%.17g", name, value), out)
for (level in c("conflict", "dyad")) {
  d <- read.csv(file.path(folder, paste0("spells_", level, ".csv")))
  n <- function(...) paste(level, ..., sep = ":")
  km <- survfit(Surv(exit, cause) ~ 1, data = d, conf.type = "log")
  ll <- survfit(Surv(exit, cause) ~ 1, data = d, conf.type = "log-log")
  plain <- survfit(Surv(exit, cause) ~ 1, data = d, conf.type = "plain")
  for (t in c(1, 2, 5, 10, 20)) {
    s <- summary(km, times = t); l <- summary(ll, times = t); p <- summary(plain, times = t)
    put(n("km", t), s$surv); put(n("km-se", t), s$std.err)
    put(n("log-lower", t), s$lower); put(n("log-upper", t), s$upper)
    put(n("loglog-lower", t), l$lower); put(n("loglog-upper", t), l$upper)
    put(n("plain-lower", t), p$lower); put(n("plain-upper", t), p$upper)
    at <- max(which(km$time <= t))
    put(n("hazard", t), cumsum(km$n.event / km$n.risk)[at])
    put(n("hazard-var", t), cumsum(km$n.event / km$n.risk^2)[at])
  }
  rm <- survival:::survmean(km, rmean = 20)
  put(n("rmean"), rm$matrix["rmean"]); put(n("rmean-se"), rm$matrix["se(rmean)"])
  # Late entry: followed from the second inactive year on.
  late <- d[d$exit > 1, ]
  kl <- survfit(Surv(rep(1, nrow(late)), exit, cause) ~ 1, data = late)
  for (t in c(2, 5, 10)) put(n("late", t), summary(kl, times = t)$surv)
  # Two causes: relapse after a minor and after a war-intensity episode's end stand for competing causes.
  d$state <- factor(ifelse(d$cause == 0, 0, d$intensity), 0:2, c("censor", "minor", "war"))
  aj <- survfit(Surv(exit, state) ~ 1, data = d, id = seq_len(nrow(d)))
  # survival 3.5 passes over clusters where there are several states, so these are compared with one cause.
  ac <- survfit(Surv(exit, cause) ~ 1, data = d, cluster = cluster)
  for (t in c(1, 2, 5, 10, 20)) {
    at <- max(which(aj$time <= t))
    for (k in 1:3) {
      put(n("aj", t, k - 1), aj$pstate[at, k]); put(n("aj-se", t, k - 1), aj$std.err[at, k])
    }
    put(n("cluster-se", t), ac$std.err[max(which(ac$time <= t))])
  }
  # Entries at 0 and 2, and weights of 1 to 3.
  d$entry <- ifelse(d$exit > 2 & d$intensity == 1, 2, 0); d$weight <- 1 + seq_len(nrow(d)) %% 3
  al <- survfit(Surv(entry, exit, state) ~ 1, data = d, id = seq_len(nrow(d)), weights = weight)
  for (t in c(1, 2, 5, 10, 20)) for (k in 1:3) {
    at <- max(which(al$time <= t))
    put(n("aj-late", t, k - 1), al$pstate[at, k]); put(n("aj-late-se", t, k - 1), al$std.err[at, k])
  }
  g <- d[d$outcome > 0, ]
  lr <- survdiff(Surv(exit, cause) ~ outcome, data = g)
  put(n("logrank"), lr$chisq)
  for (k in 1:6) { put(n("observed", k), lr$obs[k]); put(n("expected", k), lr$exp[k]) }
  put(n("logrank-p"), pchisq(lr$chisq, 5, lower.tail = FALSE))
  strict <- coxph.control(eps = 1e-13, iter.max = 50)
  cx <- coxph(Surv(exit, cause) ~ I(intensity == 2) + log(years) + I(outcome == 1) + I(outcome == 3), data = g,
              ties = "efron", cluster = cluster, control = strict)
  for (k in 1:4) {
    put(n("cox", k), coef(cx)[k]); put(n("cox-se", k), sqrt(cx$naive.var[k, k])); put(n("cox-robust-se", k), sqrt(cx$var[k, k]))
  }
  put(n("cox-loglik", 0), cx$loglik[1]); put(n("cox-loglik", 1), cx$loglik[2])
  cl <- coxph(Surv(entry, exit, cause) ~ I(intensity == 2) + log(years), data = g, weights = weight, ties = "efron",
              cluster = cluster, control = strict)
  for (k in 1:2) {
    put(n("cox-late", k), coef(cl)[k]); put(n("cox-late-se", k), sqrt(cl$naive.var[k, k]))
    put(n("cox-late-robust-se", k), sqrt(cl$var[k, k]))
  }
  # The discrete-time hazard of the first ten inactive years, by person-period rows.
  pp <- do.call(rbind, lapply(seq_len(nrow(g)), function(i) {
    last <- min(g$exit[i], 10)
    data.frame(event = as.integer(g$cause[i] == 1 & seq_len(last) == g$exit[i]), t = seq_len(last),
               war = as.numeric(g$intensity[i] == 2), years = log(g$years[i]))
  }))
  fit <- glm(event ~ log(t) + war + years, family = binomial, data = pp, control = glm.control(epsilon = 1e-14, maxit = 100))
  # The same with a ridge penalty of 2 on all but the intercept, by Newton's method in matrices: glm has none.
  x <- cbind(1, log(pp$t), pp$war, pp$years); ridge <- diag(c(0, 2, 2, 2)); b <- rep(0, 4)
  for (step in 1:50) {
    p <- plogis(as.vector(x %*% b)); information <- crossprod(x, x * p * (1 - p)) + ridge
    b <- b + solve(information, crossprod(x, pp$event - p) - ridge %*% b)
  }
  for (k in 1:4) { put(n("ridge", k), b[k]); put(n("ridge-se", k), sqrt(solve(information)[k, k])) }
  for (k in 1:4) { put(n("logit", k), coef(fit)[k]); put(n("logit-se", k), sqrt(vcov(fit)[k, k])) }
}
# Stays of conflicts inactive, in minor conflict and at war, by years since each began; an end of -1 is 2020.
s <- read.csv(file.path(folder, "states_conflict.csv"))
states <- c("inactive", "minor", "war")
s$to <- factor(ifelse(s$to < 0, "censored", states[pmax(s$to, 0) + 1]), c("censored", states))
s$from <- factor(states[s$from + 1], states); s$weight <- 1 + s$conflict %% 3; s$one <- 1
for (w in c("one", "weight")) {
  ms <- survfit(Surv(entry, exit, to) ~ 1, data = s, id = conflict, istate = from, weights = s[[w]])
  for (t in c(1, 2, 5, 10, 20, 40)) for (k in 1:3) {
    at <- max(which(ms$time <= t))
    put(paste("states", w, t, k - 1, sep = ":"), ms$pstate[at, k])
    put(paste("states", w, "se", t, k - 1, sep = ":"), ms$std.err[at, k])
  }
}
# Asked for influences, survfit counts the estimated starting chances among what varies.
ms <- survfit(Surv(entry, exit, to) ~ 1, data = s, id = conflict, istate = from, influence = TRUE)
for (t in c(1, 2, 5, 10, 20, 40)) for (k in 1:3) {
  put(paste("states:start-se", t, k - 1, sep = ":"), ms$std.err[max(which(ms$time <= t)), k])
}
# The restricted mean that kaplan-meier.md works by hand.
put("leukaemia:rmean35", survival:::survmean(survfit(Surv(
  c(6,6,6,6,7,9,10,10,11,13,16,17,19,20,22,23,25,32,32,34,35), c(1,1,1,0,1,0,1,0,0,1,1,0,0,0,1,1,0,0,0,0,0)) ~ 1), rmean = 35)$matrix["rmean"])
close(out)
cat(R.version.string, "survival", as.character(packageVersion("survival")), "\n")
