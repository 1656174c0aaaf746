using SsaShare.Domain;

namespace SsaShare.Orbits;

/// <summary>Keeps the polynomial of every step of a march.</summary>
internal sealed class TrajectoryRecorder(Epoch start) : IMarchObserver
{
    private const int PieceDoubles = 6 * Dop853.InterpolantRows;

    private readonly List<double> _times = [0];
    private double[] _pieces = new double[64 * PieceDoubles];

    public void Inside(OrbitMarch march)
    {
        int at = (_times.Count - 1) * PieceDoubles;
        if (at + PieceDoubles > _pieces.Length) Array.Resize(ref _pieces, 2 * _pieces.Length);
        march.Integrator.CopyInterpolant(6, _pieces.AsSpan(at, PieceDoubles));
        _times.Add(march.Time);
    }

    public void Arrived(OrbitMarch march) { }

    public Trajectory ToTrajectory(OrbitMarch march)
    {
        var end = march.Current(start.PlusSeconds(_times[^1]));
        return new Trajectory(start, [.. _times], _pieces.AsSpan(0, (_times.Count - 1) * PieceDoubles).ToArray(), end);
    }
}
