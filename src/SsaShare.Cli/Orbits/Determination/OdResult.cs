using SsaShare.Domain;
using SsaShare.Orbits;

namespace SsaShare.Cli;

/// <summary>What `ssa od` has to tell.</summary>
/// <param name="Id">The object.</param>
/// <param name="Observations">That were fitted; indices of residuals and edits are into it.</param>
/// <param name="Problem">That was solved.</param>
/// <param name="Solution">With what it began from.</param>
/// <param name="Warnings">About the Earth's orientation and the like.</param>
internal sealed record OdResult(string Id, OrbitFit Fit, IReadOnlyList<TrackingObservation> Observations, OdProblem Problem, OdSolution Solution, IReadOnlyList<string> Warnings)
{
    private const int StatesPerRevolution = 60, StatesMin = 200, StatesMax = 6_000;

    public Propagator Propagator => Problem.Propagator;

    /// <summary>How the orbit was begun, for people.</summary>
    public string Begin => Solution.Method is { } method ? $"{OdWords.Name(method)}: {Solution.Begin}" : Solution.Begin;

    /// <summary>Sigmas of the position, m: radial, transverse, normal.</summary>
    public (double Radial, double Transverse, double Normal) PositionSigmasM
    {
        get
        {
            var local = LocalOrbitFrame.Of(Fit.State, LocalOrbitAxes.Rtn).ToLocal(Fit.Covariance);
            return (1_000 * Math.Sqrt(local[0, 0]), 1_000 * Math.Sqrt(local[1, 1]), 1_000 * Math.Sqrt(local[2, 2]));
        }
    }

    /// <summary>The orbit over the span of its observations, with covariance: the part of the surface coefficients included, which ties the ends of the span together.</summary>
    public IReadOnlyList<(CartesianState State, Covariance6 Covariance)> States()
    {
        var (first, last) = Fit.Span;
        double span = Math.Max(1, last.SecondsSince(first)), perRevolution = KeplerianElements.TryFromState(Fit.State, out var elements) ? elements.PeriodSeconds / StatesPerRevolution : span / StatesMin;
        int count = (int)Math.Clamp(span / perRevolution, StatesMin, StatesMax);
        Epoch[] epochs = [.. Enumerable.Range(0, count + 1).Select(i => first.PlusSeconds(i * (span / count)))];
        return Propagator.TrySample(Fit.State, Fit.Surface, epochs, withPartials: true, out var states) ? [.. states.Select(state => (state.ToState(), state.Carry(Fit.ParameterCovariance)))] : [];
    }
}
