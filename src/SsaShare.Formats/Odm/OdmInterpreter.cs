using System.Text;

namespace SsaShare.Formats;

/// <summary>What both messages share: which object, which centre, which clock.</summary>
internal static class OdmInterpreter
{
    /// <summary>Words that stand for no object: a tag shared by different objects would be worse than none.</summary>
    private static readonly string[] NoObject = ["UNKNOWN", "UNDEFINED", "UNCORRELATED", "UCT", "NONE", "N/A", "NA", "TBD", "-", "0"];

    /// <summary>The text names no object.</summary>
    public static bool IsNoObject(string text) => text.Length == 0 || NoObject.Contains(text.ToUpperInvariant());

    public static void CheckCommon(OdmMessage message)
    {
        message.Expect("CENTER_NAME", "only orbits about the EARTH are read", "EARTH");
        if (message.Has("REF_FRAME_EPOCH")) message.RefuseField("REF_FRAME_EPOCH", "not read", "give the state in GCRF, ICRF, EME2000, ITRF or TEME of date");
        // What the file says of itself cannot be kept: the label of the publication counts, and must not be lower without anyone's notice.
        foreach (string keyword in new[] { "CLASSIFICATION", "CLASSIFICATION_TYPE" })
            if (message.Has(keyword) && message.Text(keyword).ToUpperInvariant() is not ("U" or "UNCLASSIFIED")) message.RefuseField(keyword, "only unclassified messages are read", "ask its originator");
        if (message.Has("MAN_EPOCH_IGNITION")) message.Notice("MAN_EPOCH_IGNITION", "manoeuvres are not kept", "publish a state after the manoeuvre as well");
    }

    /// <summary>The epoch; default, and the message is refused, when it cannot be read.</summary>
    public static Epoch ReadEpoch(OdmMessage message, Epoch now)
    {
        var system = message.Text("TIME_SYSTEM").ToUpperInvariant() switch
        {
            "UTC" => TdmTimeSystem.Utc,
            "TAI" => TdmTimeSystem.Tai,
            "TT" => TdmTimeSystem.Tt,
            "GPS" => TdmTimeSystem.Gps,
            _ => TdmTimeSystem.Unspecified,
        };
        if (system == TdmTimeSystem.Unspecified)
        {
            message.RefuseField("TIME_SYSTEM", message.Has("TIME_SYSTEM") ? "not read" : "missing", "give UTC, TAI, TT or GPS");
            return default;
        }
        string text = message.Text("EPOCH");
        if (new TimeTags { System = system }.Read(Encoding.ASCII.GetBytes(text), out var epoch) is { } reason) message.RefuseField("EPOCH", text.Length == 0 ? "missing" : reason, "correct it");
        else if (epoch < TdmLimits.Earliest) message.RefuseField("EPOCH", "before the first satellite", "correct it");
        else if (epoch > now.Plus(OdmLimits.AheadMax)) message.RefuseField("EPOCH", $"more than {OdmLimits.AheadMax.TotalDays:F0} days ahead", "correct it", mayPass: true);
        return epoch;
    }

    /// <summary>The catalog number, else the international designator, else the name; null where they name no object.</summary>
    public static string? ReadTag(OdmMessage message)
    {
        foreach (string keyword in new[] { "NORAD_CAT_ID", "OBJECT_ID", "OBJECT_NAME" })
        {
            string text = message.Text(keyword);
            if (IsNoObject(text)) continue;
            if (text.Length <= 64) return text;
            message.RefuseField(keyword, "longer than 64 characters", "shorten it");
        }
        return null;
    }
}
