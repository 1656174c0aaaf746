using System.Globalization;

namespace SsaShare.Domain;

/// <summary>TAI-UTC since 1972, whole seconds. The table is seeds/earth/leap-seconds.txt, built into this assembly; later ones can be appended.</summary>
public static class LeapSeconds
{
    private static readonly Lock Appending = new();

    // Replaced whole under the lock, never edited: readers take the reference once.
    private static volatile (long UtcSecondsSince2000Noon, int TaiMinusUtc)[] Steps = Load();

    /// <summary>First UTC date with whole leap seconds: 1972-01-01.</summary>
    public static DateOnly Start { get; } = new(1972, 1, 1);

    /// <summary>The newest step: TAI-UTC from 0h UTC of the day on.</summary>
    public static (DateOnly Day, int TaiMinusUtc) Last => (new DateOnly(2000, 1, 1).AddDays((int)((Steps[^1].UtcSecondsSince2000Noon + 43_200) / 86_400)), Steps[^1].TaiMinusUtc);

    /// <summary>
    /// Appends a leap second for the whole process. For the start of a program: instants after it that were already made from UTC keep their place in TAI.
    /// </summary>
    /// <param name="day">The day that follows the leap second, the first of a month.</param>
    /// <param name="taiMinusUtc">From then on, s: one more than before.</param>
    /// <returns>False where the day is not later than the newest, not the first of a month, or the step is not one second forward.</returns>
    public static bool TryAppend(DateOnly day, int taiMinusUtc)
    {
        lock (Appending)
        {
            var last = Last;
            if (day <= last.Day || day.Day != 1 || day.Year > 2291 || taiMinusUtc != last.TaiMinusUtc + 1) return false;
            Steps = [.. Steps, (Utc.SecondsSince2000Noon(day), taiMinusUtc)];
            return true;
        }
    }

    /// <summary>TAI-UTC in seconds for a reading of the UTC clock, given in seconds since 2000-01-01T12:00:00 of that clock.</summary>
    /// <returns>False before 1972.</returns>
    internal static bool TryGetTaiMinusUtc(long utcSecondsSince2000Noon, out int taiMinusUtc)
    {
        taiMinusUtc = 0;
        foreach (var step in Steps)
        {
            if (step.UtcSecondsSince2000Noon > utcSecondsSince2000Noon) break;
            taiMinusUtc = step.TaiMinusUtc;
        }
        return taiMinusUtc != 0;
    }

    /// <summary>TAI-UTC for an instant given in TAI seconds since 2000-01-01T12:00:00 TAI, and whether a leap second runs then.</summary>
    internal static bool TryGetTaiMinusUtcAtTai(long taiSeconds, out int taiMinusUtc, out bool insideLeapSecond)
    {
        (taiMinusUtc, insideLeapSecond) = (0, false);
        foreach (var step in Steps)
        {
            long stepTai = step.UtcSecondsSince2000Noon + step.TaiMinusUtc;
            if (stepTai - 1 == taiSeconds && taiMinusUtc != 0 && step.TaiMinusUtc > taiMinusUtc) insideLeapSecond = true;
            if (stepTai > taiSeconds) break;
            taiMinusUtc = step.TaiMinusUtc;
        }
        return taiMinusUtc != 0;
    }

    /// <summary>Whether the UTC day ends in 23:59:60.</summary>
    internal static bool EndsWithLeapSecond(DateOnly day)
    {
        long midnight = Utc.SecondsSince2000Noon(day.AddDays(1));
        var steps = Steps;
        for (int i = 1; i < steps.Length; i++)
            if (steps[i].UtcSecondsSince2000Noon == midnight) return true;
        return false;
    }

    private static (long, int)[] Load()
    {
        using var stream = typeof(LeapSeconds).Assembly.GetManifestResourceStream("leap-seconds.txt")
            ?? throw new InvalidOperationException("The assembly lacks its table of leap seconds.");
        using var reader = new StreamReader(stream);
        var steps = new List<(long, int)>();
        while (reader.ReadLine() is { } line)
        {
            if (line.Length == 0 || line[0] == '#') continue;
            string[] words = line.Split(' ');
            var day = DateOnly.ParseExact(words[0], "yyyy-MM-dd", CultureInfo.InvariantCulture);
            steps.Add((Utc.SecondsSince2000Noon(day), int.Parse(words[1], CultureInfo.InvariantCulture)));
        }
        return [.. steps];
    }
}
