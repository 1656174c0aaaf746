using System.Diagnostics.CodeAnalysis;
using SsaShare.Signing;

namespace SsaShare.Exchange;

/// <summary>Body of a log entry of kind "auditor": whom this node's operator lets read its log, or no longer.</summary>
/// <param name="Name">See <see cref="IsName"/>.</param>
/// <param name="Pin">SHA-256 of the SubjectPublicKeyInfo of the auditor's certificate.</param>
/// <param name="Change">What changed.</param>
/// <param name="By">Who did it.</param>
public sealed record AuditorEvent(string Name, Hash256 Pin, AuditorChange Change, string By)
{
    private const int LongestBytes = 4 * 1024, LongestName = 64;

    public byte[] ToJson() => DocumentJson.Write(this);

    /// <summary>Reads what <see cref="ToJson"/> writes. Total.</summary>
    public static bool TryParse(ReadOnlySpan<byte> json, [NotNullWhen(true)] out AuditorEvent? body)
    {
        if (DocumentJson.TryReadBody(json, LongestBytes, out body) && IsName(body.Name) && body.Change != AuditorChange.Unspecified && TransitionDocument.IsReason(body.By)) return true;
        body = null;
        return false;
    }

    /// <summary>Whether a text names an auditor: 1 to 64 of a-z, 0-9, '-' and '.', beginning with a letter or digit.</summary>
    public static bool IsName(string text)
        => text.Length is >= 1 and <= LongestName && char.IsAsciiLetterOrDigit(text[0]) && text.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c is '-' or '.');
}

/// <summary>What became of an auditor.</summary>
[System.Text.Json.Serialization.JsonConverter(typeof(AuditorWords))]
public enum AuditorChange
{
    Unspecified = 0,
    Added = 1,
    Removed = 2,
}

file sealed class AuditorWords() : WordConverter<AuditorChange>((AuditorChange.Added, "added"), (AuditorChange.Removed, "removed"));
