using SsaShare.Domain;
using SsaShare.Orbits;

namespace SsaShare.Fusion;

/// <summary>One tracklet's orbit, or that of two that may be one object.</summary>
internal sealed class WaitingOrbit
{
    private const double SecondsPerDay = 86_400;

    private WaitingOrbit(IReadOnlyList<OrbitCandidate> members, CartesianState state, Covariance6 covariance, double[] elements, double[] elementCovariance, double[] partials)
        => (Members, State, Covariance, Elements, ElementCovariance, Partials) = (members, state, covariance, elements, elementCovariance, partials);

    /// <summary>Ascending in time, then by id.</summary>
    public IReadOnlyList<OrbitCandidate> Members { get; }
    public CartesianState State { get; }
    public Covariance6 Covariance { get; }
    public double[] Elements { get; }
    public double[] ElementCovariance { get; }
    public double[] Partials { get; }
    public Epoch Newest => Members[^1].State.Epoch;

    /// <summary>One sigma of ln n, with what drag adds in a day.</summary>
    public double EnergySigma => Math.Sqrt(ElementCovariance[0]) + 2e-4;

    /// <summary>One sigma of the normal, rad, with what the node's unsure rate adds over some days.</summary>
    public double PlaneSigma(double days)
    {
        double tan2 = Elements[MeanOrbitElements.H] * Elements[MeanOrbitElements.H] + Elements[MeanOrbitElements.K] * Elements[MeanOrbitElements.K];
        Span<double> later = stackalloc double[6], faster = stackalloc double[6], moved = stackalloc double[6];
        Elements.CopyTo(faster);
        faster[0] += Math.Sqrt(ElementCovariance[0]);
        MeanOrbitElements.Move(Elements, days * SecondsPerDay, later);
        MeanOrbitElements.Move(faster, days * SecondsPerDay, moved);
        double drift = (MeanOrbitElements.Normal(later) - MeanOrbitElements.Normal(moved)).Norm;
        return 2 / (1 + tan2) * Math.Sqrt(ElementCovariance[21] + ElementCovariance[28]) + drift + 5e-4 + 2e-4 * days;
    }

    public static WaitingOrbit Of(OrbitCandidate one) => new([one], one.State, one.Covariance, one.Elements, one.ElementCovariance, one.Partials);

    public static WaitingOrbit? Of(IReadOnlyList<OrbitCandidate> members, OrbitFit fit)
    {
        var (r, v) = (fit.State.PositionKm, fit.State.VelocityKmPerS);
        double[] elements = new double[6], partials = new double[36], covariance = new double[36], ofElements = new double[36];
        if (!MeanOrbitElements.TryOf([r.X, r.Y, r.Z, v.X, v.Y, v.Z], elements, partials)) return null;
        Matrix6.Fill(fit.Covariance, covariance);
        Matrix6.Congruence(partials, covariance, ofElements);
        return new WaitingOrbit(members, fit.State, fit.Covariance, elements, ofElements, partials);
    }

    /// <summary>The state as another orbit corrects it.</summary>
    public CartesianState Corrected(ReadOnlySpan<double> pull)
    {
        Span<double> byState = stackalloc double[6], covariance = stackalloc double[36], step = stackalloc double[6];
        byState.Clear();
        for (int i = 0; i < 6; i++)
        for (int k = 0; k < 6; k++) byState[i] += Partials[k * 6 + i] * pull[k];
        Matrix6.Fill(Covariance, covariance);
        Matrix6.Times(covariance, byState, step);
        return new CartesianState(State.Epoch, State.Frame, State.PositionKm + new Vector3d(step[0], step[1], step[2]), State.VelocityKmPerS + new Vector3d(step[3], step[4], step[5]));
    }
}
