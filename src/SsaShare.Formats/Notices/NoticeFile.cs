namespace SsaShare.Formats;

/// <summary>A manoeuvre or event notice as its originator writes it: one JSON object, whose fields have the names of the record's, figures in the units of their names, times in UTC.</summary>
/// <remarks>
/// <para>Manoeuvre ("format": "ssashare-maneuver/1"): object_tag, status ("planned" or "performed"), start, end, delta_v_rtn_km_per_s and sigma_rtn_km_per_s (each an object
/// of x, y and z along the radial, transverse and normal axes; may be left out), text (may be left out).</para>
/// <para>Event ("format": "ssashare-event/1"): kind ("fragmentation", "re_entry", "separation", "asat_test", "launch", "anomaly"), epoch, epoch_sigma_s (may be left out),
/// object_tags (a list of texts), frame ("gcrf", "itrf" or "teme") with position_km (both may be left out), confidence (0 to 1), text (may be left out).</para>
/// </remarks>
public static class NoticeFile
{
    public const string ManeuverFormat = "ssashare-maneuver/1", EventFormat = "ssashare-event/1";

    /// <summary>Longest file read, bytes.</summary>
    public const int BytesMax = FlatJson.BytesMax;

    private const int ObjectsMax = 100, LongestTag = 64;
    private static readonly TimeSpan AheadMax = TimeSpan.FromDays(3_660);

    /// <summary>Reads one notice; total.</summary>
    /// <param name="json">The whole file.</param>
    /// <param name="fileName">The name that issues carry.</param>
    /// <param name="now">The present; what is ten years later is refused.</param>
    /// <param name="issues">Receives every fault found.</param>
    /// <returns>The notice: a manoeuvre's or an event's; both null when there was any fault.</returns>
    public static (ManeuverNotice? Maneuver, EventNotice? Event) Read(ReadOnlySpan<byte> json, string fileName, Epoch now, List<ReadIssue> issues)
    {
        int before = issues.Count;
        if (FlatJson.Read(json, fileName, issues) is not { } fields) return default;
        switch (fields.Text("format", $"\"{ManeuverFormat}\" or \"{EventFormat}\""))
        {
            case ManeuverFormat: return (ReadManeuver(fields, now, issues, before), null);
            case EventFormat: return (null, ReadEvent(fields, now, issues, before));
            case null: return default;
            default:
                fields.Refuse("format", $"neither \"{ManeuverFormat}\" nor \"{EventFormat}\"", "correct it; a sensor is published by 'ssa sensor publish'");
                return default;
        }
    }

    private static ManeuverNotice? ReadManeuver(FlatJson fields, Epoch now, List<ReadIssue> issues, int before)
    {
        string? tag = fields.Text("object_tag", "the object's tag");
        if (tag?.Length > LongestTag) fields.Refuse("object_tag", $"longer than {LongestTag} characters", "shorten it");
        var status = fields.Word<ManeuverStatus>("status");
        var start = ReadTime(fields, "start", now);
        var end = ReadTime(fields, "end", now);
        if (start is { } begin && end < begin) fields.Refuse("end", "before the start", "correct it");
        var change = fields.OptionalVector("delta_v_rtn_km_per_s", -20, 20);
        var sigma = fields.OptionalVector("sigma_rtn_km_per_s", 0, 20);
        string? text = fields.OptionalText("text", 1_000);
        fields.RefuseOthers();
        return issues.Count > before ? null : new ManeuverNotice(tag!, status!.Value, start!.Value, end!.Value, change, sigma, text);
    }

    private static EventNotice? ReadEvent(FlatJson fields, Epoch now, List<ReadIssue> issues, int before)
    {
        var kind = fields.Word<EventKind>("kind");
        var epoch = ReadTime(fields, "epoch", now);
        double? sigma = fields.OptionalNumber("epoch_sigma_s", 0, 1e9, "one-sigma uncertainty in s");
        var tags = fields.Texts("object_tags", "the objects' tags, perhaps none");
        if (tags is not null && (tags.Count > ObjectsMax || tags.Any(tag => tag.Length is 0 or > LongestTag || tag.Any(char.IsControl))))
            fields.Refuse("object_tags", $"not at most {ObjectsMax} texts of 1 to {LongestTag} characters", "correct it");
        var position = fields.OptionalVector("position_km", -OdmLimits.MaxDistanceKm, OdmLimits.MaxDistanceKm);
        Frame? frame = fields.Has("frame") || position is not null ? fields.Word<Frame>("frame") : null;
        if (position is null && frame is not null) fields.Refuse("frame", "without position_km", "give both or none");
        if (position is { } place && place.Norm > OdmLimits.MaxDistanceKm) fields.Refuse("position_km", "too far from the Earth's centre", "check that it is in km");
        double? confidence = fields.Number("confidence", 0, 1, "how sure it is");
        string? text = fields.OptionalText("text", 1_000);
        fields.RefuseOthers();
        return issues.Count > before ? null
            : new EventNotice(kind!.Value, epoch!.Value, sigma, [.. tags!], position is { } at ? new EventPosition(frame!.Value, at) : null, confidence!.Value, text);
    }

    private static Epoch? ReadTime(FlatJson fields, string name, Epoch now)
    {
        if (fields.Time(name) is not { } epoch) return null;
        if (epoch >= TdmLimits.Earliest && epoch <= now.Plus(AheadMax)) return epoch;
        fields.Refuse(name, epoch < TdmLimits.Earliest ? "before the first satellite" : "more than ten years ahead", "correct it");
        return null;
    }
}
