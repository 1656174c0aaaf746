using System.Collections.Frozen;

namespace SsaShare.Formats;

/// <summary>The keywords of mean elements: those with a property of their own, and which others are known.</summary>
internal static class ElementFields
{
    /// <summary>Beyond them there is no whole turn.</summary>
    private const double Turn = 360;

    /// <summary>The columns of CSV and JSON as CelesTrak publishes them, in its order.</summary>
    public static readonly ElementField[] Published =
    [
        new TextField("OBJECT_NAME", from => from.ObjectName, (to, value) => to.ObjectName = value),
        new TextField("OBJECT_ID", from => from.ObjectId, (to, value) => to.ObjectId = value),
        new EpochField("EPOCH", from => from.Epoch, (to, value) => to.Epoch = value) { IsRequired = true },
        new NumberField("MEAN_MOTION", from => from.MeanMotionRevPerDay, (to, value) => to.MeanMotion = value, double.Epsilon) { IsRequired = true },
        new NumberField("ECCENTRICITY", from => from.Eccentricity, (to, value) => to.Eccentricity = value, 0, Math.BitDecrement(1.0)) { IsRequired = true },
        new NumberField("INCLINATION", from => from.InclinationDeg, (to, value) => to.Inclination = value, 0, 180) { IsRequired = true },
        new NumberField("RA_OF_ASC_NODE", from => from.RightAscensionOfNodeDeg, (to, value) => to.RightAscensionOfNode = value, -Turn, Turn) { IsRequired = true },
        new NumberField("ARG_OF_PERICENTER", from => from.ArgumentOfPericenterDeg, (to, value) => to.ArgumentOfPericenter = value, -Turn, Turn) { IsRequired = true },
        new NumberField("MEAN_ANOMALY", from => from.MeanAnomalyDeg, (to, value) => to.MeanAnomaly = value, -Turn, Turn) { IsRequired = true },
        new IntegerField("EPHEMERIS_TYPE", from => from.EphemerisType, (to, value) => to.EphemerisType = value, 9),
        new LetterField("CLASSIFICATION_TYPE", from => from.ClassificationType, (to, value) => to.ClassificationType = value),
        new IntegerField("NORAD_CAT_ID", from => from.NoradCatId, (to, value) => to.NoradCatId = value, 999_999_999),
        new IntegerField("ELEMENT_SET_NO", from => from.ElementSetNumber, (to, value) => to.ElementSetNumber = value, int.MaxValue),
        new IntegerField("REV_AT_EPOCH", from => from.RevolutionAtEpoch, (to, value) => to.RevolutionAtEpoch = value, long.MaxValue),
        new NumberField("BSTAR", from => from.BStarPerEarthRadii, (to, value) => to.BStar = value),
        new NumberField("MEAN_MOTION_DOT", from => from.MeanMotionDotRevPerDay2, (to, value) => to.MeanMotionDot = value),
        new NumberField("MEAN_MOTION_DDOT", from => from.MeanMotionDDotRevPerDay3, (to, value) => to.MeanMotionDDot = value),
    ];

    /// <summary>What the published columns leave out because it goes without saying, and the terms of SGP4-XP.</summary>
    public static readonly ElementField[] Others =
    [
        new TextField("CENTER_NAME", from => from.CenterName, (to, value) => to.CenterName = value, "EARTH"),
        new TextField("REF_FRAME", from => from.ReferenceFrame, (to, value) => to.ReferenceFrame = value, "TEME"),
        new TextField("TIME_SYSTEM", from => from.TimeSystem, (to, value) => to.TimeSystem = value, "UTC"),
        new TextField("MEAN_ELEMENT_THEORY", from => from.MeanElementTheory, (to, value) => to.MeanElementTheory = value, "SGP4"),
        new NumberField("BTERM", from => from.BTermM2PerKg, (to, value) => to.BTerm = value),
        new NumberField("AGOM", from => from.AgomM2PerKg, (to, value) => to.Agom = value),
    ];

    public static readonly ElementField[] All = Number([.. Published, .. Others]);

    private static readonly FrozenDictionary<string, ElementField> ByKeyword = All.ToFrozenDictionary(field => field.Keyword, StringComparer.Ordinal);

    /// <summary>A bit for each field that is required, at its index.</summary>
    public static readonly ulong Required = All.Where(field => field.IsRequired).Aggregate(0UL, (bits, field) => bits | 1UL << field.Index);

    /// <summary>Without a property of their own: the rest of 502.0-B, and the columns that Space-Track adds.</summary>
    private static readonly FrozenSet<string> KnownFurther = new[]
    {
        "CCSDS_OMM_VERS", "COMMENT", "CREATION_DATE", "ORIGINATOR", "MESSAGE_ID", "CLASSIFICATION", "REF_FRAME_EPOCH", "SEMI_MAJOR_AXIS", "GM", "MASS", "SOLAR_RAD_AREA", "SOLAR_RAD_COEFF",
        "DRAG_AREA", "DRAG_COEFF", "COV_REF_FRAME", "SEMIMAJOR_AXIS", "PERIOD", "APOAPSIS", "PERIAPSIS", "OBJECT_TYPE", "RCS_SIZE", "COUNTRY_CODE", "LAUNCH_DATE", "SITE", "DECAY_DATE",
        "DECAYED", "FILE", "GP_ID", "TLE_LINE0", "TLE_LINE1", "TLE_LINE2",
    }.Concat(OdmKeywords.Covariance.Select(one => one.Keyword)).ToFrozenSet(StringComparer.Ordinal);

    public static bool IsKnownFurther(string keyword) => KnownFurther.Contains(keyword) || OdmKeywords.IsUserDefined(keyword);

    /// <returns>Null when no field has this name.</returns>
    public static ElementField? Find(string keyword) => ByKeyword.GetValueOrDefault(keyword);

    /// <returns>Null when no field has this name.</returns>
    public static ElementField? Find(ReadOnlySpan<byte> keyword)
    {
        foreach (var field in All)
            if (keyword.SequenceEqual(field.Name.Span)) return field;
        return null;
    }

    /// <returns>The first keyword whose value no file can hold, which only a program can make: a number that is not finite, a text with control characters. Null when there is none.</returns>
    public static string? Unwritable(MeanElements value)
    {
        foreach (var field in All)
            if (!field.IsWritable(value)) return field.Keyword;
        foreach (var field in value.Further)
            if (!ElementText.IsPrintable(field.Text) || !ElementText.IsPrintable(field.Keyword)) return field.Keyword;
        return null;
    }

    private static ElementField[] Number(ElementField[] fields)
    {
        for (int i = 0; i < fields.Length; i++) fields[i].Index = i;
        return fields;
    }
}
