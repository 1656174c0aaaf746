using System.Numerics;
using System.Runtime.InteropServices;

namespace SsaShare.Orbits;

/// <summary>A system of first-order differential equations.</summary>
internal interface IDifferentialEquations
{
    /// <summary>Writes dy/dt at time <paramref name="t"/> (s, or the problem's own unit).</summary>
    void Derivative(double t, ReadOnlySpan<double> y, Span<double> derivative);
}

/// <summary>Integrates a system with steps of order 8 and interpolates inside a step. One instance serves one integration, on one thread; after <see cref="Start"/> it allocates nothing.</summary>
/// <param name="equations">The system.</param>
/// <param name="tolerances">
/// Absolute error allowed in one step, for the first entries of y; further entries follow the same steps unchecked. The owner may change it between steps; an infinite one
/// leaves its entry unchecked.
/// </param>
/// <param name="mainEntries">The first entries make one measure of error, those after them another; the worse decides.</param>
internal sealed class Dop853(IDifferentialEquations equations, double[] tolerances, int mainEntries = 6)
{
    /// <summary>Rows of the interpolating polynomial, <see cref="CopyInterpolant"/>.</summary>
    public const int InterpolantRows = 8;

    private const double Safety = 0.9, ShrinkMost = 0.2, GrowMost = 6;

    // Rows of _stride doubles, which is a whole number of vectors: k[s] for the stages, then the seven rows of the dense output.
    private double[] _k = [], _dense = [];
    private double[] _y = [], _yNext = [], _yStage = [];
    private int _n, _stride, _first, _last;
    private bool _denseReady;
    private double _stepSize;

    /// <summary>Time at the start of the latest step.</summary>
    public double PreviousTime { get; private set; }

    /// <summary>Time at the end of the latest step.</summary>
    public double Time { get; private set; }

    /// <summary>Values at <see cref="PreviousTime"/>.</summary>
    public ReadOnlySpan<double> PreviousValues => _y.AsSpan(0, _n);

    /// <summary>Values at <see cref="Time"/>.</summary>
    public ReadOnlySpan<double> Values => _yNext.AsSpan(0, _n);

    /// <summary>Their derivatives at <see cref="PreviousTime"/>.</summary>
    public ReadOnlySpan<double> PreviousDerivative => _k.AsSpan(_first * _stride, _n);

    /// <summary>Their derivatives at <see cref="Time"/>.</summary>
    public ReadOnlySpan<double> EndDerivative => _k.AsSpan(_last * _stride, _n);

    /// <summary>How often the derivative was computed.</summary>
    public long Evaluations { get; private set; }

    /// <summary>Steps that were tried and found too long.</summary>
    public long Rejections { get; private set; }

    /// <summary>The length that the next step will try, signed.</summary>
    public double PlannedStep => Math.CopySign(Math.Min(Math.Abs(_stepSize), LongestStep), _stepSize);

    /// <summary>Longest step; may be changed between steps.</summary>
    public double LongestStep { get; set; } = double.PositiveInfinity;

    /// <summary>Steps shorter than this count as collapsed.</summary>
    public double ShortestStep { get; init; } = 1e-6;

    /// <summary>Begins at a time with the given values; <paramref name="firstStep"/> is the signed length of the first step to try.</summary>
    public void Start(double time, ReadOnlySpan<double> values, double firstStep)
    {
        _n = values.Length;
        int lanes = Vector<double>.Count;
        _stride = (_n + lanes - 1) / lanes * lanes;
        _k = new double[Dop853Tableau.ExtendedStages * _stride];
        _dense = new double[(InterpolantRows - 1) * _stride];
        (_y, _yNext, _yStage) = (new double[_stride], new double[_stride], new double[_stride]);
        (_first, _last) = (0, Dop853Tableau.Stages);
        values.CopyTo(_yNext);
        Time = PreviousTime = time;
        _stepSize = firstStep;
        Evaluate(time, _yNext, _last);
    }

