//! The small regression of both Farrington methods: quasi-Poisson with log link on parts of the year and, at
//! choice, a straight line over time.
//!
//! A general routine would decompose a matrix of 10 columns in each step. Here the columns are indicators
//! of groups and one line, so that weighted least squares is a mean per group and one slope of the centred
//! values: one pass over the weeks, no matrix, no allocation. The steps are those of iteratively reweighted
//! least squares with R's start and stop (`glm.fit`: start at `y + 0.1`, stop when the deviance moves by
//! less than 1e-8, at most 25 steps), because the alarm on a series of zeros depends on where the steps
//! stop.
//!
//! Source: McCullagh and Nelder (1989), *Generalized Linear Models*, 2.5; Noufaily et al. (2013).

/// Steps after which the fit has failed.
const STEPS: usize = 25;
const SETTLED: f64 = 1e-8;

/// Data and working values; kept between fits to spare allocations.
#[derive(Debug, Default)]
pub(super) struct Regression {
    y: Vec<f64>,
    time: Vec<f64>,
    group: Vec<u16>,
    offset: Vec<f64>,
    /// `ln(y + 0.1)`, `y ln y` and `y^(2/3)`, which no step changes.
    start: Vec<f64>,
    y_ln_y: Vec<f64>,
    root: Vec<f64>,
    /// Whether any observation has an offset.
    has_offset: bool,
    prior: Vec<f64>,
    eta: Vec<f64>,
    before: Vec<f64>,
    mu: Vec<f64>,
    weight: Vec<f64>,
    groups: Vec<Group>,
}

/// One part of the year: weight, weighted means of time and working response, and the mean that follows.
#[derive(Debug, Default, Clone, Copy)]
struct Group {
    weight: f64,
    time: f64,
    working: f64,
    mu: f64,
}

/// A fitted line per group.
#[derive(Debug, Clone, Copy)]
pub(super) struct Fit {
    pub(super) converged: bool,
    /// Per step of time; `None` without a line.
    pub(super) slope: Option<f64>,
    /// Weighted sum of squares of centred time.
    spread: f64,
    /// Observations less columns.
    pub(super) freedom: f64,
}

impl Regression {
    pub(super) fn clear(&mut self) {
        let fixed = [&mut self.start, &mut self.y_ln_y, &mut self.root];
        for values in [&mut self.y, &mut self.time, &mut self.offset].into_iter().chain(fixed) {
            values.clear();
        }
        self.group.clear();
        self.has_offset = false;
    }

    /// Adds an observation; `offset` is the logarithm of the population, 0 for none.
    pub(super) fn push(&mut self, y: f64, time: f64, group: u16, offset: f64) {
        self.y.push(y);
        self.time.push(time);
        self.group.push(group);
        self.offset.push(offset);
        self.has_offset |= offset != 0.0;
        self.start.push(libm::log(y + 0.1));
        self.y_ln_y.push(if y > 0.0 { y * libm::log(y) } else { 0.0 });
        let root = libm::cbrt(y);
        self.root.push(root * root);
    }

    pub(super) fn greatest(&self) -> f64 {
        self.y.iter().copied().fold(0.0, f64::max)
    }

    /// Sets all weights to 1.
    pub(super) fn weigh_alike(&mut self) {
        self.prior.clear();
        self.prior.resize(self.y.len(), 1.0);
    }

    /// Fits; `None` if the columns depend on each other or leave no degree of freedom.
    pub(super) fn fit(&mut self, trend: bool) -> Option<Fit> {
        let n = self.y.len();
        let n_groups = self.group.iter().max().map_or(0, |&last| usize::from(last) + 1);
        self.groups.clear();
        self.groups.resize(n_groups, Group::default());
        for values in [&mut self.eta, &mut self.before, &mut self.mu, &mut self.weight] {
            values.clear();
            values.resize(n, 0.0);
        }
        for i in 0..n {
            self.mu[i] = self.y[i] + 0.1;
            self.eta[i] = self.start[i];
        }
        let mut filled = 0;
        for group in 0..n_groups {
            filled += usize::from(self.group.iter().any(|&of| usize::from(of) == group));
        }
        let freedom = n as f64 - (filled + usize::from(trend)) as f64;
        if freedom <= 0.0 {
            return None;
        }
        let mut fit = Fit { converged: false, slope: None, spread: 0.0, freedom };
        let mut deviance = self.deviance();
        for step in 0..STEPS {
            self.least_squares(trend, &mut fit)?;
            let mut next = self.deviance();
            // an infinite deviance: go half way back, as long as there is a step to go back to
            let mut halvings = 0;
            while !next.is_finite() {
                halvings += 1;
                if step == 0 || halvings > STEPS {
                    return Some(fit);
                }
                for i in 0..n {
                    self.eta[i] = 0.5 * (self.eta[i] + self.before[i]);
                    self.mu[i] = mean(self.eta[i]);
                }
                next = self.deviance();
            }
            if (next - deviance).abs() / (next.abs() + 0.1) < SETTLED {
                fit.converged = true;
                break;
            }
            deviance = next;
        }
        Some(fit)
    }

