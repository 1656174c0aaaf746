using System.Globalization;
using SsaShare.Orbits;

namespace SsaShare.Cli;

/// <summary>One line for each message, those of an event together; what is not known is empty.</summary>
internal static class HistoryCsv
{
    public const string Header = "event,object_1,object_2,message_id,created_utc,hours_to_tca,tca_utc,miss_m,radius_m,sigma_major_m,sigma_minor_m,mahalanobis,probability,method,pc_max,diluted";

    /// <param name="stream">Stays open.</param>
    public static void Write(Stream stream, IEnumerable<ConjunctionHistory> histories)
    {
        using var writer = new StreamWriter(stream, leaveOpen: true) { NewLine = "\n" };
        writer.WriteLine(Header);
        foreach (var (index, history) in histories.Index())
        foreach (var update in history.Updates)
        {
            string[] cells =
            [
                (index + 1).ToString(CultureInfo.InvariantCulture), Cell(update.Message.First.Designator), Cell(update.Message.Second.Designator), Cell(update.Message.MessageId), ScreeningCsv.Time(update.Message.Created),
                Number(update.SecondsToApproach / 3_600), ScreeningCsv.Time(update.Message.Approach.Time), Number(update.MissKm * 1e3), Number(update.RadiusKm * 1e3), Number(update.SigmaMajorKm * 1e3), Number(update.SigmaMinorKm * 1e3),
                Number(update.Mahalanobis), Number(update.Probability), PcWords.Name(update.Assessment.Recommended.Method) ?? "", Number(update.MaximumProbability), update.IsDiluted switch { true => "true", false => "false", null => "" },
            ];
            writer.WriteLine(string.Join(',', cells));
        }
    }

    private static string Number(double? value) => value is { } number && double.IsFinite(number) ? number.ToString("G9", CultureInfo.InvariantCulture) : "";

    private static string Cell(string text) => text.AsSpan().ContainsAny(',', '"') ? $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : text;
}
