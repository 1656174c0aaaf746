using System.Globalization;
using SsaShare.Domain;

namespace SsaShare.Orbits;

/// <summary>TAI-UTC from a published file. Immutable. <see cref="LeapSecondReader"/> reads it; <see cref="Apply"/> makes it count.</summary>
public sealed class LeapSecondTable
{
    private const string Loss = "Instants after it are 1 s off: 7700 m along a low orbit, 465 m on the ground.";

    /// <summary>Until when the built-in table is known to be complete: IERS Bulletin C 70 of July 2025.</summary>
    private static readonly DateOnly BuiltInExpires = new(2026, 6, 28);

    internal LeapSecondTable((DateOnly From, int TaiMinusUtc)[] steps, DateOnly? expires) => (Steps, Expires) = (steps, expires);

    /// <summary>TAI-UTC in seconds from 0h UTC of a day on; ascending, the first is 1972-01-01 with 10 s.</summary>
    public IReadOnlyList<(DateOnly From, int TaiMinusUtc)> Steps { get; }

    /// <summary>Until when the file is known to be complete; null where it does not say.</summary>
    public DateOnly? Expires { get; }

    /// <summary>Adds to the process' table (<see cref="LeapSeconds"/>) what this one knows beyond it. For the start of a program, before instants are read.</summary>
    /// <returns>How many leap seconds were added.</returns>
    public int Apply()
    {
        int added = 0;
        foreach (var (from, taiMinusUtc) in Steps)
            if (from > LeapSeconds.Last.Day && LeapSeconds.TryAppend(from, taiMinusUtc)) added++;
        return added;
    }

    /// <summary>A sentence where this file and the process' table differ, or the file has expired; null where all is well.</summary>
    /// <param name="today">The day on which or until which instants are used.</param>
    /// <remarks>A second is 7.7 km along a low orbit and 465 m on the rotating Earth.</remarks>
    public string? Warning(DateOnly today)
    {
        var known = LeapSeconds.Last;
        var newest = Steps[^1];
        if (newest.From > known.Day) return $"The file of leap seconds has one before {Iso(newest.From)} that this program does not know. {Loss} Apply the file.";
        if (newest.From < known.Day) return $"The file of leap seconds lacks the one before {Iso(known.Day)}. {Loss} Load a current file.";
        if (newest.TaiMinusUtc != known.TaiMinusUtc) return $"The file of leap seconds has TAI-UTC {newest.TaiMinusUtc} s from {Iso(newest.From)} on, this program {known.TaiMinusUtc} s. {Loss} Load a current file.";
        return Expires is { } end && today > end
            ? $"The file of leap seconds is complete only until {Iso(end)}. If a leap second came since, it is missing. {Loss} Load a current file."
            : null;
    }

    /// <summary>A sentence for where no file is at hand and the built-in table may be old; null where it serves.</summary>
    /// <param name="today">The day on which or until which instants are used.</param>
    public static string? WarningWithoutFile(DateOnly today) => today > BuiltInExpires
        ? $"The built-in table of leap seconds is complete only until {Iso(BuiltInExpires)}. If a leap second came since, it is missing. {Loss} Load a current file."
        : null;

    private static string Iso(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
