using System.Globalization;
using SsaShare.Orbits;

namespace SsaShare.Cli;

/// <summary>Histories for people: a table for each event, beneath it what is to be seen in it.</summary>
internal static class HistoryTable
{
    /// <param name="stream">Stays open.</param>
    public static void Write(Stream stream, IEnumerable<ConjunctionHistory> histories)
    {
        using var writer = new StreamWriter(stream, leaveOpen: true) { NewLine = "\n" };
        string[] header = ["CREATED UTC", "H TO TCA", "TCA UTC", "MISS M", "SIGMA MAJOR M", "SIGMA MINOR M", "MAHALANOBIS", "PROBABILITY", "METHOD", "PC_MAX", "DILUTED"];
        bool isFirst = true;
        foreach (var history in histories)
        {
            if (!isFirst) writer.WriteLine();
            isFirst = false;
            writer.WriteLine($"{history.Event.First} x {history.Event.Second}, {ScreeningCsv.Time(history.Event.Messages[^1].Approach.Time)}");
            foreach (string line in Columns.Lines("  ", header, [.. history.Updates.Select(Row)], 1, 3, 4, 5, 6, 7, 9)) writer.WriteLine(line);
            foreach (string sentence in HistoryWords.Sentences(history)) writer.WriteLine($"  {sentence}");
        }
    }

    private static string[] Row(ConjunctionUpdate update) =>
    [
        ScreeningCsv.Time(update.Message.Created), HistoryWords.Hours(update.SecondsToApproach), ScreeningCsv.Time(update.Message.Approach.Time), Metres(update.MissKm), Metres(update.SigmaMajorKm), Metres(update.SigmaMinorKm),
        update.Mahalanobis?.ToString("F3", CultureInfo.InvariantCulture) ?? "-", HistoryWords.Figure(update.Probability), PcWords.Name(update.Assessment.Recommended.Method) ?? "none", HistoryWords.Figure(update.MaximumProbability),
        update.IsDiluted switch { true => "yes", false => "no", null => "-" },
    ];

    private static string Metres(double? km) => (km * 1e3)?.ToString("F1", CultureInfo.InvariantCulture) ?? "-";
}
