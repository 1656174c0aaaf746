using SsaShare.Domain;

namespace SsaShare.Formats;

/// <summary>How much is let pass. Values are checked in both: a wrong checksum, number or epoch is refused in either.</summary>
public enum ReadMode
{
    /// <summary>As the standard says: what it forbids is refused.</summary>
    Strict = 0,
    /// <summary>What has one meaning only is taken although the standard forbids it, with a notice: unknown keywords are kept, keywords may stand in another order or case.</summary>
    Lenient = 1,
}

/// <summary>What a reader must be told, and its limits.</summary>
public sealed record FormatReadOptions
{
    /// <summary>The name that issues carry.</summary>
    public required string FileName { get; init; }

    /// <summary>The present: years of two digits, and what is too far ahead, are judged by it.</summary>
    public required Epoch Now { get; init; }

    public ReadMode Mode { get; init; }

    /// <summary>Element sets whose checksum is wrong are taken with a notice: for calculations with sets that were changed on purpose (SGP4-VER.TLE), never for publishing.</summary>
    public bool TakesWrongChecksums { get; init; }

    /// <summary>Whether items tell what was refused as it stood in the file, beside why.</summary>
    public bool KeepsRefused { get; init; }

    /// <summary>Longest line taken, bytes, from 64 to 1 MiB.</summary>
    public int MaxLineBytes { get; init; } = 4_096;

    /// <summary>After this many issues the rest of the file is not read.</summary>
    public int MaxIssues { get; init; } = 1_000;
}

/// <summary>What a writer must be told.</summary>
public sealed record FormatWriteOptions
{
    /// <summary>The name that issues carry.</summary>
    public required string FileName { get; init; }

    /// <summary>ORIGINATOR of headers where the values name none.</summary>
    public string Originator { get; init; } = "SSASHARE";

    /// <summary>CREATION_DATE of headers where the values name none.</summary>
    public required Epoch Now { get; init; }
}
