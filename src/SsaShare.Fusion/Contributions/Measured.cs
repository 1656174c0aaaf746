using System.Runtime.InteropServices;
using SsaShare.Domain;
using SsaShare.Orbits;

namespace SsaShare.Fusion;

/// <summary>What was measured, whoever reports it: two records with the same instant and figures are one measurement.</summary>
/// <remarks>
/// The sensor's name is no part of it where two figures or more agree to the last bit at the same nanosecond: a partner may forward
/// another's raw data under a name of its own.
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

/// <summary>One measurement with every record that carries it. Owned by the engine and changed only under its lock.</summary>
internal sealed class Measured(ContributedObservation first)
{
    private readonly List<ContributedObservation> _records = [first];

    /// <summary>In the order in which they came.</summary>
    public IReadOnlyList<ContributedObservation> Records => _records;

    public ContributedObservation First => _records[0];

    public Epoch Epoch => First.Epoch;

    public void Add(ContributedObservation another) => _records.Add(another);

    /// <returns>Whether no record is left.</returns>
    public bool Remove(RecordId record)
    {
        _records.RemoveAll(r => r.Record == record);
        return _records.Count == 0;
    }
}
