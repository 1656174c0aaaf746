namespace SsaShare.Formats;

/// <summary>What a data keyword measures, as far as the reader cares; the kept ones are bits, so that a set of them is a number.</summary>
[Flags]
internal enum TdmQuantity
{
    /// <summary>Not a keyword of the standard.</summary>
    None = 0,
    Range = 1,
    Angle1 = 2,
    Angle2 = 4,
    RangeRate = 8,
    Angles = Angle1 | Angle2,
    /// <summary>A keyword of the standard that an observation here has no place for.</summary>
    NotKept = 16,
}

internal static class TdmDataKeyword
{
    /// <summary>Names of CCSDS 503.0-B-2 table 3-5 without those kept; a trailing "_n" stands for a participant's number.</summary>
    private static readonly string[] NotKept =
    [
        "CARRIER_POWER", "CLOCK_BIAS", "CLOCK_DRIFT", "DOPPLER_COUNT", "DOPPLER_INTEGRATED", "DOR", "MAG", "PC_N0", "PRESSURE", "PR_N0", "RCS", "RECEIVE_FREQ",
        "RECEIVE_FREQ_n", "RECEIVE_PHASE_CT_n", "RHUMIDITY", "STEC", "TEMPERATURE", "TRANSMIT_FREQ_n", "TRANSMIT_FREQ_RATE_n", "TRANSMIT_PHASE_CT_n", "TROPO_DRY",
        "TROPO_WET", "VLBI_DELAY",
    ];

    private static readonly HashSet<string> NotKeptNames = [.. NotKept.SelectMany(Numbered)];

    public static TdmQuantity Classify(ReadOnlySpan<byte> keyword)
    {
        if (keyword.SequenceEqual("RANGE"u8)) return TdmQuantity.Range;
        if (keyword.SequenceEqual("ANGLE_1"u8)) return TdmQuantity.Angle1;
        if (keyword.SequenceEqual("ANGLE_2"u8)) return TdmQuantity.Angle2;
        if (keyword.SequenceEqual("DOPPLER_INSTANTANEOUS"u8)) return TdmQuantity.RangeRate;
        return NotKeptNames.Contains(ReadIssue.Show(keyword)) ? TdmQuantity.NotKept : TdmQuantity.None;
    }

    /// <summary>The keyword of one kept quantity.</summary>
    public static string Name(TdmQuantity quantity) => quantity switch
    {
        TdmQuantity.Range => "RANGE",
        TdmQuantity.Angle1 => "ANGLE_1",
        TdmQuantity.Angle2 => "ANGLE_2",
        TdmQuantity.RangeRate => "DOPPLER_INSTANTANEOUS",
        _ => throw new ArgumentOutOfRangeException(nameof(quantity), quantity, "Expected one kept quantity."),
    };

    internal static IEnumerable<string> Numbered(string name)
        => name.EndsWith("_n", StringComparison.Ordinal) ? Enumerable.Range(1, 5).Select(n => $"{name[..^1]}{n}") : [name];
}
