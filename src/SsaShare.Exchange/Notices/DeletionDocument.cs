using System.Text.Json.Serialization;
using SsaShare.Agreements;
using SsaShare.Domain;
using SsaShare.Signing;

namespace SsaShare.Exchange;

/// <summary>Why somebody deleted what it had been given, without being asked to.</summary>
[JsonConverter(typeof(Words))]
public enum DeletionReason
{
    Unspecified = 0,

    /// <summary>The time is over for which the agreement lets it be kept.</summary>
    Retention = 1,

    /// <summary>The agreement was revoked or has expired, and wants everything deleted then.</summary>
    AgreementEnded = 2,
}

file sealed class Words() : WordConverter<DeletionReason>((DeletionReason.Retention, "retention"), (DeletionReason.AgreementEnded, "agreement_ended"));

/// <summary>What a holder signs when it has deleted records because an agreement says so.</summary>
/// <param name="Type">"ssashare/deletion/v1".</param>
/// <param name="Holder">Who deleted, and signs.</param>
/// <param name="Provider">Who had given them.</param>
/// <param name="Agreement">Under which agreement.</param>
/// <param name="Reason">Why.</param>
/// <param name="Records">Which, at most <see cref="RecordsMax"/> of at most <see cref="PublicationsMax"/> publications.</param>
/// <param name="Deleted">When.</param>
public sealed record DeletionDocument(
    string Type, PartnerId Holder, PartnerId Provider, AgreementId Agreement, DeletionReason Reason, IReadOnlyList<DeletedRecords> Records, Epoch Deleted) : ITypedDocument
{
    /// <summary>So that the longest document stays below <see cref="DocumentJson.LongestBytes"/>.</summary>
    public const int RecordsMax = 5_000, PublicationsMax = 200;

    /// <summary>Why these words are not a deletion although each can be read; null when they are.</summary>
    public string? WhatIsWrong()
        // Elements of a list are not told from null when they are read.
        => Records.Any(one => one is null) ? "It names nothing in place of a publication."
            : Records.Count is 0 or > PublicationsMax || Records.Sum(one => one.Indices.Count) > RecordsMax ? $"It names {Records.Count} publications with {Records.Sum(one => one.Indices.Count)} records."
            : Records.DistinctBy(one => (one.Publication, one.Profile)).Count() != Records.Count ? "It names a publication twice in one form."
            : Records.FirstOrDefault(one => !one.IsWellFormed()) is { } wrong ? $"The indices in publication {wrong.Publication} do not ascend within it."
            : Holder == Provider ? "The holder is the provider."
            : null;

    public static SignedDeletion Sign(SigningKey key, PartnerId holder, PartnerId provider, AgreementId agreement, DeletionReason reason, IReadOnlyList<DeletedRecords> records, Epoch now)
    {
        var deletion = new DeletionDocument(DocumentContexts.Deletion.Text, holder, provider, agreement, reason, records, now);
        return deletion.WhatIsWrong() is { } fault
            ? throw new ArgumentException(fault, nameof(records))
            : new SignedDeletion(SignedDocument.Sign(key, DocumentContexts.Deletion, DocumentJson.Write(deletion)), deletion);
    }
}

/// <summary>Records of one publication in one form.</summary>
/// <param name="Publication">SHA-256 of its payload.</param>
/// <param name="Profile">The profile by which they had been degraded; null when they were as published.</param>
/// <param name="Indices">Ascending.</param>
public sealed record DeletedRecords(Hash256 Publication, string? Profile, IReadOnlyList<int> Indices)
{
    public bool IsWellFormed()
        => (Profile is null || ProfileId.TryParse(Profile, out _)) && Indices.Count > 0 && Indices[0] >= 0 && Indices[^1] < PublicationDocument.SizeMax && Indices.Zip(Indices.Skip(1)).All(pair => pair.First < pair.Second);
}

/// <summary>A deletion that has been read, with the exact bytes that were signed.</summary>
public sealed record SignedDeletion(SignedDocument Document, DeletionDocument Deletion)
{
    /// <summary>SHA-256 of the payload.</summary>
    public Hash256 Id => Document.Id;

    /// <summary>Reads a deletion that a holder tells a provider of. Total.</summary>
    /// <param name="document">As received.</param>
    /// <param name="holder">Who must have signed it.</param>
    /// <param name="provider">Whose records they must have been.</param>
    /// <param name="keys">Of the partners pinned here.</param>
    /// <param name="fault">The reason, when null is returned.</param>
    public static SignedDeletion? TryOpen(SignedDocument document, PartnerId holder, PartnerId provider, IKeyBook keys, out string fault)
    {
        fault = "";
        if (!DocumentJson.TryRead<DeletionDocument>(document.Payload.Span, DocumentContexts.Deletion, out var deletion)) fault = "The deletion is not a well-formed document.";
        else if ((deletion.Holder, deletion.Provider) != (holder, provider)) fault = $"The deletion is of '{deletion.Holder}', of records from '{deletion.Provider}'.";
        else if (!keys.Verify(holder, document, DocumentContexts.Deletion, deletion.Deleted)) fault = $"The signature is not that of '{holder}'.";
        else fault = deletion.WhatIsWrong() ?? "";
        return fault.Length == 0 ? new SignedDeletion(document, deletion!) : null;
    }
}
