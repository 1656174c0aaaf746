using System.CommandLine;
using System.CommandLine.Parsing;
using SsaShare.Domain;

namespace SsaShare.Cli;

/// <summary>An instant in UTC as people write it, or a day, which is its beginning.</summary>
internal static class UtcOption
{
    public static Option<Epoch?> Create(string name, string what) => new(name)
    {
        Description = $"{what} A UTC time such as 2024-11-01T06:00:00Z, or a day.",
        HelpName = "UTC",
        CustomParser = given => Read(name, given),
    };

    /// <param name="text">2016-12-31T23:59:60Z, 2016-12-31T23:59:60.5, 2016-366T23:59:60 or 2016-12-31.</param>
    public static bool TryParse(string text, out Epoch epoch) => Utc.TryParse(text.Contains('T', StringComparison.Ordinal) ? text : $"{text}T00:00:00", out epoch);

    private static Epoch? Read(string name, ArgumentResult given)
    {
        string text = given.Tokens[0].Value;
        if (TryParse(text, out var epoch)) return epoch;
        given.AddError($"{name} is '{text}'; expected a UTC time from 1972 on such as 2024-11-01T06:00:00Z, or a day such as 2024-11-01.");
        return null;
    }
}
