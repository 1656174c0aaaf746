using System.Globalization;
using SsaShare.Domain;

namespace SsaShare.Cli;

/// <summary>Decays for people: the soonest first, then those that are not predicted, by reason where they are many.</summary>
internal static class DecayTable
{
    private const int ReasonsShown = 20;
    private const double DegPerRad = 180 / Math.PI;

    public static IEnumerable<string> Lines(IReadOnlyCollection<DecayAnswer> answers, double endHeightKm)
    {
        DecayAnswer[] predicted = [.. answers.Where(answer => answer.Prediction is not null).OrderBy(answer => answer.Middle)], others = [.. answers.Where(answer => answer.Prediction is null)];
        if (predicted.Length > 0)
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"Down to {endHeightKm:G4} km, half of the cases by the median, 5 % before the early and 5 % after the late instant (UTC); days from the epoch to the median");
            yield return "";
            foreach (string line in Columns.Lines("", ["ID", "EPOCH", "M2/KG", "EARLY", "MEDIAN", "LATE", "DAYS", "LATITUDE"], [.. predicted.Select(Row)], 2, 6, 7)) yield return line;
        }
        if (others.Length == 0) yield break;
        if (predicted.Length > 0) yield return "";
        yield return $"Not predicted ({others.Length.ToString("N0", CultureInfo.InvariantCulture)}):";
        if (others.Length <= ReasonsShown)
        {
            foreach (var answer in others) yield return $"  {answer.Start.Id}: {answer.Explanation}";
            yield break;
        }
        foreach (var group in others.GroupBy(answer => answer.Reason!).OrderByDescending(group => group.Count())) yield return $"  {group.Count().ToString("N0", CultureInfo.InvariantCulture)} {group.Key}, such as {group.First().Start.Id}: {group.First().Explanation}";
        yield return "  --to csv and --to json have them all";
    }

    private static string[] Row(DecayAnswer answer)
    {
        var prediction = answer.Prediction!;
        string latitude = (prediction.GreatestLatitudeRad * DegPerRad).ToString("F1", CultureInfo.InvariantCulture);
        return [answer.Start.Id, Minute(answer.Start.Epoch), answer.BallisticM2PerKg!.Value.ToString("F4", CultureInfo.InvariantCulture), Minute(prediction.Early), Minute(prediction.Median), Minute(prediction.Late), answer.Days!.Value.ToString("F1", CultureInfo.InvariantCulture), $"±{latitude}°"];
    }

    private static string Minute(Epoch? epoch) => epoch is { } there ? $"{Utc.Format(there)[..16]}Z" : "-";
}