    /// <summary>Takes one accepted step towards <paramref name="end"/> and not beyond it.</summary>
    /// <returns>False when no step of useful length meets the tolerance.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The end is not finite: it would never come.</exception>
    public bool TryStep(double end)
    {
        if (!double.IsFinite(end)) throw new ArgumentOutOfRangeException(nameof(end), end, "An end is a finite time.");
        // The derivative at the end of a step is the first stage of the next.
        Swap();
        PreviousTime = Time;
        double growMost = GrowMost;
        while (true)
        {
            double h = Math.CopySign(Math.Min(Math.Abs(_stepSize), LongestStep), end - PreviousTime);
            bool reachesEnd = Math.Abs(h) >= Math.Abs(end - PreviousTime);
            if (reachesEnd) h = end - PreviousTime;
            if (!(Math.Abs(_stepSize) > ShortestStep)) return false;
            for (int s = 1; s < Dop853Tableau.Stages; s++) Stage(s, h);
            Combine(Dop853Tableau.Rows[Dop853Tableau.Stages], h, _y, _yNext);
            double error = RelativeError(h);
            double factor = error == 0 ? growMost : Safety * Math.Pow(error, -1.0 / 8);
            if (error < 1)
            {
                Time = reachesEnd ? end : PreviousTime + h;
                Evaluate(Time, _yNext, _last);
                // A step cut short at the end says nothing against the planned length.
                double grown = h * Math.Clamp(factor, ShrinkMost, growMost);
                _stepSize = reachesEnd && Math.Abs(grown) < Math.Abs(_stepSize) ? Math.CopySign(_stepSize, h) : grown;
                return true;
            }
            Rejections++;
            _stepSize = h * (double.IsFinite(factor) ? Math.Clamp(factor, ShrinkMost, 1) : ShrinkMost);
            growMost = 1;
        }
    }

    /// <summary>Takes the latest step back, so that another <see cref="TryStep"/> may end earlier; only once, and before <see cref="Replace"/> or <see cref="Restart"/>.</summary>
    public void Undo()
    {
        Swap();
        Time = PreviousTime;
    }

    /// <summary>Goes on from other values at the same time, behind a jump of values or of the equations.</summary>
    public void Restart(ReadOnlySpan<double> values)
    {
        values.CopyTo(_yNext);
        PreviousTime = Time;
        _denseReady = false;
        Evaluate(Time, _yNext, _last);
    }

    /// <summary>Goes on from other values at the same time whose derivative the caller knows.</summary>
    public void Replace(ReadOnlySpan<double> values, ReadOnlySpan<double> derivative)
    {
        values.CopyTo(_yNext);
        derivative.CopyTo(_k.AsSpan(_last * _stride, _n));
        PreviousTime = Time;
        _denseReady = false;
    }

    /// <summary>Writes the values at a time inside the latest step, to order 7; <paramref name="values"/> may ask for the first entries only.</summary>
    public void Interpolate(double time, Span<double> values)
    {
        if (!_denseReady) PrepareDense();
        double x = (time - PreviousTime) / (Time - PreviousTime);
        values.Clear();
        for (int i = InterpolantRows - 2; i >= 0; i--)
        {
            double factor = i % 2 == 0 ? x : 1 - x;
            var row = _dense.AsSpan(i * _stride, values.Length);
            for (int j = 0; j < row.Length; j++) values[j] = (values[j] + row[j]) * factor;
        }
        for (int j = 0; j < values.Length; j++) values[j] += _y[j];
    }

    /// <summary>Writes the interpolating polynomial of the first <paramref name="entries"/> values over the latest step: eight rows, values at the start first.</summary>
    public void CopyInterpolant(int entries, Span<double> rows)
    {
        if (!_denseReady) PrepareDense();
        _y.AsSpan(0, entries).CopyTo(rows);
        for (int i = 0; i < InterpolantRows - 1; i++) _dense.AsSpan(i * _stride, entries).CopyTo(rows[((i + 1) * entries)..]);
    }