    /// One step: weights and working responses at the present means, then the line per group.
    fn least_squares(&mut self, trend: bool, fit: &mut Fit) -> Option<()> {
        let n = self.y.len();
        for group in &mut self.groups {
            *group = Group::default();
        }
        for i in 0..n {
            let weight = self.prior[i] * self.mu[i];
            let working = self.eta[i] - self.offset[i] + (self.y[i] - self.mu[i]) / self.mu[i];
            self.weight[i] = weight;
            // the working response waits where the next predictor will stand
            self.before[i] = self.eta[i];
            self.eta[i] = working;
            let group = &mut self.groups[usize::from(self.group[i])];
            group.weight += weight;
            group.time += weight * self.time[i];
            group.working += weight * working;
        }
        for group in &mut self.groups {
            // a part of the year without any weight has no observation to predict
            let weight = if group.weight > 0.0 { group.weight } else { 1.0 };
            group.time /= weight;
            group.working /= weight;
        }
        let mut slope = 0.0;
        if trend {
            let (mut spread, mut product, mut whole) = (0.0, 0.0, 0.0);
            for i in 0..n {
                let group = &self.groups[usize::from(self.group[i])];
                let away = self.time[i] - group.time;
                spread += self.weight[i] * away * away;
                product += self.weight[i] * away * (self.eta[i] - group.working);
                whole += self.weight[i] * self.time[i] * self.time[i];
            }
            // time that only repeats the groups has no slope
            if spread.is_nan() || spread <= 1e-14 * whole {
                return None;
            }
            slope = product / spread;
            fit.spread = spread;
            fit.slope = Some(slope);
        }
        // without line and offset a group has one mean: no exponential per week
        let alike = !trend && !self.has_offset;
        if alike {
            for group in &mut self.groups {
                group.mu = mean(group.working);
            }
        }
        for i in 0..n {
            let group = &self.groups[usize::from(self.group[i])];
            if alike {
                (self.eta[i], self.mu[i]) = (group.working, group.mu);
                continue;
            }
            self.eta[i] = group.working + slope * (self.time[i] - group.time) + self.offset[i];
            self.mu[i] = mean(self.eta[i]);
        }
        Some(())
    }

    /// `2 Σ w (y ln(y/μ) − y + μ)`.
    fn deviance(&self) -> f64 {
        let mut sum = 0.0;
        for i in 0..self.y.len() {
            sum += self.prior[i] * (self.y_ln_y[i] - self.y[i] * self.eta[i] - self.y[i] + self.mu[i]);
        }
        2.0 * sum
    }

    /// Pearson's estimate of the dispersion, with the weights of the last step as R has it.
    pub(super) fn dispersion(&self, fit: &Fit) -> f64 {
        self.pearson(&self.weight, fit)
    }

    /// The dispersion behind the errors of slope and prediction in the flexible method. The reference
    /// overwrites the weights of the fit with those of the outbreaks, so that after reweighting this is not
    /// Pearson's estimate.
    pub(super) fn spread_of_predictions(&self, fit: &Fit, reweighted: bool) -> f64 {
        self.pearson(if reweighted { &self.prior } else { &self.weight }, fit)
    }

    fn pearson(&self, weight: &[f64], fit: &Fit) -> f64 {
        let mut sum = 0.0;
        for ((weight, y), mu) in weight.iter().zip(&self.y).zip(&self.mu) {
            let residual = (y - mu) / mu;
            sum += weight * residual * residual;
        }
        sum / fit.freedom
    }

    /// Weighs down weeks whose standardised Anscombe residual `s` is above `threshold`: by `s⁻²`, all
    /// scaled to the sum `n`. `None` if a week is fitted by itself alone, so that its residual has no
    /// scale.
    pub(super) fn weigh_outbreaks_down(&mut self, fit: &Fit, dispersion: f64, threshold: f64) -> Option<()> {
        let n = self.y.len();
        let mut sum = 0.0;
        for i in 0..n {
            let group = &self.groups[usize::from(self.group[i])];
            let away = self.time[i] - group.time;
            let line = if fit.slope.is_some() { away * away / fit.spread } else { 0.0 };
            let free = 1.0 - self.weight[i] * (1.0 / group.weight + line);
            if free.is_nan() || free < 10.0 * f64::EPSILON {
                return None;
            }
            let sixth = libm::sqrt(libm::cbrt(self.mu[i]));
            let raw = 1.5 * (self.root[i] / sixth - libm::sqrt(self.mu[i]));
            let residual = raw / libm::sqrt(dispersion * free);
            self.prior[i] = if residual > threshold { 1.0 / (residual * residual) } else { 1.0 };
            sum += self.prior[i];
        }
        let scale = n as f64 / sum;
        self.prior.iter_mut().for_each(|weight| *weight *= scale);
        Some(())
    }

    /// Linear predictor and its variance per unit of dispersion, at a time in group 0.
    pub(super) fn predict(&self, fit: &Fit, time: f64, offset: f64) -> (f64, f64) {
        let Some(group) = self.groups.first() else { return (f64::NAN, f64::NAN) };
        let away = time - group.time;
        let (line, extra) = fit.slope.map_or((0.0, 0.0), |slope| (slope * away, away * away / fit.spread));
        (group.working + line + offset, 1.0 / group.weight + extra)
    }

    /// Variance of the slope per unit of dispersion.
    pub(super) fn slope_variance(fit: &Fit) -> f64 {
        1.0 / fit.spread
    }
}

/// The mean of a linear predictor, never below the smallest that R's log link gives.
pub(super) fn mean(eta: f64) -> f64 {
    libm::exp(eta).max(f64::EPSILON)
}
