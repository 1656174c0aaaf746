using SsaShare.Domain;

namespace SsaShare.Orbits;

/// <summary>
/// The equations of a fit as square-root arrays. Each sensor's are reduced by themselves, its own parameters first: what then remains of its array speaks of the
/// orbit alone and adds to that of other sensors, so the work grows with the number of sensors and not with its cube (Bierman, chapter IV, on local biases).
/// </summary>
internal sealed partial class FitArrays
{
    private const int P = FitProblem.OrbitParameters;

    private readonly FitProblem _problem;
    private readonly CartesianState _start;
    private readonly OrbitFitOptions _options;
    private readonly double[] _priorRoot;
    private readonly SquareRootArray[] _ofSensor;
    private readonly int[][] _estimatedOwn, _consideredOwn;
    private readonly int[] _estimated, _firstConsidered;
    private readonly int[] _consideredOrbit;
    private readonly double[] _consideredSigma;
    private readonly SquareRootArray _total;
    private readonly int _q, _c;
    private readonly double[] _r, _rc, _z;

    public FitArrays(FitProblem problem, OrbitFitOptions options, CartesianState start, bool hasSurfaceForces, bool nuisancesAreFree)
    {
        (_problem, _options, _start) = (problem, options, start);
        bool free(ParameterTreatment treatment, ParameterTreatment wanted) => nuisancesAreFree && hasSurfaceForces && treatment == wanted;
        int[] surface(ParameterTreatment wanted)
            => [.. free(options.BallisticTreatment, wanted) ? [6] : (int[])[], .. free(options.RadiationTreatment, wanted) ? [7] : (int[])[]];
        _estimated = [0, 1, 2, 3, 4, 5, .. surface(ParameterTreatment.Estimated)];
        _consideredOrbit = surface(ParameterTreatment.Considered);
        _estimatedOwn = [.. problem.Sensors.Select(s => nuisancesAreFree ? s.Estimated : [])];
        _consideredOwn = [.. problem.Sensors.Select(s => nuisancesAreFree ? s.Considered : [])];
        _firstConsidered = new int[problem.Sensors.Length];
        var sigmas = _consideredOrbit.Select(SurfaceSigma).ToList();
        for (int s = 0; s < problem.Sensors.Length; s++)
        {
            _firstConsidered[s] = sigmas.Count;
            sigmas.AddRange(_consideredOwn[s].Select(own => problem.Sensors[s].OwnSigma[own]));
        }
        _consideredSigma = [.. sigmas];
        (_q, _c) = (_estimated.Length, _consideredSigma.Length);
        _ofSensor = [.. problem.Sensors.Select((_, s) => new SquareRootArray(_estimatedOwn[s].Length + P, _estimatedOwn[s].Length + P + _consideredOwn[s].Length + 1))];
        _total = new SquareRootArray(_q, _q + _c + 1);
        (_r, _rc, _z) = (new double[_q * _q], new double[_q * _c], new double[_q]);
        _priorRoot = options.Prior is { } prior ? InverseRoot(prior.Covariance) : [];
    }

    /// <summary>Whether anything but the state takes part.</summary>
    public bool HasNuisances => _q > 6 || _c > 0 || _estimatedOwn.Any(own => own.Length > 0);

    /// <summary>How many parameters are estimated, those of the sensors included.</summary>
    public int EstimatedCount => _q + _estimatedOwn.Sum(own => own.Length);

    private double SurfaceMean(int parameter) => parameter == 6 ? _options.Surface.BallisticM2PerKg : _options.Surface.RadiationM2PerKg;

    private double SurfaceSigma(int parameter) => parameter == 6 ? _options.SurfaceSigma.BallisticM2PerKg : _options.SurfaceSigma.RadiationM2PerKg;

    private static int OwnAt(int sensor, int own) => P + sensor * FitSensor.OwnParameters + own;

    /// <summary>Reduces the equations of every measurement that counts, and what is known of the sensors' own parameters beforehand.</summary>
    public void Fill(FitEvaluation at)
    {
        for (int s = 0; s < _ofSensor.Length; s++)
        {
            _ofSensor[s].Clear();
            for (int i = 0; i < _estimatedOwn[s].Length; i++)
            {
                int own = _estimatedOwn[s][i];
                double sigma = _problem.Sensors[s].OwnSigma[own];
                var row = _ofSensor[s].NextRow();
                row[i] = 1 / sigma;
                row[^1] = (_problem.Sensors[s].Published[own] - at.Parameters[OwnAt(s, own)]) / sigma;
            }
        }
        for (int i = 0; i < _problem.Measurements.Length; i++)
        {
            int observation = _problem.Measurements[i].Observation;
            if (at.IsRejected(observation)) continue;
            int s = _problem.SensorOf[observation];
            double weight = at.RootWeight(i);
            var row = _ofSensor[s].NextRow();
            FillRow(at.Design, i, s, weight, row);
            row[^1] = weight * at.Values[i];
        }
        _parameters = at.Parameters;
    }

