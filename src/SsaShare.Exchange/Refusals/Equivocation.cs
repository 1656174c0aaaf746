using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;
using SsaShare.Domain;
using SsaShare.Signing;

namespace SsaShare.Exchange;

/// <summary>
/// Two manifests of one provider that cannot both be honest: <see cref="ManifestContradictions.IsProof"/>. It convinces whoever has the provider's keys, without trust in who
/// shows it. The second was refused and is never merged. Body of log entries of kind "equivocation".
/// </summary>
/// <param name="Type">"ssashare/equivocation/v1".</param>
/// <param name="First">The signed manifest that was stored, as <see cref="SignedDocument.ToJson"/> writes it.</param>
/// <param name="Second">The one that came later.</param>
public sealed record Equivocation(string Type, byte[] First, byte[] Second)
{
    public const string TypeName = "ssashare/equivocation/v1";

    /// <summary>Longest document that is read, bytes.</summary>
    public const int BytesMax = 8 * DocumentJson.LongestBytes;

    /// <returns>Null when the two prove nothing.</returns>
    public static Equivocation? Of(SignedDocument before, SignedDocument after)
        => ManifestContradictions.Find(before, after).IsProof() ? new Equivocation(TypeName, before.ToJson(), after.ToJson()) : null;

    public byte[] ToJson() => DocumentJson.Write(this);

    /// <summary>Reads what <see cref="ToJson"/> writes. Total; nothing is verified.</summary>
    public static bool TryParse(ReadOnlySpan<byte> json, [NotNullWhen(true)] out Equivocation? document)
    {
        document = DocumentJson.TryReadBody<Equivocation>(json, BytesMax, out var read) && read.Type == TypeName ? read : null;
        return document is not null;
    }

    /// <summary>Whom the second manifest names as its provider; null when it is none.</summary>
    [JsonIgnore]
    public PartnerId? Provider
        => SignedDocument.TryParse(Second, out var signed) && DocumentJson.TryRead<ManifestDocument>(signed.Payload.Span, DocumentContexts.Manifest, out var manifest) ? manifest.Provider : null;

    /// <summary>Whether both manifests are signed by the provider and contradict each other.</summary>
    /// <param name="keys">Of the provider.</param>
    /// <param name="contradiction">What it proves.</param>
    /// <param name="fault">Why it proves nothing.</param>
    public bool Verify(IKeyBook keys, out ManifestContradiction contradiction, [NotNullWhen(false)] out string? fault)
    {
        contradiction = ManifestContradiction.None;
        if (!TryOpen(First, keys, out var first, out fault) || !TryOpen(Second, keys, out var second, out fault)) return false;
        contradiction = ManifestContradictions.Find(first, second);
        fault = contradiction.IsProof() ? null : "The two manifests do not contradict each other.";
        return fault is null;
    }

    private static bool TryOpen(byte[] json, IKeyBook keys, [NotNullWhen(true)] out SignedDocument? signed, [NotNullWhen(false)] out string? fault)
    {
        fault = !SignedDocument.TryParse(json, out signed) || !DocumentJson.TryRead<ManifestDocument>(signed.Payload.Span, DocumentContexts.Manifest, out var manifest) ? "One of the two is no signed manifest."
            : !keys.Verify(manifest.Provider, signed, DocumentContexts.Manifest, manifest.Watermark) ? $"One of the two is not signed by '{manifest.Provider}'."
            : null;
        return fault is null;
    }
}
