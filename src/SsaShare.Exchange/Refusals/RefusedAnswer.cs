using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;
using SsaShare.Agreements;
using SsaShare.Domain;

namespace SsaShare.Exchange;

/// <summary>
/// Body of a log entry of kind "refusal" at a receiver: an answer of which nothing was stored. Where the provider really signed its manifest, that is kept with it: it is
/// evidence of what the provider gave, and whoever reads the log can compare it with what the provider's log says.
/// </summary>
/// <param name="Agreement">Under which it was asked.</param>
/// <param name="Provider">Who answered.</param>
/// <param name="Reason">Which check failed.</param>
/// <param name="Manifest">The provider's signed manifest, as <see cref="SignedDocument.ToJson"/> writes it; null where its signature does not hold.</param>
public sealed record RefusedAnswer(AgreementId Agreement, PartnerId Provider, string Reason,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] byte[]? Manifest = null)
{
    /// <summary>Longest body read, bytes: a signed document in Base64, and the reason.</summary>
    private const int LongestBytes = 4 * DocumentJson.LongestBytes;

    public byte[] ToJson() => DocumentJson.Write(this);

    /// <summary>Reads what <see cref="ToJson"/> writes. Total.</summary>
    public static bool TryParse(ReadOnlySpan<byte> json, [NotNullWhen(true)] out RefusedAnswer? body) => DocumentJson.TryReadBody(json, LongestBytes, out body);
}
