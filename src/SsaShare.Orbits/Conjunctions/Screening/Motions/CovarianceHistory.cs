using SsaShare.Domain;

namespace SsaShare.Orbits;

/// <summary>Covariances of one object at some instants, and between them. Immutable; safe for concurrent use.</summary>
/// <remarks>
/// The covariance before an instant and the one after it are both carried to it by the partials of a flight under gravity (<see cref="ForceModelOptions.Light"/>), and in the object's own axes the mean of the two is taken, weighted by
/// nearness. A weighted mean of positive (semi)definite matrices is one; and how errors turn from radial to transverse along the orbit is in it, which interpolation of the entries misses where blocks are many minutes apart (the problem:
/// Alfano 2004, AAS 04-223). A Kepler orbit would not do: in low orbit blocks 90 minutes apart leave it 60 % off in a radial sigma. Before the first block and after the last that one is carried alone. One that says nothing of velocities, or
/// whose flight ends on the way, is carried nowhere: it turns with the object's own axes.
/// </remarks>
public sealed class CovarianceHistory
{
    private static readonly Propagator Gravity = new(new ForceModel(ForceModelOptions.Light, rotation: new EarthRotation(EarthOrientation.Default.Extended())));

    private static readonly PropagationOptions WithPartials = new() { WithPartials = true };

    private readonly (CartesianState State, Covariance6 Covariance)[] _blocks;

    /// <param name="blocks">State and covariance, GCRF, of different instants.</param>
    /// <exception cref="ArgumentException">There is none, or one is in another frame.</exception>
    public CovarianceHistory(IEnumerable<(CartesianState State, Covariance6 Covariance)> blocks)
    {
        _blocks = [.. blocks.OrderBy(block => block.State.Epoch)];
        if (_blocks.Length == 0) throw new ArgumentException("Expected a covariance.", nameof(blocks));
        if (_blocks.Any(block => block.State.Frame != Frame.Gcrf)) throw new ArgumentException("Expected GCRF.", nameof(blocks));
    }

    /// <summary>Of what instant the one covariance was stated that all were carried from; null where each was stated.</summary>
    public Epoch? CarriedFrom { get; init; }

    /// <summary>The instant from which what stands at another one is carried alone; null where that is between two.</summary>
    public Epoch? SourceOf(Epoch epoch) => CarriedFrom ?? (epoch < Span.First ? Span.First : epoch > Span.Last ? Span.Last : null);

    /// <summary>The first and the last instant of which a covariance is known.</summary>
    public (Epoch First, Epoch Last) Span => (_blocks[0].State.Epoch, _blocks[^1].State.Epoch);

    /// <param name="state">Where the object is, GCRF.</param>
    /// <returns>Of that state, GCRF.</returns>
    /// <exception cref="ArgumentException">The state is in another frame, or has no orbital plane.</exception>
    public Covariance6 At(CartesianState state)
    {
        if (state.Frame != Frame.Gcrf) throw new ArgumentException($"Expected GCRF, got {state.Frame}.", nameof(state));
        int after = FirstAfter(state.Epoch);
        if (after > 0 && _blocks[after - 1].State.Epoch == state.Epoch) return _blocks[after - 1].Covariance;
        var axes = LocalOrbitFrame.Of(state, LocalOrbitAxes.Rtn);
        if (after == 0) return axes.FromLocal(Carried(_blocks[0], state.Epoch));
        if (after == _blocks.Length) return axes.FromLocal(Carried(_blocks[^1], state.Epoch));
        var (before, next) = (_blocks[after - 1], _blocks[after]);
        double share = state.Epoch.SecondsSince(before.State.Epoch) / next.State.Epoch.SecondsSince(before.State.Epoch);
        Covariance6 forward = Carried(before, state.Epoch), backward = Carried(next, state.Epoch);
        Span<double> mean = stackalloc double[21];
        for (int i = 0; i < mean.Length; i++) mean[i] = (1 - share) * forward.Lower[i] + share * backward.Lower[i];
        return axes.FromLocal(new Covariance6(mean));
    }

    private int FirstAfter(Epoch epoch)
    {
        int low = 0, high = _blocks.Length;
        while (low < high)
        {
            int middle = (low + high) / 2;
            if (_blocks[middle].State.Epoch <= epoch) low = middle + 1;
            else high = middle;
        }
        return low;
    }

    /// <summary>In the radial, transverse and normal axes of where the orbit has come.</summary>
    private static Covariance6 Carried((CartesianState State, Covariance6 Covariance) block, Epoch to)
    {
        if (block.Covariance.VelocitySigmaKmPerS > 0 && Gravity.Sample(block.State, default, [to], WithPartials) is PropagationOutcome<IReadOnlyList<PropagatedState>>.Completed({ } reached))
            return LocalOrbitFrame.Of(reached[0].ToState(), LocalOrbitAxes.Rtn).ToLocal(reached[0].Carry(block.Covariance));
        return LocalOrbitFrame.Of(block.State, LocalOrbitAxes.Rtn).ToLocal(block.Covariance);
    }
}
