using System.Globalization;

namespace SsaShare.Agreements;

/// <summary>Durations as an agreement writes them: a whole number and one of s, min, h, d.</summary>
public static class DurationText
{
    private const long DaysMax = DocumentLimits.DurationDaysMax;

    private static readonly (string Unit, TimeSpan Length)[] Units =
        [("d", TimeSpan.FromDays(1)), ("h", TimeSpan.FromHours(1)), ("min", TimeSpan.FromMinutes(1)), ("s", TimeSpan.FromSeconds(1))];

    /// <summary>In the largest unit that makes it a whole number.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The duration has fractions of a second, or is not positive.</exception>
    public static string Format(TimeSpan duration)
    {
        foreach (var (unit, length) in Units)
            if (duration > TimeSpan.Zero && duration.Ticks % length.Ticks == 0) return string.Create(CultureInfo.InvariantCulture, $"{duration.Ticks / length.Ticks}{unit}");
        throw new ArgumentOutOfRangeException(nameof(duration), duration, "Not a whole number of seconds, at least one.");
    }

    /// <summary>Reads a duration from 1 s to <see cref="DocumentLimits.DurationDaysMax"/> days.</summary>
    /// <param name="text">As written.</param>
    /// <param name="duration">What it says.</param>
    /// <param name="fault">Why it is none, for its author.</param>
    public static bool TryParse(string text, out TimeSpan duration, out string fault)
    {
        duration = default;
        int digits = text.AsSpan().IndexOfAnyExceptInRange('0', '9');
        string unit = digits < 0 ? "" : text[digits..];
        fault = $"'{Show.Text(text)}' is not a duration such as 90s, 30min, 24h or 30d.";
        if (unit == "m") fault += " Minutes are 'min'.";
        var length = Units.FirstOrDefault(one => one.Unit == unit).Length;
        if (length == default || digits is < 1 or > 12 || (digits > 1 && text[0] == '0')) return false;
        long count = long.Parse(text.AsSpan(0, digits), CultureInfo.InvariantCulture);
        fault = count == 0 ? "A duration is at least 1s. Leave the field out for none." : $"A duration is at most {DaysMax}d.";
        if (count == 0 || count > DaysMax * TimeSpan.TicksPerDay / length.Ticks) return false;
        (duration, fault) = (length * count, "");
        return true;
    }
}
