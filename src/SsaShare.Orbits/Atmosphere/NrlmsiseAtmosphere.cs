using SsaShare.Domain;

namespace SsaShare.Orbits;

/// <summary>NRLMSISE-00 with anomalous oxygen (GTD7D), driven by a table of space weather: what drag of satellites is computed with.</summary>
/// <remarks>
/// F10.7 of the day before, its mean over 81 days, and ap of the last 57 hours; forecasts and means of months where the table has nothing better, see <see cref="Warning"/>.
/// Solar flux steps at midnight and ap every three hours, as the model was fitted. UTC is taken for UT. Above 2,500 km there is no air, below the ellipsoid that of height 0.
/// The conditions of the last 64 days that were asked for are kept; they do not depend on who asks.
/// </remarks>
/// <param name="weather">Measured and predicted activity.</param>
/// <param name="shift">By how much the activity is to differ from the table; for studies of what its uncertainty does.</param>
public sealed class NrlmsiseAtmosphere(SpaceWeather weather, ActivityShift? shift = null) : IAtmosphere
{
    /// <summary>Height above which there is no air, km.</summary>
    public const double TopKm = 2_500;

    private const long NanosecondsPerInterval = 10_800_000_000_000;
    private const int IntervalsPerDay = 8, DaysKept = 64;

    private readonly Interval?[] _kept = new Interval?[DaysKept * IntervalsPerDay];

    public bool Covers(Epoch epoch) => weather.TryInputs(epoch, out _);

    public double DensityKgPerM3(Epoch epoch, Geodetic place) => place.HeightKm < TopKm ? At(epoch, place).DragDensityKgPerM3 : 0;

    /// <summary>All that the model says of the air at a place.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The instant is not covered.</exception>
    public AtmosphericComposition At(Epoch epoch, Geodetic place)
    {
        if (!Utc.TrySplit(epoch, out var day, out long nanosecond)) throw NotCovered(epoch);
        int third = (int)Math.Min(IntervalsPerDay - 1, nanosecond / NanosecondsPerInterval);
        int at = day.DayNumber % DaysKept * IntervalsPerDay + third;
        var kept = Volatile.Read(ref _kept[at]);
        if (kept is null || kept.Day != day) Volatile.Write(ref _kept[at], kept = Prepare(epoch, day));
        return kept.Conditions.At(place.HeightKm < 0 ? place with { HeightKm = 0 } : place, nanosecond * 1e-9);
    }

    /// <summary>A sentence with the loss of accuracy where part of a span of time was not measured; null where all of it was.</summary>
    public string? Warning(Epoch from, Epoch to)
        => Utc.TrySplit(from, out var first, out _) && Utc.TrySplit(to, out var last, out _) ? weather.Warning(first, last) : SpaceWeather.WarningWithoutFile(DateOnly.MinValue);

    private Interval Prepare(Epoch epoch, DateOnly day)
    {
        if (!weather.TryInputs(epoch, out var inputs)) throw NotCovered(epoch);
        var activity = NrlmsiseActivity.From(inputs);
        if (shift is not null) activity = shift.Apply(activity, day);
        // The tables of a day do not depend on ap: any interval of the same day has them.
        int first = day.DayNumber % DaysKept * IntervalsPerDay;
        for (int i = 0; i < IntervalsPerDay; i++)
            if (Volatile.Read(ref _kept[first + i]) is { } same && same.Day == day) return new Interval(day, same.Conditions.WithHistory(activity.History!.Value));
        return new Interval(day, new NrlmsiseConditions(day.DayOfYear, activity));
    }

    private static ArgumentOutOfRangeException NotCovered(Epoch epoch) => new(nameof(epoch), epoch, "The table of space weather does not cover the instant and the three days before it.");

    private sealed record Interval(DateOnly Day, NrlmsiseConditions Conditions);
}
