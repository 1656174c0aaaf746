using SsaShare.Domain;
using SsaShare.Orbits;

namespace SsaShare.Cli;

/// <summary>What `ssa od` has to tell.</summary>
/// <param name="Id">The object.</param>
/// <param name="Observations">That were fitted; indices of residuals and edits are into it.</param>
/// <param name="Warnings">About the Earth's orientation and the like.</param>
internal sealed record OdResult(string Id, OrbitFit Fit, IReadOnlyList<TrackingObservation> Observations, Propagator Propagator, IReadOnlyList<string> Warnings)
{
    private const int StatesOverSpan = 240;

    /// <summary>Sigmas of the position, m: radial, transverse, normal.</summary>
    public (double Radial, double Transverse, double Normal) PositionSigmasM
    {
        get
        {
            var local = LocalOrbitFrame.Of(Fit.State, LocalOrbitAxes.Rtn).ToLocal(Fit.Covariance);
            return (1_000 * Math.Sqrt(local[0, 0]), 1_000 * Math.Sqrt(local[1, 1]), 1_000 * Math.Sqrt(local[2, 2]));
        }
    }

    /// <summary>The orbit over the span of its observations, with covariance: the surface coefficients' part included.</summary>
    public IReadOnlyList<PropagatedState> States()
    {
        var (first, last) = Fit.Span;
        double step = Math.Max(1, last.SecondsSince(first) / StatesOverSpan);
        Epoch[] epochs = [.. Enumerable.Range(0, StatesOverSpan + 1).Select(i => first.PlusSeconds(i * step)).Where(epoch => epoch <= last)];
        return Propagator.TrySample(Fit.State, Fit.Surface, epochs, withPartials: true, out var states) ? states : [];
    }
}
