namespace SsaShare.Domain;

/// <summary>
/// An instant: TAI nanoseconds elapsed since J2000.0 (2000-01-01T12:00:00 TT). Covers the years 1708 to 2292.
/// </summary>
/// <remarks>
/// TAI and TT tick alike, so the same number is TT elapsed since J2000.0, which is what orbit theories want.
/// Calendar and UTC live at the edges: <see cref="Utc"/>.
/// </remarks>
public readonly record struct Epoch(long NanosecondsSinceJ2000) : IComparable<Epoch>
{
    private const double NanosecondsPerSecond = 1e9;
    private const double SecondsPerCentury = 36_525.0 * 86_400.0;

    /// <summary>2000-01-01T12:00:00 TT, which is 2000-01-01T11:58:55.816 UTC.</summary>
    public static Epoch J2000 => default;

    /// <summary>Seconds of TT (and of TAI) elapsed since J2000.0. Good to about 0.1 µs within 30 years of it.</summary>
    public double TtSecondsSinceJ2000 => NanosecondsSinceJ2000 / NanosecondsPerSecond;

    /// <summary>Julian centuries of TT since J2000.0.</summary>
    public double TtCenturiesSinceJ2000 => NanosecondsSinceJ2000 / NanosecondsPerSecond / SecondsPerCentury;

    /// <summary>Seconds from <paramref name="earlier"/> to this instant, computed on the integers first.</summary>
    public double SecondsSince(Epoch earlier) => (NanosecondsSinceJ2000 - earlier.NanosecondsSinceJ2000) / NanosecondsPerSecond;

    /// <summary>This instant moved by <paramref name="seconds"/>, rounded to the nanosecond.</summary>
    /// <exception cref="OverflowException">The result is outside the range of the type.</exception>
    public Epoch PlusSeconds(double seconds)
        => new(checked(NanosecondsSinceJ2000 + (long)Math.Round(seconds * NanosecondsPerSecond)));

    /// <summary>This instant moved by <paramref name="duration"/>, exactly.</summary>
    public Epoch Plus(TimeSpan duration) => new(checked(NanosecondsSinceJ2000 + duration.Ticks * 100));

    public int CompareTo(Epoch other) => NanosecondsSinceJ2000.CompareTo(other.NanosecondsSinceJ2000);
    public static bool operator <(Epoch left, Epoch right) => left.NanosecondsSinceJ2000 < right.NanosecondsSinceJ2000;
    public static bool operator >(Epoch left, Epoch right) => left.NanosecondsSinceJ2000 > right.NanosecondsSinceJ2000;
    public static bool operator <=(Epoch left, Epoch right) => left.NanosecondsSinceJ2000 <= right.NanosecondsSinceJ2000;
    public static bool operator >=(Epoch left, Epoch right) => left.NanosecondsSinceJ2000 >= right.NanosecondsSinceJ2000;

    /// <summary>ISO 8601 in UTC with a trailing Z; before 1972, where UTC had no whole leap seconds, in TT with "TT".</summary>
    public override string ToString() => Utc.Format(this);
}
