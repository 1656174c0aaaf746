using SsaShare.Domain;
using SsaShare.Orbits;

namespace SsaShare.Fusion;

/// <summary>Measurements of one sensor, close in time and on one smooth path: one look at one object. Owned by the engine.</summary>
internal sealed class Tracklet(SensorKey sensor, Measured first)
{
    private readonly List<Measured> _inTime = [first];
    private ContributedObservation[][]? _frozen;

    public SensorKey Sensor => sensor;

    /// <summary>Ascending in time; at one instant in order of the record id, so that the order of arrival does not matter.</summary>
    public IReadOnlyList<Measured> InTime => _inTime;

    public Epoch Start => _inTime[0].Epoch;
    public Epoch End => _inTime[^1].Epoch;
    public double DurationSeconds => End.SecondsSince(Start);

    /// <summary>For the fit: each measurement once.</summary>
    public IReadOnlyList<SensorObservation> ForFit() => [.. _inTime.Select(m => m.First.ForFit)];

    public void Insert(Measured measured)
    {
        int at = _inTime.FindIndex(m => m.Epoch > measured.Epoch);
        _inTime.Insert(at < 0 ? _inTime.Count : at, measured);
        _frozen = null;
    }

    public void Remove(Measured measured)
    {
        _inTime.Remove(measured);
        _frozen = null;
    }

    /// <summary>To be called when a measurement of this tracklet got or lost a record.</summary>
    public void RecordsChanged() => _frozen = null;

    /// <summary>Every record of every measurement as they are now; later changes do not reach it.</summary>
    public IReadOnlyList<IReadOnlyList<ContributedObservation>> Freeze() => _frozen ??= [.. _inTime.Select(m => m.Records.ToArray())];

    /// <summary>Seconds from an instant to the nearest measurement.</summary>
    public (Measured Nearest, double Seconds) NearestTo(Epoch epoch)
    {
        int at = _inTime.FindIndex(m => m.Epoch >= epoch);
        if (at < 0) return (_inTime[^1], epoch.SecondsSince(_inTime[^1].Epoch));
        double after = _inTime[at].Epoch.SecondsSince(epoch);
        if (at == 0) return (_inTime[0], after);
        double before = epoch.SecondsSince(_inTime[at - 1].Epoch);
        return before <= after ? (_inTime[at - 1], before) : (_inTime[at], after);
    }
}
