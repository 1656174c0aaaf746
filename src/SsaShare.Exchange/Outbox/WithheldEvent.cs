using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;
using SsaShare.Agreements;
using SsaShare.Signing;

namespace SsaShare.Exchange;

/// <summary>Body of a log entry of kind "withheld": what a manifest does not list, by clause and reason. For this node's log alone.</summary>
/// <param name="Manifest">SHA-256 of the manifest's payload, which the entry before logs as issued.</param>
/// <param name="Withheld">Every record of the manifest's range that is not in it.</param>
public sealed record WithheldEvent(Hash256 Manifest, IReadOnlyList<WithheldCount> Withheld)
{
    /// <summary>Records of the range that are given in no form, in this lane or another: what the manifest tells a reader of protocol version 2 as <see cref="ManifestDocument.Withheld"/>.</summary>
    [JsonIgnore]
    public long Total => Sum(Withheld);

    /// <summary>See <see cref="Total"/>. What an earlier lane gives, or a later one will, is not kept from the reader.</summary>
    public static long Sum(IReadOnlyList<WithheldCount> counts)
        => counts.Where(count => count.Reason is not (nameof(WithholdReason.GivenBefore) or nameof(WithholdReason.NotYetDue))).Sum(count => (long)count.Count);

    public byte[] ToJson() => DocumentJson.Write(this);

    /// <summary>Reads what <see cref="ToJson"/> writes. Total.</summary>
    public static bool TryParse(ReadOnlySpan<byte> json, [NotNullWhen(true)] out WithheldEvent? body)
    {
        // Elements of a list are not told from null when they are read.
        if (DocumentJson.TryReadBody(json, LongestBytes, out body) && body.Withheld.All(count => count is not null)) return true;
        body = null;
        return false;
    }

    /// <summary>Longest body read, bytes: a count for each of thousands of clauses.</summary>
    private const int LongestBytes = 4 * 1024 * 1024;
}
