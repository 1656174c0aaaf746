using SsaShare.Domain;
using SsaShare.Exchange;
using SsaShare.Signing;

namespace SsaShare.Storage;

/// <summary>Notices and receipts to rows, and back.</summary>
internal static class NoticeRows
{
    public static NoticeRow ToRow(this SignedNotice notice, long logIndex, IReadOnlyList<PartnerId> via) => new()
    {
        Id = notice.Id.ToArray(),
        LogIndex = logIndex,
        Publication = notice.Notice.Publication.ToArray(),
        Index = (short)notice.Notice.Index,
        Originator = notice.Notice.Originator.Value,
        Action = (short)notice.Notice.Action,
        Via = [.. via.Select(partner => partner.Value)],
        Document = notice.Document.Payload.ToArray(),
        KeyId = notice.Document.KeyId.Value.ToArray(),
        Signature = notice.Document.Signature.ToArray(),
    };

    public static NoticeReceiptRow ToRow(this SignedNoticeReceipt receipt, long logIndex, bool isOwn) => new()
    {
        Id = receipt.Document.Id.ToArray(),
        LogIndex = logIndex,
        Notice = receipt.Receipt.Notice.ToArray(),
        Receiver = receipt.Receipt.Receiver.Value,
        IsOwn = isOwn,
        Outcome = (short)receipt.Receipt.Outcome,
        Document = receipt.Document.Payload.ToArray(),
        KeyId = receipt.Document.KeyId.Value.ToArray(),
        Signature = receipt.Document.Signature.ToArray(),
    };

    public static SignedDocument Document(this NoticeReceiptRow row) => new(row.Document, new KeyId(new Hash256(row.KeyId)), row.Signature);

    /// <exception cref="InvalidDataException">The row was altered.</exception>
    public static SignedNotice ToNotice(this NoticeRow row)
        => DocumentJson.TryRead<NoticeDocument>(row.Document, DocumentContexts.Notice, out var notice)
            ? new SignedNotice(new SignedDocument(row.Document, new KeyId(new Hash256(row.KeyId)), row.Signature), notice)
            : throw new InvalidDataException($"Stored notice {Convert.ToHexStringLower(row.Id)} is damaged.");

    /// <exception cref="InvalidDataException">The row was altered.</exception>
    public static NoticeReceiptDocument ToReceipt(this NoticeReceiptRow row)
        => DocumentJson.TryRead<NoticeReceiptDocument>(row.Document, DocumentContexts.NoticeReceipt, out var receipt)
            ? receipt
            : throw new InvalidDataException($"Stored receipt {Convert.ToHexStringLower(row.Id)} is damaged.");
}
