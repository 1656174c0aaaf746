using System.Globalization;

namespace SsaShare.Cli;

/// <summary>Probabilities for people: a line for each message, beneath it why which figure is to be used, and what may mislead.</summary>
internal static class PcTable
{
    /// <param name="stream">Stays open.</param>
    public static void Write(Stream stream, IReadOnlyCollection<AssessedMessage> results)
    {
        using var writer = new StreamWriter(stream, leaveOpen: true) { NewLine = "\n" };
        string[] header = ["MESSAGE", "TCA UTC", "MISS M", "RADIUS M", "MAHALANOBIS", "PC_2D", "NC_2D", "NC_3D", "PC_MAX", "MONTE CARLO (95 %)", "RECOMMENDED"];
        foreach (string line in Columns.Lines("", header, [.. results.Select(Row)], 2, 3, 4, 5, 6, 7, 8, 9)) writer.WriteLine(line);
        foreach (var one in results)
        {
            writer.WriteLine();
            writer.WriteLine($"{one.Read.File}, {Name(one)}: {one.Assessment.Recommended.Reason}");
            foreach (string warning in one.Warnings) writer.WriteLine($"  warning: {warning}");
        }
    }

    private static string[] Row(AssessedMessage one)
    {
        var found = one.Assessment;
        return
        [
            Name(one), ScreeningCsv.Time(found.ClosestApproach ?? one.Read.Message.Approach.Time), (one.MissKm * 1e3).ToString("F1", CultureInfo.InvariantCulture), (one.RadiusKm * 1e3).ToString("0.###", CultureInfo.InvariantCulture),
            found.Geometry?.Mahalanobis.ToString("F3", CultureInfo.InvariantCulture) ?? "-",
            Figure(found.TwoDimensional), Figure(PcWords.Number(found.ShortCurved)), Figure(PcWords.Number(found.LongCurved)), Figure(found.Maximum?.Probability),
            found.MonteCarlo is { } trials ? $"{Figure(trials.Probability)} ({Figure(trials.Low)} to {Figure(trials.High)})" : "-",
            PcWords.Name(found.Recommended.Method) is { } method ? $"{method} = {Figure(found.Recommended.Probability)}" : "none",
        ];
    }

    private static string Name(AssessedMessage one) => $"{one.Read.Message.First.Designator} x {one.Read.Message.Second.Designator}";

    private static string Figure(double? value) => value?.ToString("0.###E+0", CultureInfo.InvariantCulture) ?? "-";
}
