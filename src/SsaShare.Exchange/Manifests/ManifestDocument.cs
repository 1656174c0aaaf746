using System.Text.Json.Serialization;
using SsaShare.Agreements;
using SsaShare.Domain;
using SsaShare.Signing;

namespace SsaShare.Exchange;

/// <summary>
/// What a provider signs for each answer to a pull. With items it says "given". Without items, complete and with nothing withheld it says "nothing to report" up to the
/// watermark; with <see cref="Withheld"/> above 0 it says that there was something and that it stays.
/// </summary>
/// <param name="Type">"ssashare/manifest/v1".</param>
/// <param name="Agreement">Under which everything in it is released.</param>
/// <param name="Provider">Who signs.</param>
/// <param name="Receiver">For whom.</param>
/// <param name="AfterPosition">Feed position that the receiver had reached in this lane.</param>
/// <param name="ToPosition">Feed position reached with this answer: everything between was considered.</param>
/// <param name="Previous">The manifest of the answer before this one of the same priority, whatever its lane; null for the first.</param>
/// <param name="PublicationCount">Publications of which something is released.</param>
/// <param name="ItemCount">Items given: a record in one form.</param>
/// <param name="ItemRoot">RFC 6962 root over the items' leaf hashes in order; of the empty tree when there are none.</param>
/// <param name="Complete">Everything that the agreement grants up to the watermark has now been given, in every lane of this priority; false when more is waiting.</param>
/// <param name="Watermark">When the feed was read.</param>
/// <param name="Checkpoint">The provider's newest log checkpoint, a signed note.</param>
/// <param name="Source">Whose publications this answer is about.</param>
/// <param name="DelayS">How long ago they were published at least, seconds.</param>
/// <param name="RecordCount">Different records given, in whatever forms; left out in manifests from before there were forms: then as many as items.</param>
/// <param name="Withheld">Records of the range that are given in no form, in this lane or another: <see cref="WithheldEvent.Total"/>. Left out for readers of protocol version 1, which know no such member.</param>
/// <param name="Waiting">
/// How many publications of the lane that have come up lie behind the range, at most; 0 where there are none. Left out for readers of protocol version 1, and where it is not known.
/// </param>
/// <param name="Snapshot">What of the range the provider holds no more; null where it holds all. Left out for readers of protocol version 1.</param>
public sealed record ManifestDocument(
    string Type, AgreementId Agreement, PartnerId Provider, PartnerId Receiver,
    long AfterPosition, long ToPosition, Hash256? Previous,
    int PublicationCount, int ItemCount, Hash256 ItemRoot, bool Complete, Epoch Watermark, string Checkpoint,
    FeedSource Source = FeedSource.Own, long DelayS = 0, int? RecordCount = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] long? Withheld = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] long? Waiting = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] FeedSnapshot? Snapshot = null) : IOpenDocument
{
    /// <summary>Longest delay that an agreement can set, seconds: what a cursor can hold.</summary>
    public const long DelayMaxS = uint.MaxValue;

    /// <summary>The lane; null when source or delay are none.</summary>
    [JsonIgnore]
    public FeedLane? Lane => Source is >= FeedSource.Own and <= FeedSource.RelayedUrgent && DelayS is >= 0 and <= DelayMaxS ? new FeedLane(Source, TimeSpan.FromSeconds(DelayS)) : null;

    /// <summary>At the provider: of which stream it is; null when source or delay are none.</summary>
    [JsonIgnore]
    public StreamKey? Stream => Lane is { } lane ? new StreamKey(Agreement, Receiver, lane.Priority) : null;

    /// <summary>Different records given.</summary>
    [JsonIgnore]
    public int Records => RecordCount ?? ItemCount;
}
