using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using SsaShare.Domain;

namespace SsaShare.Cli;

/// <summary>A time in the past, as people say it: an instant, a day, or how long ago.</summary>
internal static class SinceOption
{
    private const string Expected = "expected a UTC time such as 2026-11-22T06:00:00Z, a day such as 2026-11-22, or how long ago: 30min, 24h, 7d";

    public static Option<DateTimeOffset> Create(string what) => new("--since")
    {
        Description = $"{what} A UTC time, a day, or how long ago, such as 24h.",
        HelpName = "TIME",
        Required = true,
        CustomParser = Read,
    };

    private static DateTimeOffset Read(ArgumentResult given)
    {
        string text = given.Tokens[0].Value;
        if (TryParse(text, TimeProvider.System.GetUtcNow(), out var since)) return since;
        given.AddError($"--since is '{text}'; {Expected}.");
        return default;
    }

    /// <param name="text">As typed.</param>
    /// <param name="now">What "ago" counts from.</param>
    /// <param name="since">In UTC.</param>
    public static bool TryParse(string text, DateTimeOffset now, out DateTimeOffset since)
    {
        since = default;
        if (Utc.TryParse(text.Contains('T', StringComparison.Ordinal) ? text : $"{text}T00:00:00", out var epoch))
        {
            since = Utc.ToDateTime(epoch);
            return true;
        }
        string digits = new([.. text.TakeWhile(char.IsAsciiDigit)]);
        TimeSpan? unit = text[digits.Length..] switch
        {
            "s" => TimeSpan.FromSeconds(1),
            "min" => TimeSpan.FromMinutes(1),
            "h" => TimeSpan.FromHours(1),
            "d" => TimeSpan.FromDays(1),
            _ => null,
        };
        // 20,000 days reach back to 1972, where UTC begins here; more is a slip.
        if (unit is not { } one || !int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out int count) || count * one.TotalDays > 20_000) return false;
        since = now - (count * one);
        return true;
    }
}
