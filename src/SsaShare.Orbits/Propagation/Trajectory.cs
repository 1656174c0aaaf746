using SsaShare.Domain;

namespace SsaShare.Orbits;

/// <summary>A propagated orbit that answers every instant of its span, by the interpolating polynomials (order 7) of the integrator's own steps. Immutable; safe for concurrent use.</summary>
public sealed class Trajectory
{
    private const int Entries = 6, PieceDoubles = Entries * Dop853.InterpolantRows;

    private readonly Epoch _start;
    private readonly double[] _times, _pieces;
    private readonly bool _isForward;
    private readonly int _count;

    /// <param name="start">Epoch of time 0.</param>
    /// <param name="times">Where pieces begin, and at last where the last one ends; s, in one direction.</param>
    /// <param name="pieces">The polynomials, <see cref="Dop853.CopyInterpolant"/>.</param>
    /// <param name="end">The state at the last time.</param>
    internal Trajectory(Epoch start, double[] times, double[] pieces, PropagatedState end)
    {
        (_start, _times, _pieces, _count, End) = (start, times, pieces, times.Length - 1, end);
        _isForward = times[^1] >= 0;
    }

    /// <summary>The earliest instant covered.</summary>
    public Epoch First => _start.PlusSeconds(_isForward ? _times[0] : _times[^1]);

    /// <summary>The latest instant covered.</summary>
    public Epoch Last => _start.PlusSeconds(_isForward ? _times[^1] : _times[0]);

    /// <summary>Where the propagation arrived, with partials and process noise where they were asked for.</summary>
    public PropagatedState End { get; }

    /// <summary>Steps of the integrator, each a polynomial.</summary>
    public int Pieces => _count;

    public bool Covers(Epoch epoch) => epoch >= First && epoch <= Last;

    /// <summary>Position (km) and velocity (km/s) at an instant, GCRF.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Before <see cref="First"/> or after <see cref="Last"/>.</exception>
    public CartesianState At(Epoch epoch)
    {
        At(epoch, out var position, out var velocity);
        return new CartesianState(epoch, Frame.Gcrf, position, velocity);
    }

    /// <summary>The same without an object.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Before <see cref="First"/> or after <see cref="Last"/>.</exception>
    public void At(Epoch epoch, out Vector3d positionKm, out Vector3d velocityKmPerS)
    {
        if (!Covers(epoch)) throw new ArgumentOutOfRangeException(nameof(epoch), epoch, $"The trajectory covers {First} to {Last}.");
        double time = epoch.SecondsSince(_start);
        if (_count == 0 || time == _times[^1])
        {
            (positionKm, velocityKmPerS) = (End.PositionKm, End.VelocityKmPerS);
            return;
        }
        int piece = Find(time);
        double x = Math.Clamp((time - _times[piece]) / (_times[piece + 1] - _times[piece]), 0, 1);
        var rows = _pieces.AsSpan(piece * PieceDoubles, PieceDoubles);
        Span<double> y = stackalloc double[Entries];
        y.Clear();
        for (int i = Dop853.InterpolantRows - 1; i > 0; i--)
        {
            double factor = i % 2 == 1 ? x : 1 - x;
            for (int j = 0; j < Entries; j++) y[j] = (y[j] + rows[i * Entries + j]) * factor;
        }
        positionKm = new Vector3d(y[0] + rows[0], y[1] + rows[1], y[2] + rows[2]);
        velocityKmPerS = new Vector3d(y[3] + rows[3], y[4] + rows[4], y[5] + rows[5]);
    }

    /// <summary>The last piece that begins before the time or at it, in the direction of the propagation forward: behind an impulse at that very instant.</summary>
    private int Find(double time)
    {
        int low = 0, high = _count - 1;
        while (low < high)
        {
            int middle = (low + high + 1) / 2;
            bool begun = _isForward ? _times[middle] <= time : _times[middle] > time;
            if (begun) low = middle;
            else high = middle - 1;
        }
        return low;
    }
}