    private void PrepareDense()
    {
        double h = Time - PreviousTime;
        for (int s = Dop853Tableau.Stages + 1; s < Dop853Tableau.ExtendedStages; s++) Stage(s, h);
        ReadOnlySpan<double> first = PreviousDerivative, last = EndDerivative;
        Span<double> r0 = _dense.AsSpan(0, _n), r1 = _dense.AsSpan(_stride, _n), r2 = _dense.AsSpan(2 * _stride, _n);
        for (int j = 0; j < _n; j++)
        {
            double change = _yNext[j] - _y[j];
            r0[j] = change;
            r1[j] = h * first[j] - change;
            r2[j] = 2 * change - h * (first[j] + last[j]);
        }
        _dense.AsSpan(3 * _stride).Clear();
        for (int i = 0; i < Dop853Tableau.DenseRows.Length; i++)
        {
            var row = _dense.AsSpan((3 + i) * _stride, _stride);
            Combine(Dop853Tableau.DenseRows[i], h, row, row);
        }
        _denseReady = true;
    }

    private void Swap()
    {
        (_first, _last) = (_last, _first);
        (_y, _yNext) = (_yNext, _y);
        _denseReady = false;
    }

    private void Stage(int s, double h)
    {
        Combine(Dop853Tableau.Rows[s], h, _y, _yStage);
        Evaluate(PreviousTime + Dop853Tableau.C[s] * h, _yStage, s);
    }

    private void Evaluate(double t, double[] y, int stage)
    {
        Evaluations++;
        equations.Derivative(t, y.AsSpan(0, _n), _k.AsSpan(stage * _stride, _n));
    }

    /// <summary>Stage 0 and the one at the end of the step change places from step to step.</summary>
    private int Offset(int stage) => (stage == 0 ? _first : stage == Dop853Tableau.Stages ? _last : stage) * _stride;

    /// <summary>to = from + h · (weighted sum of stages), a vector of entries at a time.</summary>
    private void Combine(Dop853Tableau.Row row, double h, ReadOnlySpan<double> from, Span<double> to)
    {
        ReadOnlySpan<int> stages = row.Stages;
        ReadOnlySpan<double> weights = row.Weights;
        Span<int> offsets = stackalloc int[Dop853Tableau.ExtendedStages];
        for (int e = 0; e < stages.Length; e++) offsets[e] = Offset(stages[e]);
        ref double k = ref MemoryMarshal.GetArrayDataReference(_k), source = ref MemoryMarshal.GetReference(from), target = ref MemoryMarshal.GetReference(to);
        for (int j = 0; j < _stride; j += Vector<double>.Count)
        {
            var sum = Vector<double>.Zero;
            for (int e = 0; e < weights.Length; e++) sum += weights[e] * Vector.LoadUnsafe(ref k, (nuint)(offsets[e] + j));
            (Vector.LoadUnsafe(ref source, (nuint)j) + h * sum).StoreUnsafe(ref target, (nuint)j);
        }
    }

    private double RelativeError(double h)
    {
        int main = Math.Min(mainEntries, tolerances.Length);
        double error = RelativeError(h, 0, main);
        return main == tolerances.Length ? error : WorseOf(error, RelativeError(h, main, tolerances.Length));
    }

    /// <summary>So that a figure that is not a number wins.</summary>
    private static double WorseOf(double a, double b) => a >= b ? a : b;

    /// <summary>Hairer's combination of the two error estimates, as a multiple of the tolerance.</summary>
    private double RelativeError(double h, int from, int to)
    {
        double five = 0, three = 0;
        int count = 0;
        for (int j = from; j < to; j++)
        {
            if (double.IsPositiveInfinity(tolerances[j])) continue;
            double e5 = Sum(Dop853Tableau.Error5, j) / tolerances[j], e3 = Sum(Dop853Tableau.Error3, j) / tolerances[j];
            five += e5 * e5;
            three += e3 * e3;
            count++;
        }
        double sum = five + 0.01 * three;
        return sum == 0 ? 0 : Math.Abs(h) * five / Math.Sqrt(sum * count);
    }

    private double Sum(Dop853Tableau.Row row, int entry)
    {
        double sum = 0;
        for (int e = 0; e < row.Stages.Length; e++) sum += row.Weights[e] * _k[Offset(row.Stages[e]) + entry];
        return sum;
    }
}
