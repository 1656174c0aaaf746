using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using SsaShare.Agreements;
using SsaShare.Domain;
using SsaShare.Exchange;
using SsaShare.Protocol;
using SsaShare.Protocol.Exchange.V1;
using SsaShare.Signing;

namespace SsaShare.Scenario.Tests.Trust;

/// <summary>Cursors, receipts and limits that a peer made up.</summary>
[Collection(TrustTests.Name)]
public sealed class PullTests(TrustFixture trust)
{
    private const int PullRefused = 131;

    [Fact]
    public async Task Cursor_AlteredAtAnyByte_IsInvalid()
    {
        var partner = await trust.NewPartnerAsync();
        var (agreement, answer) = await FirstAsync(partner);
        for (int at = 0; at < answer.Cursor.Length; at += 7)
        {
            byte[] altered = answer.Cursor.ToByteArray();
            altered[at] ^= 1;
            await trust.RefusedAsync(StatusCode.InvalidArgument, PullRefused, () => PullAsync(partner, agreement, altered));
        }
        await trust.RefusedAsync(StatusCode.InvalidArgument, PullRefused, () => PullAsync(partner, agreement, [1]));
        await PullAsync(partner, agreement, answer.Cursor.ToByteArray());
    }

    [Fact]
    public async Task Cursor_OfAnotherAgreement_IsRefused()
    {
        var partner = await trust.NewPartnerAsync();
        var (_, other) = await FirstAsync(partner, "One");
        var (agreement, _) = await FirstAsync(partner, "Another");
        await trust.RefusedAsync(StatusCode.FailedPrecondition, PullRefused, () => PullAsync(partner, agreement, other.Cursor.ToByteArray()));
    }

    [Fact]
    public async Task Receipt_Forged_IsDeniedLoggedAndNotKept()
    {
        var partner = await trust.NewPartnerAsync();
        var (agreement, answer) = await FirstAsync(partner);
        var manifest = DocumentMapper.TryRead(answer.Manifest)!;
        Assert.True(DocumentJson.TryRead<ManifestDocument>(manifest.Payload.Span, DocumentContexts.Manifest, out var document));
        var good = new ReceiptDocument(DocumentContexts.Receipt.Text, manifest.Id, partner.Partner, document.ItemCount, document.ItemRoot, document.Watermark);
        (ReceiptDocument Receipt, SigningKey Key)[] forged =
        [
            (good, trust.Caribbean.Key),
            (good, trust.Stranger.Key),
            (good with { Receiver = trust.Caribbean.Partner }, trust.Caribbean.Key),
            (good with { Manifest = Hash256.Of("another"u8) }, partner.Key),
            (good with { ItemCount = good.ItemCount + 1 }, partner.Key),
            (good with { ItemRoot = Hash256.Of("others"u8) }, partner.Key),
        ];
        foreach (var (receipt, key) in forged)
        {
            var signed = SignedDocument.Sign(key, DocumentContexts.Receipt, DocumentJson.Write(receipt));
            await trust.RefusedAsync(StatusCode.PermissionDenied, PullRefused, () => PullAsync(partner, agreement, answer.Cursor.ToByteArray(), signed));
            await trust.RefusedAsync(StatusCode.PermissionDenied, PullRefused, () => PullAsync(partner, agreement, answer.Cursor.ToByteArray(), null, signed));
        }
        Assert.Contains("receipt:", await trust.RefusalOfAsync(partner), StringComparison.Ordinal);
        Assert.Equal(0L, await ReceiptsAsync(manifest.Id));

        await PullAsync(partner, agreement, answer.Cursor.ToByteArray(), SignedDocument.Sign(partner.Key, DocumentContexts.Receipt, DocumentJson.Write(good)));
        Assert.Equal(1L, await ReceiptsAsync(manifest.Id));
    }

    [Fact]
    public async Task EarlierReceipts_AreKeptOnceForTheirOwnAgreementAloneAndAtMostTwoAtATime()
    {
        var partner = await trust.NewPartnerAsync();
        var (agreement, answer) = await FirstAsync(partner);
        var (another, _) = await FirstAsync(partner, "Another");
        var manifest = DocumentMapper.TryRead(answer.Manifest)!;
        Assert.True(DocumentJson.TryRead<ManifestDocument>(manifest.Payload.Span, DocumentContexts.Manifest, out var document));
        var receipt = SignedDocument.Sign(partner.Key, DocumentContexts.Receipt,
            DocumentJson.Write(new ReceiptDocument(DocumentContexts.Receipt.Text, manifest.Id, partner.Partner, document.ItemCount, document.ItemRoot, document.Watermark)));
        await trust.RefusedAsync(StatusCode.PermissionDenied, PullRefused, () => PullAsync(partner, another, [], null, receipt));
        await trust.RefusedAsync(StatusCode.InvalidArgument, PullRefused, () => PullAsync(partner, agreement, [], null, receipt, receipt, receipt));
        Assert.Equal(0L, await ReceiptsAsync(manifest.Id));

        // It is for another manifest than the one that the cursor names: here none.
        await PullAsync(partner, agreement, [], null, receipt, receipt);
        await PullAsync(partner, agreement, answer.Cursor.ToByteArray(), receipt, receipt);
        Assert.Equal(1L, await ReceiptsAsync(manifest.Id));
    }

    [Fact]
    public async Task Limits_OutOfRange_AreInvalid()
    {
        var partner = await trust.NewPartnerAsync();
        var (agreement, _) = await FirstAsync(partner);
        foreach (var (records, wait) in new[] { (0, 0.0), (-1, 0), (10_001, 0), (1, -1), (1, 61) })
            await trust.RefusedAsync(StatusCode.InvalidArgument, PullRefused, () => partner.Exchange(trust.Node).PullAsync(new()
            {
                AgreementId = ByteString.CopyFrom(agreement.Value.ToArray()),
                RecordsMax = records,
                WaitMax = Duration.FromTimeSpan(TimeSpan.FromSeconds(wait)),
            }).ResponseAsync);
    }

    /// <summary>A fresh agreement with something to give, and the first answer under it.</summary>
    private async Task<(AgreementId, PullResponse)> FirstAsync(ActingPartner partner, string title = "Everything")
    {
        var agreement = await partner.AgreeAsync(trust.Node, Yaml.Everything(partner.Partner.Value, "atlantic", title));
        var answer = await PullAsync(partner, agreement, []);
        Assert.NotEmpty(answer.Slices);
        return (agreement, answer);
    }

    private async Task<PullResponse> PullAsync(ActingPartner partner, AgreementId agreement, byte[] cursor, SignedDocument? receipt = null, params IReadOnlyList<SignedDocument> earlier)
        => await partner.Exchange(trust.Node).PullAsync(new()
        {
            AgreementId = ByteString.CopyFrom(agreement.Value.ToArray()),
            Cursor = ByteString.CopyFrom(cursor),
            RecordsMax = 1_000,
            Receipt = receipt?.ToWire(),
            EarlierReceipts = { earlier.Select(one => one.ToWire()) },
        });

    private Task<long> ReceiptsAsync(Hash256 manifest) => trust.Node.ScalarAsync<long>($"SELECT count(*) FROM receipt_received WHERE manifest = '\\x{manifest}'");
}
