using System.Globalization;

namespace SsaShare.Formats;

/// <summary>From mean elements as a file says them to elements for SGP4, with the limits that orbit mean-elements messages have too (<see cref="OmmInterpreter"/>).</summary>
internal static class ElementSetInterpreter
{
    private const double RadPerDeg = Math.PI / 180;

    /// <returns>Null when the record is refused.</returns>
    public static ElementSet? Interpret(MeanElements from, ElementOutput output)
    {
        CheckMeaning(from, output);
        var epoch = ReadEpoch(from, output);
        string? tag = ReadTag(from, output);
        if (from.MeanMotionRevPerDay > OdmLimits.MaxMeanMotionRevPerDay) output.Refuse("MEAN_MOTION", Show(from.MeanMotionRevPerDay), $"above {OdmLimits.MaxMeanMotionRevPerDay} revolutions per day", "check that it is in rev/day");
        if (from.BStarPerEarthRadii is null) output.Refuse("BSTAR", "", "missing", "add it, in 1/ER");
        return output.IsRefused ? null : new ElementSet(tag, epoch, from.MeanMotionRevPerDay, from.Eccentricity, from.InclinationDeg * RadPerDeg, Turn(from.RightAscensionOfNodeDeg),
            Turn(from.ArgumentOfPericenterDeg), Turn(from.MeanAnomalyDeg), from.BStarPerEarthRadii!.Value, from.MeanMotionDotRevPerDay2 ?? 0, from.MeanMotionDDotRevPerDay3 ?? 0);
    }

    private static void CheckMeaning(MeanElements from, ElementOutput output)
    {
        Expect(output, "CENTER_NAME", from.CenterName, "only orbits about the EARTH are read", "EARTH");
        Expect(output, "MEAN_ELEMENT_THEORY", from.MeanElementTheory, "only elements for SGP4 are read", "SGP4", "SGP/SGP4");
        Expect(output, "REF_FRAME", from.ReferenceFrame, "SGP4 elements are in TEME", "TEME");
        if (from.EphemerisType is not (null or 0 or 2)) output.Refuse("EPHEMERIS_TYPE", $"{from.EphemerisType}", "not SGP4", "only types 0 and 2 are read");
        if (from.BTermM2PerKg is not null) output.Refuse("BTERM", "", "a term of another theory", "only elements for SGP4 are read");
        if (from.AgomM2PerKg is not null) output.Refuse("AGOM", "", "a term of another theory", "only elements for SGP4 are read");
        // What the file says of itself cannot be kept: the label of the publication counts, and must not be lower without anyone's notice.
        if (from.ClassificationType is { } letter and not 'U') output.Refuse("CLASSIFICATION_TYPE", $"{letter}", "only unclassified elements are read", "ask its originator");
        if (from.Further.Count == 0) return;
        if (from.Further.Find("CLASSIFICATION") is { } classification && classification.ToUpperInvariant() is not ("U" or "UNCLASSIFIED")) output.Refuse("CLASSIFICATION", classification, "only unclassified elements are read", "ask its originator");
        if (from.Further.Find("REF_FRAME_EPOCH") is { } frameEpoch) output.Refuse("REF_FRAME_EPOCH", frameEpoch, "not read", "give the elements in TEME of date");
        if (from.Further.Find("SEMI_MAJOR_AXIS") is { } axis) output.Refuse("SEMI_MAJOR_AXIS", axis, "not an element of SGP4", "give MEAN_MOTION");
        if (OdmKeywords.Covariance.FirstOrDefault(one => from.Further.Find(one.Keyword) is not null).Keyword is { } keyword)
        {
            var (line, column) = output.Locator!.Locate(keyword);
            output.NoticeOnce(line, column, "COV_REF_FRAME", [], "the covariance of mean elements is not kept", "publish a state with its covariance");
        }
    }

    /// <summary>The epoch; default, and the record is refused, when it has none.</summary>
    private static Epoch ReadEpoch(MeanElements from, ElementOutput output)
    {
        string text = from.Epoch.ToString();
        if (ElementEpochs.ToEpoch(from.Epoch, from.TimeSystem, out var epoch) is { } reason) output.Refuse(reason.Field, reason.Field == "EPOCH" ? text : from.TimeSystem, reason.Reason, reason.Remedy);
        else if (epoch < TdmLimits.Earliest) output.Refuse("EPOCH", text, "before the first satellite", "correct it");
        else if (epoch > output.Options.Now.Plus(OdmLimits.AheadMax)) output.Refuse("EPOCH", text, $"more than {OdmLimits.AheadMax.TotalDays:F0} days ahead", "correct it", mayPass: true);
        return epoch;
    }

    /// <summary>The catalog number, else the international designator, else the name; null where they name no object.</summary>
    private static string? ReadTag(MeanElements from, ElementOutput output)
    {
        foreach (var (keyword, text) in new[] { ("NORAD_CAT_ID", from.NoradCatId?.ToString(CultureInfo.InvariantCulture)), ("OBJECT_ID", from.ObjectId), ("OBJECT_NAME", from.ObjectName) })
        {
            if (text is null || OdmInterpreter.IsNoObject(text)) continue;
            if (text.Length <= 64) return text;
            output.Refuse(keyword, text, "longer than 64 characters", "shorten it");
        }
        return null;
    }

    private static void Expect(ElementOutput output, string keyword, string text, string remedy, params ReadOnlySpan<string> words)
    {
        foreach (string word in words)
            if (text.Equals(word, StringComparison.OrdinalIgnoreCase)) return;
        output.Refuse(keyword, text, "not read", remedy);
    }

    /// <summary>Radians from 0 up to one turn.</summary>
    private static double Turn(double degrees)
    {
        degrees %= 360;
        return Math.Min((degrees < 0 ? degrees + 360 : degrees) * RadPerDeg, Math.Tau);
    }

    private static string Show(double value) => value.ToString("R", CultureInfo.InvariantCulture);
}
