using System.Text.Json.Serialization;
using SsaShare.Domain;
using SsaShare.Signing;

namespace SsaShare.Exchange;

/// <summary>What an originator signs for a batch of records: that these, and no others under this root, are its own.</summary>
/// <param name="Type">"ssashare/publication/v1".</param>
/// <param name="Originator">Who signs.</param>
/// <param name="Size">Number of records, 1 to 1,000.</param>
/// <param name="Root">RFC 6962 root over the records' salted leaf hashes.</param>
/// <param name="Published">When.</param>
/// <param name="Priority">That of all its records' classes: <see cref="FeedPriorities.Of"/>. Left out when routine, as before there were priorities.</param>
public sealed record PublicationDocument(string Type, PartnerId Originator, int Size, Hash256 Root, Epoch Published,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] FeedPriority Priority = FeedPriority.Routine) : IOpenDocument
{
    /// <summary>Most records in one publication.</summary>
    public const int SizeMax = 1_000;
}
