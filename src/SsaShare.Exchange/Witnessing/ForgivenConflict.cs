using System.Diagnostics.CodeAnalysis;
using SsaShare.Signing;

namespace SsaShare.Exchange;

/// <summary>Body of the log entry by which an operator lets a log be cosigned again in spite of a conflict.</summary>
/// <param name="Conflict">SHA-256 of the conflict's document.</param>
/// <param name="Origin">Name of the log.</param>
/// <param name="Reason">In the operator's words.</param>
public sealed record ForgivenConflict(Hash256 Conflict, string Origin, string Reason)
{
    /// <summary>Longest body that is read, bytes.</summary>
    public const int BytesMax = 8 * 1024;

    /// <summary>Longest reason, characters.</summary>
    public const int ReasonMax = 1_000;

    public byte[] ToJson() => DocumentJson.Write(this);

    public static bool TryParse(ReadOnlySpan<byte> json, [NotNullWhen(true)] out ForgivenConflict? forgiven)
        => DocumentJson.TryReadBody(json, BytesMax, out forgiven);
}
