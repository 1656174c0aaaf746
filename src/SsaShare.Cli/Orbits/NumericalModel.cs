using SsaShare.Domain;
using SsaShare.Orbits;

namespace SsaShare.Cli;

/// <summary>Numerical propagation in GCRF from a state, or from what SGP4 says at the elements' epoch; with the covariance where there is one.</summary>
/// <param name="propagator">With its forces.</param>
/// <param name="surface">Of every object.</param>
/// <param name="withCovariance">Covariances are carried along where a state has one.</param>
/// <param name="frame">Wanted.</param>
internal sealed class NumericalModel(Propagator propagator, SurfaceCoefficients surface, bool withCovariance, Frame frame) : IOrbitModel
{
    private EarthRotation Rotation => propagator.Forces.Rotation;

    public string? Objection(OrbitStart start)
        => start.Elements is { } set && new Sgp4Propagator(set).Propagate(0.0) is { IsValid: false } state ? $"no state at its epoch: SGP4 error {(int)state.Error}: {state.Error.Describe()}" : null;

    public IReadOnlyList<string> Warnings(Epoch first, Epoch last) => propagator.Forces.Warnings(first, last, withDrag: surface.BallisticM2PerKg > 0);

    public void Propagate(IReadOnlyList<ObjectTrack> tracks, PropagationTimes times, int first, int count) => Parallel.For(0, tracks.Count, index => Propagate(tracks[index]));

    private void Propagate(ObjectTrack track)
    {
        track.Frame = frame;
        var from = track.Reached ?? Start(track.Start);
        bool carries = withCovariance && from.Covariance is not null;
        var epochs = new ArraySegment<Epoch>(track.Epochs, 0, track.Count);
        var (states, stop) = propagator.Sample(from.State, surface, epochs, new PropagationOptions { WithPartials = carries }) switch
        {
            PropagationOutcome<IReadOnlyList<PropagatedState>>.Stopped(var why, var until) => (until, why),
            PropagationOutcome<IReadOnlyList<PropagatedState>>.Completed(var all) => (all, (PropagationStop?)null),
            _ => throw new InvalidOperationException("A propagation is complete or stopped."),
        };
        // Of a track that ends early the states before the end are there.
        var reached = states.ToDictionary(state => state.Epoch);
        var covariances = carries ? new Covariance6[track.Count] : null;
        for (int i = 0; i < track.Count; i++)
        {
            if (!reached.TryGetValue(epochs[i], out var state))
            {
                track.Fail(i, $"{stop!.Detail}, after {stop.Epoch}.");
                continue;
            }
            var turned = Rotation.To(state.ToState(), frame);
            (track.PositionKm[i], track.VelocityKmPerS[i]) = (turned.PositionKm, turned.VelocityKmPerS);
            if (covariances is not null) covariances[i] = CovarianceFrames.FromGcrf(state.Carry(from.Covariance!), state.ToState(), frame, Rotation);
        }
        track.Covariances = covariances;
        if (stop is null && states.Count > 0) track.Reached = new OrbitState(null, states[^1].ToState(), carries ? states[^1].Carry(from.Covariance!) : null);
    }

    /// <summary>In GCRF.</summary>
    private OrbitState Start(OrbitStart start)
    {
        if (start.State is { } given)
        {
            var state = Rotation.To(given.State, Frame.Gcrf);
            return new OrbitState(null, state, given.Covariance is { } covariance ? CovarianceFrames.ToGcrf(covariance, given.State, Rotation) : null);
        }
        var mean = new Sgp4Propagator(start.Elements!).Propagate(0.0);
        return new OrbitState(null, Rotation.To(new CartesianState(start.Epoch, Frame.Teme, mean.PositionKm, mean.VelocityKmPerS), Frame.Gcrf), null);
    }
}
