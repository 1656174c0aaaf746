using Google.Protobuf;
using SsaShare.Agreements;
using SsaShare.Domain;
using SsaShare.Exchange;
using V1 = SsaShare.Protocol.Exchange.V1;

namespace SsaShare.Protocol.Tests.Released;

/// <summary>Two adjacent versions of the protocol talk to each other: today's code takes what the release before it sent.</summary>
public sealed class PreviousReleaseTests
{
    private static readonly PartnerId Provider = PartnerId.Parse("atlantic"), Receiver = PartnerId.Parse("pacific");

    [Fact]
    public void Answers_OfTheReleaseBefore_AreTakenOneAfterTheOther()
    {
        var agreement = Release1.Agreement;
        var state = InboxState.Start;
        var items = new List<int>();
        for (int number = 1; number <= Release1.Pulls; number++)
        {
            var wire = Release1.Response(number);
            Assert.Equal(ProtocolVersions.First, ProtocolVersions.Of(wire.ProtocolVersion));
            var answer = PullMapper.TryRead(wire, out string fault);
            Assert.True(answer is not null, fault);
            Assert.True(DocumentJson.TryRead<ManifestDocument>(answer.Manifest.Payload.Span, DocumentContexts.Manifest, out var manifest));
            var expected = new ExpectedAnswer(agreement.Id, Provider, Receiver, FeedLanes.Of(agreement, Provider, Receiver), state) { Profile = agreement.Profile, Now = manifest.Watermark };
            var batch = Batch.Check(answer, expected, Release1.Keys, FeedLanes.ForReceiver(agreement, AgreementState.Active, Provider, Receiver, manifest.Watermark), out fault);
            Assert.True(batch is not null, fault);
            items.Add(batch.ItemCount);
            state = new InboxState(batch.Cursor, state.Positions.With(batch.Lane, batch.Manifest.ToPosition), batch.SignedManifest.Id, null) { LogSizeMin = batch.LogSizeMin };
        }
        // The sensor and five degraded observations, the five originals, nothing.
        Assert.Equal([6, 5, 0], items);
    }

    [Fact]
    public void Requests_OfTheReleaseBefore_SayNoVersionAndAskForRoutine()
    {
        for (int number = 1; number <= Release1.Pulls; number++)
        {
            var request = Release1.Request(number);
            Assert.Equal(ProtocolVersions.First, ProtocolVersions.Of(request.ProtocolVersion));
            Assert.Equal(V1.PullPriority.Unspecified, request.Priority);
            Assert.Equal(number > 1, request.Receipt is not null);
            Assert.Equal(number == 1 ? ByteString.Empty : Release1.Response(number - 1).Cursor, request.Cursor);
        }
        var receipt = DocumentMapper.TryRead(Release1.Request(2).Receipt)!;
        Assert.True(DocumentJson.TryRead<ReceiptDocument>(receipt.Payload.Span, DocumentContexts.Receipt, out var document));
        Assert.True(Release1.Keys.Verify(Receiver, receipt, DocumentContexts.Receipt, document.Received));
    }

    [Fact]
    public async Task Log_OfTheReleaseBefore_StillVerifies()
    {
        var report = await EvidenceVerifier.VerifyAsync(new MemoryStream(Release1.Read("atlantic.evidence")), [Release1.Atlantic, Release1.Pacific], TestContext.Current.CancellationToken);
        Assert.Empty(report.Findings);
        Assert.True(report.Succeeded);
    }
}
