using System.Globalization;

namespace SsaShare.Domain;

/// <summary>TAI-UTC since 1972, whole seconds. The table is seeds/earth/leap-seconds.txt, built into this assembly.</summary>
public static class LeapSeconds
{
    private static readonly (long UtcSecondsSince2000Noon, int TaiMinusUtc)[] Steps = Load();

    /// <summary>First UTC date with whole leap seconds: 1972-01-01.</summary>
    public static DateOnly Start { get; } = new(1972, 1, 1);

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
        for (int i = 1; i < Steps.Length; i++)
            if (Steps[i].UtcSecondsSince2000Noon == midnight) return true;
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
