using SsaShare.Domain;

namespace SsaShare.Exchange;

/// <summary>The date of a document by which its key is judged.</summary>
public static class DocumentDates
{
    /// <returns>Null for a document that has none.</returns>
    public static Epoch? Of(ITypedDocument document) => document switch
    {
        PublicationDocument publication => publication.Published,
        ManifestDocument manifest => manifest.Watermark,
        ReceiptDocument receipt => receipt.Received,
        NoticeDocument notice => notice.Issued,
        NoticeReceiptDocument receipt => receipt.Time,
        DeletionDocument deletion => deletion.Deleted,
        TransitionDocument transition => transition.Time,
        DenialDocument denial => denial.At,
        _ => null,
    };
}
