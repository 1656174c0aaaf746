namespace SsaShare.Orbits;

/// <summary>Covariances of what was estimated, in two parts: from the noise, and from what is only considered.</summary>
internal sealed partial class FitArrays
{
    /// <param name="Noise">From noise and prior, n×n.</param>
    /// <param name="Prior">The prior's part of it, n×n.</param>
    /// <param name="Sensitivity">Of the errors of the n parameters to the considered ones, n×c.</param>
    internal readonly record struct Posterior(double[] Noise, double[] Prior, double[] Sensitivity)
    {
        /// <summary>An entry with the noises' part times a scale.</summary>
        public double Scaled(int i, double scale) => Noise[i] + (scale - 1) * (Noise[i] - Prior[i]);
    }

    /// <summary>Condition number of the orbit's equations, columns scaled to one length.</summary>
    public double ConditionNumber => UpperTriangle.ConditionNumber(_r, _q);

    /// <summary>The arrays of the latest <see cref="Fill"/>, combined without damping.</summary>
    public bool TryPrepare(out string open) => TryCombine(0, out open);

    /// <summary>Over the eight parameters of the orbit; rows of those that are not estimated hold their own uncertainty if they are considered.</summary>
    public Posterior OfOrbit()
    {
        double[] root = UpperTriangle.Inverse(_r, _q), noise = new double[P * P], prior = new double[P * P], sensitivity = new double[P * _c];
        double[] squared = Squared(root, _q), part = PriorPart(root, without: -1);
        for (int i = 0; i < _q; i++)
        {
            for (int j = 0; j < _q; j++)
            {
                noise[_estimated[i] * P + _estimated[j]] = squared[i * _q + j];
                prior[_estimated[i] * P + _estimated[j]] = part[i * _q + j];
            }
            for (int c = 0; c < _c; c++)
            {
                double sum = 0;
                for (int k = i; k < _q; k++) sum -= root[i * _q + k] * _rc[k * _c + c];
                sensitivity[_estimated[i] * _c + c] = sum;
            }
        }
        for (int j = 0; j < _consideredOrbit.Length; j++) sensitivity[_consideredOrbit[j] * _c + j] = 1;
        return new Posterior(noise, prior, sensitivity);
    }

    /// <summary>Over a sensor's own estimated parameters and then the estimated ones of the orbit.</summary>
    public Posterior OfSensor(int sensor)
    {
        int own = _estimatedOwn[sensor].Length, n = own + _q;
        double[] t = new double[n * n], tc = new double[n * _c], sensitivity = new double[n * _c];
        for (int i = 0; i < own; i++)
        {
            var row = _ofSensor[sensor].Row(i);
            for (int j = 0; j < own; j++) t[i * n + j] = row[j];
            for (int j = 0; j < _q; j++) t[i * n + own + j] = row[own + _estimated[j]];
            for (int j = 0; j < _consideredOrbit.Length; j++) tc[i * _c + j] = row[own + _consideredOrbit[j]];
            for (int j = 0; j < _consideredOwn[sensor].Length; j++) tc[i * _c + _firstConsidered[sensor] + j] = row[own + P + j];
        }
        for (int i = 0; i < _q; i++)
        {
            _r.AsSpan(i * _q, _q).CopyTo(t.AsSpan((own + i) * n + own, _q));
            _rc.AsSpan(i * _c, _c).CopyTo(tc.AsSpan((own + i) * _c, _c));
        }
        double[] root = UpperTriangle.Inverse(t, n), noise = Squared(root, n);
        for (int i = 0; i < n; i++)
        {
            for (int c = 0; c < _c; c++)
            {
                double sum = 0;
                for (int k = i; k < n; k++) sum -= root[i * n + k] * tc[k * _c + c];
                sensitivity[i * _c + c] = sum;
            }
        }
        return new Posterior(noise, PriorPart(sensor, UpperTriangle.Inverse(_r, _q), noise), sensitivity);
    }

    /// <summary>Over all own parameters of a sensor, estimated or not, and then the eight of the orbit: where each stands in the posterior of that sensor, and which considered one it is; -1 for neither.</summary>
    public (int Estimated, int Considered)[] Places(int sensor)
    {
        var places = new (int, int)[FitSensor.OwnParameters + P];
        for (int i = 0; i < places.Length; i++)
        {
            bool isOwn = i < FitSensor.OwnParameters;
            int number = isOwn ? i : i - FitSensor.OwnParameters;
            int at = Array.IndexOf(isOwn ? _estimatedOwn[sensor] : _estimated, number), considered = Array.IndexOf(isOwn ? _consideredOwn[sensor] : _consideredOrbit, number);
            places[i] = (at < 0 || isOwn ? at : _estimatedOwn[sensor].Length + at, considered < 0 || !isOwn ? considered : _firstConsidered[sensor] + considered);
        }
        return places;
    }

    /// <summary>What the considered parameters add to one entry of a covariance.</summary>
    public double Considered(ReadOnlySpan<double> sensitivity, int row, int column)
    {
        double sum = 0;
        for (int c = 0; c < _c; c++) sum += sensitivity[row * _c + c] * _consideredSigma[c] * _consideredSigma[c] * sensitivity[column * _c + c];
        return sum;
    }

