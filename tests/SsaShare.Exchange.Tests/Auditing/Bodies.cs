using SsaShare.Agreements;
using SsaShare.Domain;
using SsaShare.Signing;
using SsaShare.Transparency;

namespace SsaShare.Exchange.Tests;

/// <summary>One honest body of each kind of entry that an exchange leaves behind, about records 0 and 2 of one publication.</summary>
internal static class Bodies
{
    public static readonly Hash256 PublicationId;

    /// <summary>The record that everything is about.</summary>
    public static readonly RecordPlace Place;

    private static readonly Dictionary<string, byte[]> All = [];

    static Bodies()
    {
        var publication = Sample.Publish(Sample.Records(3));
        PublicationId = publication.Document.Id;
        Place = new RecordPlace(PublicationId, 2);
        ManifestItem[] given = [new(0, Sample.Grant, PublicationId), new(2, Sample.Grant, PublicationId)];
        var items = new ManifestItems(PublicationId, [new ItemSlice(PublicationId, Sample.Pacific, null, given)]);
        var manifest = new ManifestDocument(DocumentContexts.Manifest.Text, Sample.Agreement, Sample.Pacific, Sample.Atlantic, 4, 9, null, 1, 2, items.Root, true, Sample.Now, "note");
        var receipt = new ReceiptDocument(DocumentContexts.Receipt.Text, PublicationId, Sample.Atlantic, 2, items.Root, Sample.Now);
        var notice = SignedNotice.Issue(Sample.PacificKey, Sample.Pacific, Place, NoticeAction.Withdraw, null, "bad range", Sample.Now);
        var deletion = DeletionDocument.Sign(Sample.AtlanticKey, Sample.Atlantic, Sample.Pacific, Sample.Agreement, DeletionReason.Retention, [new DeletedRecords(PublicationId, null, [2])], Sample.Now);
        byte[] noticeReceipt = NoticeReceiptDocument.Sign(Sample.AtlanticKey, notice.Id, Sample.Atlantic, NoticeOutcome.Unused, Sample.Now).Document.ToJson();

        All[LogKinds.Publication] = publication.Document.ToJson();
        All[LogKinds.ManifestIssued] = All[LogKinds.ManifestReceived] = Sign(Sample.PacificKey, DocumentContexts.Manifest, manifest);
        All[LogKinds.ReceiptIssued] = All[LogKinds.ReceiptReceived] = Sign(Sample.AtlanticKey, DocumentContexts.Receipt, receipt);
        All[LogKinds.ItemsIssued] = All[LogKinds.ItemsReceived] = items.ToJson();
        All[LogKinds.Withheld] = new WithheldEvent(PublicationId, [new WithheldCount(Sample.Prohibition.Value, "Prohibited", 3), new WithheldCount(null, "NotGranted", 1)]).ToJson();
        All[LogKinds.Refusal] = "{\"peer\":\"pacific\",\"what\":\"pull\",\"reason\":\"not in force\"}"u8.ToArray();
        All[LogKinds.Notice] = notice.Document.ToJson();
        All[LogKinds.NoticeReceiptIssued] = All[LogKinds.NoticeReceiptReceived] = noticeReceipt;
        All[LogKinds.DeletionIssued] = All[LogKinds.DeletionReceived] = deletion.Document.ToJson();
        All[LogKinds.AgreementTransition] = SignedTransition.Sign(Sample.PacificKey, new TransitionDocument(DocumentContexts.Transition.Text, Sample.Agreement, Sample.Pacific, 1, TransitionEvent.Suspend, "in doubt", Sample.Now)).Original.ToJson();
        All[LogKinds.Agreement] = new AgreementChange(AgreementState.Active, "{}"u8.ToArray()).ToJson();
        All[LogKinds.DenialIssued] = All[LogKinds.DenialReceived] = DenialDocument.Sign(Sample.PacificKey, Sample.Agreement, Sample.Pacific, Sample.Atlantic, DenialReason.Suspended, Sample.Now, PublicationId).ToJson();
        All[LogKinds.ExchangePaused] = All[LogKinds.ExchangeResumed] = new PauseEvent(Sample.Pacific, Sample.Agreement, "the operator of atlantic").ToJson();
        var signed = SignedDocument.Sign(Sample.PacificKey, DocumentContexts.Manifest, DocumentJson.Write(manifest));
        All[LogKinds.Equivocation] = Equivocation.Of(signed, SignedDocument.Sign(Sample.PacificKey, DocumentContexts.Manifest, DocumentJson.Write(manifest with { Previous = signed.Id })))!.ToJson();
        All[LogKinds.Auditor] = new AuditorEvent("inspector", PublicationId, AuditorChange.Added, "the operator of atlantic").ToJson();
        All[LogKinds.PeerPinned] = All[LogKinds.NodeCard] = new TestNode("pacific").Card.ToJson();
    }

    public static IEnumerable<string> Kinds => All.Keys;

    public static LogEntry Entry(string kind, byte[]? body = null) => new(7, new LogEvent(kind, body ?? All[kind]), EntryCommitment.NewSalt(), Sample.Now);

    public static byte[] Body(string kind) => All[kind];

    private static byte[] Sign<T>(SigningKey key, ContextLabel context, T document) => SignedDocument.Sign(key, context, DocumentJson.Write(document)).ToJson();
}
