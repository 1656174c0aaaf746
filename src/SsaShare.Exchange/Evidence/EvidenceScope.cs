using System.Text.Json.Serialization;
using SsaShare.Agreements;
using SsaShare.Domain;

namespace SsaShare.Exchange;

/// <summary>Which part of a log a bundle shows; conditions that are set must all be met. The rest stands in it as hashes.</summary>
/// <param name="From">Nothing earlier than this.</param>
/// <param name="Until">Nothing from this time on.</param>
/// <param name="Peer">What was exchanged with this partner.</param>
/// <param name="Agreement">What was exchanged under this agreement.</param>
/// <param name="Record">What concerns this record.</param>
public sealed record EvidenceScope(Epoch? From = null, Epoch? Until = null, PartnerId? Peer = null, AgreementId? Agreement = null, RecordPlace? Record = null)
{
    /// <summary>The whole log.</summary>
    public static EvidenceScope Whole { get; } = new();

    /// <summary>Whether nothing is left out.</summary>
    [JsonIgnore]
    public bool IsWhole => this == Whole;

    /// <summary>Whether chains of manifests may begin or end in what is left out, because a time or a record limits what is shown.</summary>
    [JsonIgnore]
    public bool CutsChains => From is not null || Until is not null || Record is not null;

    /// <summary>Whether all that one of two partners shows of their exchange must be in what the other shows.</summary>
    public static bool AreComparable(EvidenceScope first, PartnerId firstPartner, EvidenceScope second, PartnerId secondPartner)
        => !first.CutsChains && !second.CutsChains && first.Agreement == second.Agreement
            && (first.Peer is null || first.Peer == secondPartner) && (second.Peer is null || second.Peer == firstPartner);

    /// <summary>Whether a time is within the period.</summary>
    public bool Covers(Epoch time) => (From is not { } from || time >= from) && (Until is not { } until || time < until);

    /// <summary>For people to read.</summary>
    public override string ToString()
    {
        string[] parts = [.. Parts()];
        return parts.Length == 0 ? "the whole log" : string.Join(", ", parts);
    }

    private IEnumerable<string> Parts()
    {
        if (Peer is { } peer) yield return $"exchange with '{peer}'";
        if (Agreement is { } agreement) yield return $"agreement {agreement.ToString()[..16]}";
        if (Record is { } record) yield return $"record {record.Publication.ToString()[..16]}/{record.Index}";
        if (From is { } from) yield return $"from {from}";
        if (Until is { } until) yield return $"until {until}";
    }
}
