using SsaShare.Domain;

namespace SsaShare.Cli;

/// <summary>One object and the piece of its track that is at hand: states at successive times. Used by one thread at a time; its arrays are filled again for the next piece.</summary>
internal sealed class ObjectTrack(OrbitStart start)
{
    public OrbitStart Start => start;

    /// <summary>Times in the piece.</summary>
    public int Count { get; private set; }

    public bool IsFirst { get; private set; }

    public bool IsLast { get; private set; }

    public Epoch[] Epochs { get; private set; } = [];

    /// <summary>km; a component is not a number where there is no state.</summary>
    public Vector3d[] PositionKm { get; private set; } = [];

    /// <summary>km/s.</summary>
    public Vector3d[] VelocityKmPerS { get; private set; } = [];

    /// <summary>Null where none was asked for or given.</summary>
    public Covariance6[]? Covariances { get; set; }

    public Frame Frame { get; set; }

    /// <summary>Times of all pieces so far that have no state.</summary>
    public long Failures { get; private set; }

    /// <summary>The first of them, and why; null where all went well.</summary>
    public (Epoch Epoch, string Reason)? FirstFailure { get; private set; }

    /// <summary>Where numerical propagation goes on from.</summary>
    public OrbitState? Reached { get; set; }

    public bool Has(int index) => double.IsFinite(PositionKm[index].X);

    public void Begin(PropagationTimes times, int first, int count)
    {
        (Count, IsFirst, IsLast) = (count, first == 0, first + count == times.Count);
        if (Epochs.Length < count) (Epochs, PositionKm, VelocityKmPerS) = (new Epoch[count], new Vector3d[count], new Vector3d[count]);
        for (int i = 0; i < count; i++) Epochs[i] = times.At(first + i, start.Epoch);
        Covariances = null;
    }

    /// <summary>A whole track at once, in GCRF, with covariances.</summary>
    public void Set((CartesianState State, Covariance6 Covariance)[] states)
    {
        (Count, IsFirst, IsLast, Frame) = (states.Length, true, true, Domain.Frame.Gcrf);
        Epochs = [.. states.Select(one => one.State.Epoch)];
        PositionKm = [.. states.Select(one => one.State.PositionKm)];
        VelocityKmPerS = [.. states.Select(one => one.State.VelocityKmPerS)];
        Covariances = [.. states.Select(one => one.Covariance)];
    }

    public void Fail(int index, string reason)
    {
        PositionKm[index] = VelocityKmPerS[index] = new Vector3d(double.NaN, double.NaN, double.NaN);
        Failures++;
        FirstFailure ??= (Epochs[index], reason);
    }
}
