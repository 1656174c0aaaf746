using System.Text.Json;
using SsaShare.Formats;

namespace SsaShare.Cli;

/// <summary>Probabilities for programs: an array with an object for each message; null is what was not computed or has no answer.</summary>
internal static class PcJson
{
    /// <param name="stream">Stays open.</param>
    /// <param name="refused">Messages without an answer; they stand behind the others.</param>
    public static void Write(Stream stream, IEnumerable<AssessedMessage> results, IEnumerable<(ConjunctionRead Read, ReadIssue Issue)> refused)
    {
        using var json = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = true, NewLine = "\n" });
        json.WriteStartArray();
        foreach (var one in results) Message(json, one);
        foreach (var (read, issue) in refused) Refused(json, read, issue);
        json.WriteEndArray();
        json.Flush();
        stream.WriteByte((byte)'\n');
    }

    /// <summary>With the same names as of an answer, so that whoever reads it misses none.</summary>
    private static void Refused(Utf8JsonWriter json, ConjunctionRead read, ReadIssue issue)
    {
        json.WriteStartObject();
        json.WriteString("file", read.File);
        json.WriteString("message_id", read.Message.MessageId);
        json.WriteString("tca_utc", ScreeningCsv.Time(read.Message.Approach.Time));
        foreach (string name in (string[])["moved_s", "radius_m", "pc_2d", "nc_2d", "nc_3d", "pc_max", "pc_max_sigma_scale", "monte_carlo", "miss_m", "relative_speed_m_s", "mahalanobis", "recommended", "recommended_probability"]) json.WriteNull(name);
        json.WriteString("reason", $"Refused: {issue.Reason}; {issue.Remedy}");
        json.WriteNull("shared_error");
        json.WriteStartArray("warnings");
        json.WriteStringValue(FormatText.Line(issue));
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Message(Utf8JsonWriter json, AssessedMessage one)
    {
        var found = one.Assessment;
        json.WriteStartObject();
        json.WriteString("file", one.Read.File);
        json.WriteString("message_id", one.Read.Message.MessageId);
        json.WriteString("tca_utc", ScreeningCsv.Time(found.ClosestApproach ?? one.Read.Message.Approach.Time));
        Number(json, "moved_s", found.MovedSeconds);
        json.WriteNumber("radius_m", one.RadiusKm * 1e3);
        Number(json, "pc_2d", found.TwoDimensional);
        Number(json, "nc_2d", PcWords.Number(found.ShortCurved));
        Number(json, "nc_3d", PcWords.Number(found.LongCurved));
        Number(json, "pc_max", found.Maximum?.Probability);
        Number(json, "pc_max_sigma_scale", found.Maximum?.SigmaScale);
        if (found.MonteCarlo is { } trials)
        {
            json.WriteStartObject("monte_carlo");
            json.WriteNumber("probability", trials.Probability);
            json.WriteNumber("low", trials.Low);
            json.WriteNumber("high", trials.High);
            json.WriteNumber("hits", trials.Hits);
            json.WriteNumber("trials", trials.Trials);
            json.WriteEndObject();
        }
        else json.WriteNull("monte_carlo");
        json.WriteNumber("miss_m", one.MissKm * 1e3);
        Number(json, "relative_speed_m_s", found.Geometry?.RelativeSpeedKmPerS * 1e3);
        Number(json, "mahalanobis", found.Geometry?.Mahalanobis);
        json.WriteString("recommended", PcWords.Name(found.Recommended.Method));
        Number(json, "recommended_probability", found.Recommended.Probability);
        json.WriteString("reason", found.Recommended.Reason);
        if (one.Shared is { } shared)
        {
            json.WriteStartObject("shared_error");
            json.WriteBoolean("used", one.IsSharedUsed);
            Number(json, "pc_2d", shared.TwoDimensional);
            Number(json, "nc_2d", PcWords.Number(shared.ShortCurved));
            json.WriteString("recommended", PcWords.Name(shared.Recommended.Method));
            Number(json, "recommended_probability", shared.Recommended.Probability);
            json.WriteEndObject();
        }
        else json.WriteNull("shared_error");
        json.WriteStartArray("warnings");
        foreach (string warning in one.Warnings) json.WriteStringValue(warning);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Number(Utf8JsonWriter json, string name, double? value)
    {
        if (value is { } number && double.IsFinite(number)) json.WriteNumber(name, number);
        else json.WriteNull(name);
    }
}
