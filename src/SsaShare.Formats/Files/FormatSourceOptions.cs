namespace SsaShare.Formats;

/// <summary>How far a compressed file may expand.</summary>
public sealed record FormatSourceOptions
{
    /// <summary>How often it may be compressed, one in the other: more is nobody's habit.</summary>
    public const int LayersMax = 2;

    /// <summary>Most bytes that a compressed file may expand to. Default 64 GiB.</summary>
    public long MaxBytes { get; init; } = 64L << 30;

    /// <summary>How many times its own size a compressed file may expand to once it is more than 16 MiB. Default 1,000.</summary>
    public int MaxRatio { get; init; } = 1_000;
}
