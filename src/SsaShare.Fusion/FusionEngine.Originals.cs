namespace SsaShare.Fusion;

/// <summary>How originals and what was degraded of them are kept as one measurement. Everything here is called under the lock.</summary>
public sealed partial class FusionEngine
{
    /// <summary>The measurement that holds the original of a degraded record, another degraded form of it, or what was degraded of an original.</summary>
    private Measured? FindByOriginal(ContributedObservation contribution)
        => contribution.Original is { } original && _byOriginal.TryGetValue(original, out var measured)
            && measured.Records.Any(one => one.Original == original && (one.Originator, one.Sensor.Id) == (contribution.Originator, contribution.Sensor.Id))
            ? measured
            : null;

    /// <summary>An original repeats figures that are here already under another record, and what was degraded of it stands apart: all become one measurement.</summary>
    private void Merge(Measured apart, ContributedObservation original, Intake intake)
    {
        var moved = apart.Records.ToList();
        intake.ToRefit.UnionWith(TakeOut(moved.Select(one => one.Record)));
        intake.Moved.AddRange(moved);
        TakeIn(original, intake);
        var again = new Intake();
        foreach (var one in moved) TakeIn(one, again);
        intake.Entered.AddRange(again.Entered);
        intake.ToRefit.UnionWith(again.ToRefit);
        intake.Changed.UnionWith(again.Changed);
    }

    /// <summary>Changes the records of a measurement that keeps at least one.</summary>
    /// <returns>Whether another record leads it now: then its time and figures are that record's.</returns>
    private bool Rearrange(Measured measured, Tracklet place, Action change)
    {
        var (first, content) = (measured.First, measured.Content);
        change();
        place.RecordsChanged();
        if (measured.First.Record == first.Record) return false;
        Unkey(measured, content);
        Key(measured);
        place.Remove(measured);
        place.Insert(measured);
        return _rearranged = true;
    }

    private void Key(Measured measured)
    {
        if (_measured.TryGetValue(measured.Content, out var alike)) alike.Add(measured);
        else _measured.Add(measured.Content, [measured]);
    }

    private void Unkey(Measured measured, MeasurementContent content)
    {
        _measured[content].Remove(measured);
        if (_measured[content].Count == 0) _measured.Remove(content);
    }

    private void ForgetOriginal(ContributedObservation gone, Measured measured)
    {
        if (gone.Original is not { } original || measured.Records.Any(one => one.Original == original)) return;
        if (_byOriginal.TryGetValue(original, out var known) && known == measured) _byOriginal.Remove(original);
    }
}
