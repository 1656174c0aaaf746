using System.Text.Json;
using SsaShare.Orbits;

namespace SsaShare.Cli;

/// <summary>Histories for programs: an array of events, each with its messages in order of creation; null is what is not known.</summary>
internal static class HistoryJson
{
    /// <param name="stream">Stays open.</param>
    public static void Write(Stream stream, IEnumerable<ConjunctionHistory> histories)
    {
        using var json = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = true, NewLine = "\n" });
        json.WriteStartArray();
        foreach (var history in histories) Event(json, history);
        json.WriteEndArray();
        json.Flush();
        stream.WriteByte((byte)'\n');
    }

    private static void Event(Utf8JsonWriter json, ConjunctionHistory history)
    {
        json.WriteStartObject();
        json.WriteString("object_1", history.Event.First);
        json.WriteString("object_2", history.Event.Second);
        json.WriteString("tca_utc", ScreeningCsv.Time(history.Event.Messages[^1].Approach.Time));
        json.WriteString("trend", HistoryWords.Trend(history.Trend));
        Number(json, "highest_probability", history.Highest?.Probability);
        Number(json, "last_change_sigmas", history.LastChangeSigmas);
        json.WriteStartArray("messages");
        foreach (var update in history.Updates) Update(json, update);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Update(Utf8JsonWriter json, ConjunctionUpdate update)
    {
        json.WriteStartObject();
        json.WriteString("message_id", update.Message.MessageId);
        json.WriteString("created_utc", ScreeningCsv.Time(update.Message.Created));
        Number(json, "hours_to_tca", update.SecondsToApproach / 3_600);
        json.WriteString("tca_utc", ScreeningCsv.Time(update.Message.Approach.Time));
        Number(json, "miss_m", update.MissKm * 1e3);
        Number(json, "radius_m", update.RadiusKm * 1e3);
        Number(json, "sigma_major_m", update.SigmaMajorKm * 1e3);
        Number(json, "sigma_minor_m", update.SigmaMinorKm * 1e3);
        Number(json, "mahalanobis", update.Mahalanobis);
        Number(json, "probability", update.Probability);
        json.WriteString("method", PcWords.Name(update.Assessment.Recommended.Method));
        Number(json, "pc_max", update.MaximumProbability);
        if (update.IsDiluted is { } isDiluted) json.WriteBoolean("diluted", isDiluted);
        else json.WriteNull("diluted");
        json.WriteEndObject();
    }

    private static void Number(Utf8JsonWriter json, string name, double? value)
    {
        if (value is { } number && double.IsFinite(number)) json.WriteNumber(name, number);
        else json.WriteNull(name);
    }
}
