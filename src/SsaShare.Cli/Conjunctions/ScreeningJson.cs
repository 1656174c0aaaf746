using System.Globalization;
using System.Text.Json;
using SsaShare.Orbits;

namespace SsaShare.Cli;

/// <summary>A screening for programs.</summary>
internal static class ScreeningJson
{
    /// <param name="stream">Stays open.</param>
    /// <param name="assigned">Objects without a catalogue number, by the number they go by here.</param>
    public static void Write(Stream stream, ScreeningReport report, IReadOnlyDictionary<long, string> assigned)
    {
        using var json = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = true, NewLine = "\n" });
        json.WriteStartObject();
        json.WriteString("start_utc", ScreeningCsv.Time(report.Options.Start));
        json.WriteString("stop_utc", ScreeningCsv.Time(report.Options.End));
        if (report.Options.Volume.HalfSizesKm is { } half)
        {
            json.WriteStartArray("box_rtn_km");
            foreach (double size in (double[])[half.X, half.Y, half.Z]) json.WriteNumberValue(size);
            json.WriteEndArray();
        }
        else json.WriteNumber("threshold_km", report.Options.Volume.RadiusKm);
        json.WriteNumber("objects", report.Objects.Count);
        json.WriteStartObject("assigned_ids");
        foreach (var (id, name) in assigned) json.WriteString(id.ToString(CultureInfo.InvariantCulture), name);
        json.WriteEndObject();
        json.WriteStartArray("approaches");
        foreach (var one in report.Approaches) Approach(json, one);
        json.WriteEndArray();
        json.WriteStartArray("co_moving_groups");
        foreach (var group in report.CoMovingGroups())
        {
            json.WriteStartArray();
            foreach (long id in group) json.WriteNumberValue(id);
            json.WriteEndArray();
        }
        json.WriteEndArray();
        json.WriteStartArray("issues");
        foreach (var issue in report.Issues) Issue(json, issue);
        json.WriteEndArray();
        json.WriteEndObject();
        json.Flush();
        stream.WriteByte((byte)'\n');
    }

    private static void Approach(Utf8JsonWriter json, CloseApproach one)
    {
        json.WriteStartObject();
        json.WriteNumber("id_1", one.Id1);
        json.WriteNumber("id_2", one.Id2);
        json.WriteString("tca_utc", ScreeningCsv.Time(one.Tca));
        json.WriteNumber("miss_km", Math.Round(one.MissKm, 6));
        json.WriteNumber("relative_speed_km_s", Math.Round(one.RelativeSpeedKmPerS, 6));
        json.WriteString("inside_from_utc", ScreeningCsv.Time(one.InsideFrom));
        json.WriteString("inside_to_utc", ScreeningCsv.Time(one.InsideTo));
        json.WriteBoolean("co_moving", one.IsCoMoving);
        json.WriteBoolean("at_edge", one.Traits.HasFlag(CloseApproachTraits.AtEdge));
        json.WriteBoolean("stale_elements", one.Traits.HasFlag(CloseApproachTraits.StaleElements));
        json.WriteEndObject();
    }

    private static void Issue(Utf8JsonWriter json, ScreeningIssue issue)
    {
        json.WriteStartObject();
        json.WriteNumber("id", issue.Id);
        json.WriteString("kind", ScreeningText.Word(issue.Kind));
        json.WriteBoolean("is_loss", issue.IsLoss);
        json.WriteString("from_utc", ScreeningCsv.Time(issue.From));
        json.WriteString("to_utc", ScreeningCsv.Time(issue.To));
        json.WriteString("detail", issue.Detail);
        json.WriteEndObject();
    }
}