    private double[] _parameters = [];

    /// <summary>Derivatives of one measurement by its sensor's estimated parameters, the orbit's eight, and its sensor's considered ones.</summary>
    private void FillRow(FitDesign design, int measurement, int sensor, double weight, Span<double> row)
    {
        var kind = _problem.Measurements[measurement].Kind;
        int[] estimated = _estimatedOwn[sensor], considered = _consideredOwn[sensor];
        for (int j = 0; j < estimated.Length; j++) row[j] = weight * design.ByOwn(measurement, kind, estimated[j]);
        for (int j = 0; j < P; j++) row[estimated.Length + j] = weight * design.ByOrbit[measurement * P + j];
        for (int j = 0; j < considered.Length; j++) row[estimated.Length + P + j] = weight * design.ByOwn(measurement, kind, considered[j]);
    }

    /// <summary>Brings the sensors' arrays and the prior together; false when they leave a parameter open.</summary>
    private bool TryCombine(double damping, out string open)
    {
        _total.Clear();
        for (int s = 0; s < _ofSensor.Length; s++)
        {
            int first = _estimatedOwn[s].Length;
            for (int i = 0; i < P; i++)
            {
                var from = _ofSensor[s].Row(first + i);
                var to = _total.NextRow();
                for (int j = 0; j < _q; j++) to[j] = from[first + _estimated[j]];
                for (int j = 0; j < _consideredOrbit.Length; j++) to[_q + j] = from[first + _consideredOrbit[j]];
                for (int j = 0; j < _consideredOwn[s].Length; j++) to[_q + _firstConsidered[s] + j] = from[first + P + j];
                to[^1] = from[^1];
            }
        }
        AddPrior();
        Take();
        int undetermined = UpperTriangle.Undetermined(_r, _q);
        open = undetermined < 0 ? "" : Describe(undetermined);
        if (undetermined >= 0 || damping == 0) return undetermined < 0;
        // Biases and clocks enter the measurements linearly: only the orbit is damped.
        for (int j = 0; j < _q; j++) _total.NextRow()[j] = Math.Sqrt(damping) * UpperTriangle.ColumnLength(_r, _q, j);
        Take();
        return true;
    }

    private void Take()
    {
        for (int i = 0; i < _q; i++)
        {
            var row = _total.Row(i);
            row[.._q].CopyTo(_r.AsSpan(i * _q, _q));
            row.Slice(_q, _c).CopyTo(_rc.AsSpan(i * _c, _c));
            _z[i] = row[^1];
        }
    }

    public bool TrySolve(int parameters, double damping, out double[] correction, out double sigmas, out string open)
    {
        correction = new double[parameters];
        sigmas = double.NaN;
        if (!TryCombine(0, out open)) return false;
        double[] root = UpperTriangle.Inverse(_r, _q), orbit = new double[_q];
        if (damping > 0) TryCombine(damping, out _);
        UpperTriangle.Solve(_r, _q, _z, orbit);
        for (int j = 0; j < _q; j++) correction[_estimated[j]] = orbit[j];
        for (int s = 0; s < _ofSensor.Length; s++) SolveOwn(s, orbit, correction);
        sigmas = 0;
        for (int i = 0; i < 6; i++)
        {
            double variance = 0;
            for (int j = i; j < _q; j++) variance += root[i * _q + j] * root[i * _q + j];
            sigmas = Math.Max(sigmas, Math.Abs(correction[i]) / Math.Sqrt(variance));
        }
        return true;
    }

    private void SolveOwn(int sensor, double[] orbit, double[] correction)
    {
        int count = _estimatedOwn[sensor].Length;
        for (int i = count - 1; i >= 0; i--)
        {
            var row = _ofSensor[sensor].Row(i);
            double rest = row[^1];
            for (int j = 0; j < _q; j++) rest -= row[count + _estimated[j]] * orbit[j];
            for (int j = i + 1; j < count; j++) rest -= row[j] * correction[OwnAt(sensor, _estimatedOwn[sensor][j])];
            correction[OwnAt(sensor, _estimatedOwn[sensor][i])] = rest / row[i];
        }
    }
}
