using Npgsql;
using SsaShare.Agreements;
using SsaShare.Domain;
using SsaShare.Exchange;
using SsaShare.Signing;

namespace SsaShare.Storage.Tests;

/// <summary>Notices for records at a node of "atlantic", and what it gave to whom.</summary>
internal static class NoticeSample
{
    public static readonly PartnerId Caribbean = PartnerId.Parse("caribbean"), Indian = PartnerId.Parse("indian");
    public static readonly SigningKey CaribbeanKey = SigningKey.Generate(SignatureAlgorithm.EcdsaP256Sha256), PacificKey = SigningKey.Generate(SignatureAlgorithm.EcdsaP256Sha256);

    public static RecordPlace PlaceOf(this Publication publication, int index) => new(publication.Document.Id, index);

    /// <summary>As the originator of the publication signs it.</summary>
    public static SignedNotice Notice(this Publication publication, int index, NoticeAction action, string reason = "")
        => SignedNotice.Issue(Sample.Key, publication.Records[0].Record.Facts.Originator, publication.PlaceOf(index), action, null, reason, Sample.Now);

    /// <summary>Notices that came the same way.</summary>
    public static Task<IReadOnlyList<NoticeStanding>> ReceiveAsync(this INoticeStore store, IReadOnlyList<SignedNotice> notices, IReadOnlyList<PartnerId> via,
        Func<Hash256, NoticeOutcome, Epoch, SignedNoticeReceipt> sign, CancellationToken cancellationToken)
        => store.ReceiveAsync([.. notices.Select(notice => new BroughtNotice(notice, via))], sign, cancellationToken);

    /// <summary>This node's own receipts.</summary>
    public static SignedNoticeReceipt Sign(Hash256 notice, NoticeOutcome outcome, Epoch now) => NoticeReceiptDocument.Sign(Sample.Key, notice, Sample.Atlantic, outcome, now);

    public static SignedNoticeReceipt Receipt(SignedNotice notice, PartnerId receiver, SigningKey key, NoticeOutcome outcome) => NoticeReceiptDocument.Sign(key, notice.Id, receiver, outcome, Sample.Now);

    /// <summary>Writes into the ledger that some records of a publication were given.</summary>
    /// <returns>The manifest.</returns>
    public static async Task<Hash256> GiveAsync(this NodeFixture node, AgreementId agreement, PartnerId receiver, Publication publication, params int[] indices)
    {
        byte[] bits = new byte[indices.Max() / 8 + 1];
        foreach (int index in indices) bits[index / 8] |= (byte)(1 << (index % 8));
        byte[] manifest = Hash256.Of(Guid.NewGuid().ToByteArray()).ToArray();
        await ExecuteAsync(node, "INSERT INTO manifest_issued VALUES ($1, $2, $3, '', '', '')", manifest, agreement.Value.ToArray(), receiver.Value);
        await ExecuteAsync(node, "INSERT INTO release (manifest, ordinal, publication, profile, indexes) VALUES ($1, 0, $2, NULL, $3)", manifest, publication.Document.Id.ToArray(), bits);
        return new Hash256(manifest);
    }

    /// <summary>Keeps the receiver's receipt for a manifest.</summary>
    public static Task SignForAsync(this NodeFixture node, Hash256 manifest) => ExecuteAsync(node, "INSERT INTO receipt_received VALUES ($1, '', '', '')", manifest.ToArray());

    private static async Task ExecuteAsync(NodeFixture node, string sql, params object[] values)
    {
        await using var command = node.OwnerSource.CreateCommand(sql);
        foreach (object value in values) command.Parameters.Add(new NpgsqlParameter { Value = value });
        await command.ExecuteNonQueryAsync();
    }
}
