using System.Globalization;
using System.Text.Json;
using SsaShare.Domain;

namespace SsaShare.Cli;

/// <summary>Decays for programs, every object in the order of the files. Times to the second; an instant that too few cases reach is empty or null.</summary>
internal static class DecayFiles
{
    public const string Header = "id,epoch_utc,ballistic_m2_kg,nominal_utc,early_utc,median_utc,late_utc,latitude_deg,reason";

    private const double DegPerRad = 180 / Math.PI;

    private static readonly JsonSerializerOptions Options = new() { WriteIndented = true };

    public static IEnumerable<string> Csv(IEnumerable<DecayAnswer> answers) => answers.Select(Row).Prepend(Header);

    public static string Json(IEnumerable<DecayAnswer> answers, double endHeightKm) => JsonSerializer.Serialize(new
    {
        end_height_km = endHeightKm,
        objects = answers.Select(answer => new
        {
            id = answer.Start.Id,
            name = answer.Start.Name,
            epoch_utc = Second(answer.Start.Epoch),
            ballistic_m2_kg = answer.BallisticM2PerKg,
            nominal_utc = Second(answer.Prediction?.Nominal),
            early_utc = Second(answer.Prediction?.Early),
            median_utc = Second(answer.Prediction?.Median),
            late_utc = Second(answer.Prediction?.Late),
            latitude_deg = answer.Prediction?.GreatestLatitudeRad * DegPerRad,
            reason = answer.Reason,
            explanation = answer.Explanation,
            warning = answer.Prediction?.Warning,
        }),
    }, Options);

    private static string Row(DecayAnswer answer)
    {
        var prediction = answer.Prediction;
        string?[] cells = [answer.Start.Id, Second(answer.Start.Epoch), Figure(answer.BallisticM2PerKg, "G6"), Second(prediction?.Nominal), Second(prediction?.Early), Second(prediction?.Median), Second(prediction?.Late), Figure(prediction?.GreatestLatitudeRad * DegPerRad, "F3"), answer.Reason];
        return string.Join(',', cells.Select(cell => CsvStates.Quoted(cell ?? "")));
    }

    private static string? Figure(double? value, string format) => value?.ToString(format, CultureInfo.InvariantCulture);

    private static string? Second(Epoch? epoch) => epoch is { } there ? $"{Utc.Format(there)[..19]}Z" : null;
}
