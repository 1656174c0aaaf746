namespace SsaShare.Orbits;

/// <summary>A system of first-order differential equations.</summary>
internal interface IDifferentialEquations
{
    /// <summary>Writes dy/dt at time <paramref name="t"/> (s).</summary>
    void Derivative(double t, ReadOnlySpan<double> y, Span<double> derivative);
}

/// <summary>Integrates a system with steps of order 8 and interpolates inside a step. One instance serves one integration, on one thread.</summary>
/// <param name="equations">The system.</param>
/// <param name="tolerances">Absolute error allowed in one step, for the first entries of y; further entries follow the same steps unchecked.</param>
internal sealed class Dop853(IDifferentialEquations equations, double[] tolerances)
{
    private const double Safety = 0.9, ShrinkMost = 0.2, GrowMost = 6;

    private double[][] _k = [];
    private double[] _y = [], _yNext = [], _yStage = [];
    private double[][] _dense = [];
    private bool _denseReady;
    private double _stepSize;

    /// <summary>Time at the start of the latest step, s.</summary>
    public double PreviousTime { get; private set; }

    /// <summary>Time at the end of the latest step, s.</summary>
    public double Time { get; private set; }

    /// <summary>Values at <see cref="Time"/>.</summary>
    public ReadOnlySpan<double> Values => _yNext;

    /// <summary>Begins at a time (s) with the given values; <paramref name="firstStep"/> is the signed length of the first step to try, s.</summary>
    public void Start(double time, ReadOnlySpan<double> values, double firstStep)
    {
        int n = values.Length;
        _k = NewRows(Dop853Tableau.ExtendedStages, n);
        _dense = NewRows(7, n);
        (_y, _yNext, _yStage) = (values.ToArray(), values.ToArray(), new double[n]);
        Time = PreviousTime = time;
        _stepSize = firstStep;
        equations.Derivative(time, _yNext, _k[12]);
    }

    /// <summary>Takes one accepted step towards <paramref name="end"/> and not beyond it.</summary>
    /// <returns>False when no step of useful length meets the tolerance.</returns>
    public bool TryStep(double end)
    {
        // The derivative at the end of a step is the first stage of the next.
        (_k[0], _k[12]) = (_k[12], _k[0]);
        (_y, _yNext) = (_yNext, _y);
        PreviousTime = Time;
        _denseReady = false;
        double growMost = GrowMost;
        while (true)
        {
            double h = _stepSize;
            bool reachesEnd = Math.Abs(h) >= Math.Abs(end - PreviousTime);
            if (reachesEnd) h = end - PreviousTime;
            if (!(Math.Abs(_stepSize) > 1e-6)) return false;
            for (int s = 1; s < Dop853Tableau.Stages; s++) Stage(s, h);
            Combine(Dop853Tableau.A[Dop853Tableau.Stages], h, _y, _yNext);
            double error = RelativeError(h);
            double factor = error > 0 ? Safety * Math.Pow(error, -1.0 / 8) : growMost;
            if (error < 1)
            {
                Time = reachesEnd ? end : PreviousTime + h;
                equations.Derivative(Time, _yNext, _k[12]);
                // A step cut short at the end says nothing against the planned length.
                double grown = h * Math.Clamp(factor, ShrinkMost, growMost);
                _stepSize = reachesEnd && Math.Abs(grown) < Math.Abs(_stepSize) ? _stepSize : grown;
                return true;
            }
            _stepSize = h * (double.IsFinite(factor) ? Math.Clamp(factor, ShrinkMost, 1) : ShrinkMost);
            growMost = 1;
        }
    }

    /// <summary>Writes the values at a time inside the latest step, to order 7.</summary>
    public void Interpolate(double time, Span<double> values)
    {
        if (!_denseReady) PrepareDense();
        double x = (time - PreviousTime) / (Time - PreviousTime);
        values.Clear();
        for (int i = 6; i >= 0; i--)
        {
            double factor = i % 2 == 0 ? x : 1 - x;
            double[] row = _dense[i];
            for (int j = 0; j < row.Length; j++) values[j] = (values[j] + row[j]) * factor;
        }
        for (int j = 0; j < values.Length; j++) values[j] += _y[j];
    }

    private void PrepareDense()
    {
        double h = Time - PreviousTime;
        for (int s = 13; s < Dop853Tableau.ExtendedStages; s++) Stage(s, h);
        double[] first = _k[0], last = _k[12];
        for (int j = 0; j < _y.Length; j++)
        {
            double change = _yNext[j] - _y[j];
            _dense[0][j] = change;
            _dense[1][j] = h * first[j] - change;
            _dense[2][j] = 2 * change - h * (first[j] + last[j]);
        }
        for (int i = 0; i < 4; i++)
        {
            double[] row = _dense[3 + i];
            Array.Clear(row);
            foreach (var (stage, weight) in Dop853Tableau.Dense[i]) AddScaled(row, h * weight, _k[stage]);
        }
        _denseReady = true;
    }

    private void Stage(int s, double h)
    {
        Combine(Dop853Tableau.A[s], h, _y, _yStage);
        equations.Derivative(PreviousTime + Dop853Tableau.C[s] * h, _yStage, _k[s]);
    }

    private void Combine((int Stage, double Weight)[] weights, double h, double[] from, double[] to)
    {
        from.CopyTo(to, 0);
        foreach (var (stage, weight) in weights) AddScaled(to, h * weight, _k[stage]);
    }

    /// <summary>Hairer's combination of the two error estimates, as a multiple of the tolerance.</summary>
    private double RelativeError(double h)
    {
        double five = 0, three = 0;
        for (int j = 0; j < tolerances.Length; j++)
        {
            double e5 = 0, e3 = 0;
            foreach (var (stage, weight) in Dop853Tableau.Error5) e5 += weight * _k[stage][j];
            foreach (var (stage, weight) in Dop853Tableau.Error3) e3 += weight * _k[stage][j];
            five += e5 * e5 / (tolerances[j] * tolerances[j]);
            three += e3 * e3 / (tolerances[j] * tolerances[j]);
        }
        double sum = five + 0.01 * three;
        return sum == 0 ? 0 : Math.Abs(h) * five / Math.Sqrt(sum * tolerances.Length);
    }

    private static void AddScaled(double[] to, double factor, double[] from)
    {
        for (int j = 0; j < to.Length; j++) to[j] += factor * from[j];
    }

    private static double[][] NewRows(int rows, int columns) => [.. Enumerable.Range(0, rows).Select(_ => new double[columns])];
}
