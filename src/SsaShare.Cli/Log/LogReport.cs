using System.Text.Json;
using Spectre.Console;
using SsaShare.Transparency;

namespace SsaShare.Cli;

/// <summary>Writes what a verification of a log found: for people, or as JSON.</summary>
internal static class LogReport
{
    private static readonly JsonSerializerOptions Json = new() { WriteIndented = true, PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    /// <returns>The exit code: 0 when all holds.</returns>
    /// <exception cref="VerificationFailedException">Something does not.</exception>
    public static int Show(string place, VerificationReport report, IReadOnlyList<Cosignature> cosignatures, bool asJson)
    {
        if (asJson) WriteJson(place, report, cosignatures);
        else Write(place, report, cosignatures);
        return report.Succeeded ? ExitCodes.Ok : throw new VerificationFailedException($"{place} does not hold: what failed is marked above.");
    }

    private static void Write(string place, VerificationReport report, IReadOnlyList<Cosignature> cosignatures)
    {
        AnsiConsole.MarkupLineInterpolated($" [bold]{place}[/]");
        foreach (var step in report.Steps)
            AnsiConsole.Write(new Markup($"  {(step.Succeeded ? "[green]ok[/]    " : "[red]FAILED[/]")}  {step.Name.EscapeMarkup()}: {step.Explanation.EscapeMarkup()}\n"));
        foreach (var one in cosignatures)
            AnsiConsole.Write(new Markup($"          {one.Witness.Name.EscapeMarkup()} cosigned at {Time(one.UnixTimeS)}\n"));
    }

    private static void WriteJson(string place, VerificationReport report, IReadOnlyList<Cosignature> cosignatures)
        => Console.WriteLine(JsonSerializer.Serialize(new
        {
            Log = place,
            report.Succeeded,
            Steps = report.Steps.Select(step => new { step.Name, step.Succeeded, step.Explanation }),
            Cosignatures = cosignatures.Select(one => new { Witness = one.Witness.Name, UnixTimeS = one.UnixTimeS }),
        }, Json));

    /// <summary>A witness may write any number.</summary>
    private static string Time(long unixTimeS)
        => unixTimeS <= DateTimeOffset.MaxValue.ToUnixTimeSeconds()
            ? DateTimeOffset.FromUnixTimeSeconds(unixTimeS).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", System.Globalization.CultureInfo.InvariantCulture)
            : $"{unixTimeS} s after 1970";
}
