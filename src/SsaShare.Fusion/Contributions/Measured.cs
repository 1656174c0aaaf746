using System.Runtime.InteropServices;
using SsaShare.Domain;
using SsaShare.Orbits;

namespace SsaShare.Fusion;

/// <summary>What was measured, whoever reports it: two records with the same instant and figures, from the same place, are one measurement.</summary>
/// <remarks>
/// The sensor's name is no part of it where two figures or more agree to the last bit at the same nanosecond: a partner may forward
/// another's raw data under a name of its own. The place, which <see cref="Measured.IsFrom"/> compares, is: figures repeated from
/// elsewhere must not take the place of the true ones.
/// </remarks>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct MeasurementContent(Epoch Epoch, double? RangeKm, double? AzimuthRad, double? ElevationRad, double? RangeRateKmPerS, SensorKey? Sensor)
{
    public static MeasurementContent Of(ContributedObservation contribution)
    {
        var o = contribution.Observation;
        int figures = (o.RangeKm is null ? 0 : 1) + (o.AzimuthRad is null ? 0 : 1) + (o.ElevationRad is null ? 0 : 1) + (o.RangeRateKmPerS is null ? 0 : 1);
        return new MeasurementContent(o.Epoch, o.RangeKm, o.AzimuthRad, o.ElevationRad, o.RangeRateKmPerS,
            figures >= 2 ? null : new SensorKey(contribution.Sensor.Owner, contribution.Sensor.Id));
    }
}

/// <summary>
/// One measurement with every record that carries it, degraded ones too. Only the first that a reader may see ever counts: originals come before what was
/// degraded of them, the finer before the coarser. Owned by the engine and changed only under its lock.
/// </summary>
internal sealed class Measured(ContributedObservation first)
{
    // Two partners' surveys of one antenna agree far better than this, and no other antenna sees the same figures from so near.
    private const double SamePlaceWithinKm = 0.1;

    private readonly List<ContributedObservation> _records = [first];

    /// <summary>Originals in the order in which they came, then degraded ones from the finest.</summary>
    public IReadOnlyList<ContributedObservation> Records => _records;

    public ContributedObservation First => _records[0];

    public Epoch Epoch => First.Epoch;

    /// <summary>Whether a sensor stands where these figures were measured.</summary>
    public bool IsFrom(Sensor sensor)
        => sensor.Site == First.Sensor.Site || Wgs84.ToItrfKm(sensor.Site).DistanceTo(Wgs84.ToItrfKm(First.Sensor.Site)) <= SamePlaceWithinKm;

    public MeasurementContent Content => MeasurementContent.Of(First);

    public void Add(ContributedObservation another)
    {
        int at = _records.FindIndex(one => IsBefore(another, one));
        _records.Insert(at < 0 ? _records.Count : at, another);
    }

    /// <returns>Whether no record is left.</returns>
    public bool Remove(RecordId record)
    {
        _records.RemoveAll(r => r.Record == record);
        return _records.Count == 0;
    }

    private static bool IsBefore(ContributedObservation a, ContributedObservation b)
    {
        if (a.Mark is null || b.Mark is null) return a.Mark is null && b.Mark is not null;
        return a.AddedPositionKm != b.AddedPositionKm ? a.AddedPositionKm < b.AddedPositionKm : string.CompareOrdinal(a.Record.ToString(), b.Record.ToString()) < 0;
    }
}