    /// <summary>Entry of the covariance of a sensor's and the orbit's parameters, by their places.</summary>
    public double Covariance(Posterior posterior, (int Estimated, int Considered) a, (int Estimated, int Considered) b, double scale)
    {
        int n = (int)Math.Sqrt(posterior.Noise.Length);
        double sum = a.Estimated >= 0 && b.Estimated >= 0 ? posterior.Scaled(a.Estimated * n + b.Estimated, scale) : 0;
        for (int c = 0; c < _c; c++) sum += sensitivity(a, c) * _consideredSigma[c] * _consideredSigma[c] * sensitivity(b, c);
        return sum;

        double sensitivity((int Estimated, int Considered) of, int c) => of.Estimated >= 0 ? posterior.Sensitivity[of.Estimated * _c + c] : of.Considered == c ? 1 : 0;
    }

    /// <summary>Information of one sensor on the eight parameters of the orbit, its own estimated parameters eliminated.</summary>
    public double[] Information(int sensor)
    {
        int first = _estimatedOwn[sensor].Length;
        double[] matrix = new double[P * P];
        for (int k = 0; k < P; k++)
        {
            var row = _ofSensor[sensor].Row(first + k);
            for (int i = 0; i < P; i++)
            for (int j = 0; j < P; j++) matrix[i * P + j] += row[first + i] * row[first + j];
        }
        return matrix;
    }

    /// <summary>
    /// Covariance of the residuals of one observation: their noise, less what the fit adapted to them, plus what the considered parameters do to them. An observation that shares
    /// its weight with neighbours also shares the adaptation with them: so the covariance stays positive, and is that of statistics where all are independent.
    /// </summary>
    /// <param name="design">At the solution.</param>
    /// <param name="sensor">Whose observation.</param>
    /// <param name="posterior">Of that sensor.</param>
    /// <param name="first">Its first measurement.</param>
    /// <param name="noise">Of all measurements.</param>
    /// <param name="covariance">k×k for the k measurements of the observation.</param>
    /// <param name="k">How many.</param>
    public void ResidualCovariance(FitDesign design, int sensor, Posterior posterior, int first, FitIteration.Noise noise, Span<double> covariance, int k)
    {
        int own = _estimatedOwn[sensor].Length, n = own + _q;
        Span<double> rows = k * n <= 256 ? stackalloc double[k * n] : new double[k * n];
        Span<double> toConsidered = k * _c <= 256 ? stackalloc double[k * _c] : new double[k * _c];
        toConsidered.Clear();
        for (int a = 0; a < k; a++)
        {
            var kind = _problem.Measurements[first + a].Kind;
            for (int j = 0; j < own; j++) rows[a * n + j] = design.ByOwn(first + a, kind, _estimatedOwn[sensor][j]);
            for (int j = 0; j < _q; j++) rows[a * n + own + j] = design.ByOrbit[(first + a) * P + _estimated[j]];
            for (int j = 0; j < _consideredOrbit.Length; j++) toConsidered[a * _c + j] = design.ByOrbit[(first + a) * P + _consideredOrbit[j]];
            for (int j = 0; j < _consideredOwn[sensor].Length; j++) toConsidered[a * _c + _firstConsidered[sensor] + j] = design.ByOwn(first + a, kind, _consideredOwn[sensor][j]);
            for (int c = 0; c < _c; c++)
            for (int j = 0; j < n; j++) toConsidered[a * _c + c] += rows[a * n + j] * posterior.Sensitivity[j * _c + c];
        }
        for (int a = 0; a < k; a++)
        for (int b = 0; b < k; b++)
        {
            double share = Math.Sqrt(noise.Share[first + a] * noise.Share[first + b]), sum = a == b ? noise.Sigma[first + a] * noise.Sigma[first + a] : 0;
            for (int i = 0; i < n; i++)
            {
                double part = 0;
                for (int j = 0; j < n; j++) part += posterior.Noise[i * n + j] * rows[b * n + j];
                sum -= share * rows[a * n + i] * part;
            }
            covariance[a * k + b] = sum + Considered(toConsidered, a, b);
        }
    }

    /// <summary>
    /// Squared length, in its own formal sigmas, of the step of the orbit that a set of one sensor's measurements asks for: on average one for each parameter
    /// of the orbit, summed over all sets, when the errors of different sets are independent and the weights honest.
    /// </summary>
    public double ScoreSquares(FitEvaluation at, int sensor, ReadOnlySpan<int> measurements)
    {
        int own = _estimatedOwn[sensor].Length, width = own + P + _consideredOwn[sensor].Length + 1;
        Span<double> row = stackalloc double[width], score = stackalloc double[own + P], reduced = stackalloc double[_q];
        score.Clear();
        foreach (int i in measurements)
        {
            double weight = at.RootWeight(i);
            FillRow(at.Design, i, sensor, weight, row);
            for (int j = 0; j < own + P; j++) score[j] += row[j] * weight * at.Values[i];
        }
        // Own parameters take their part away: Rᵀ solved for them, then off the orbit's.
        for (int i = 0; i < own; i++)
        {
            var r = _ofSensor[sensor].Row(i);
            double part = score[i] / r[i];
            for (int j = i; j < own + P; j++) score[j] -= r[j] * part;
        }
        for (int j = 0; j < _q; j++) reduced[j] = score[own + _estimated[j]];
        UpperTriangle.SolveTransposed(_r, _q, reduced, reduced);
        double sum = 0;
        foreach (double component in reduced) sum += component * component;
        return sum;
    }

    public int OrbitEstimatedCount => _q;
}
