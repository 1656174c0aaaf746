using SsaShare.Domain;
using SsaShare.Signing;

namespace SsaShare.Exchange;

/// <summary>What a receiver signs when a notice has been carried out there.</summary>
/// <param name="Type">"ssashare/notice-receipt/v1".</param>
/// <param name="Notice">SHA-256 of the notice's payload.</param>
/// <param name="Receiver">Who signs.</param>
/// <param name="Outcome">What became of the record there.</param>
/// <param name="Time">When.</param>
public sealed record NoticeReceiptDocument(string Type, Hash256 Notice, PartnerId Receiver, NoticeOutcome Outcome, Epoch Time) : IOpenDocument
{
    public static SignedNoticeReceipt Sign(SigningKey key, Hash256 notice, PartnerId receiver, NoticeOutcome outcome, Epoch now)
    {
        var receipt = new NoticeReceiptDocument(DocumentContexts.NoticeReceipt.Text, notice, receiver, outcome, now);
        return new SignedNoticeReceipt(SignedDocument.Sign(key, DocumentContexts.NoticeReceipt, DocumentJson.Write(receipt)), receipt);
    }
}

/// <summary>A receipt that has been read, with the exact bytes that were signed.</summary>
public sealed record SignedNoticeReceipt(SignedDocument Document, NoticeReceiptDocument Receipt)
{
    /// <summary>Reads a receipt for one notice, by the key of the receiver that it names at its date. Total.</summary>
    /// <param name="document">As received.</param>
    /// <param name="notice">What it must be for.</param>
    /// <param name="keys">Of the partners pinned here.</param>
    /// <param name="fault">The reason, when null is returned.</param>
    public static SignedNoticeReceipt? TryOpen(SignedDocument document, SignedNotice notice, IKeyBook keys, out string fault)
    {
        fault = "";
        if (!DocumentJson.TryRead<NoticeReceiptDocument>(document.Payload.Span, DocumentContexts.NoticeReceipt, out var receipt)) fault = "The receipt is not a well-formed document.";
        else if (receipt.Notice != notice.Id) fault = "The receipt is for another notice.";
        else if (!keys.Knows(receipt.Receiver)) fault = $"No node card is pinned for receiver '{receipt.Receiver}'.";
        else if (!keys.Verify(receipt.Receiver, document, DocumentContexts.NoticeReceipt, receipt.Time)) fault = $"The signature is not that of receiver '{receipt.Receiver}'.";
        else if (!NoticeRules.Fulfils(receipt.Outcome, notice.Notice.Action)) fault = $"'{receipt.Receiver}' answers {notice.Notice.Action} with {receipt.Outcome}.";
        return fault.Length == 0 ? new SignedNoticeReceipt(document, receipt!) : null;
    }
}
