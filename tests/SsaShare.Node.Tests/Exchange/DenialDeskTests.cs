using Grpc.Core;
using SsaShare.Agreements;
using SsaShare.Exchange;
using SsaShare.Peering;
using SsaShare.Peering.Tests;
using SsaShare.Protocol;
using SsaShare.Signing;

namespace SsaShare.Node.Tests;

public sealed class DenialDeskTests : IDisposable
{
    private static readonly AgreementId Agreement = new(Hash256.Of("an agreement"u8));
    private readonly ManualTime _time = new();
    private readonly MemoryNodeLog _log = new();
    private readonly Party _atlantic, _pacific;
    private readonly DenialDesk _desk;

    public DenialDeskTests()
    {
        (_atlantic, _pacific) = (Party.Create("atlantic", _time), Party.Create("pacific", _time));
        _desk = new DenialDesk(_atlantic.Identity, _log, _time);
    }

    [Fact]
    public async Task Sign_ReaderThatKeepsAsking_GetsTheSameDocumentForAMinuteAndOneLogEntry()
    {
        var first = await SignAsync(DenialReason.Suspended);
        _time.Advance(TimeSpan.FromSeconds(59));
        for (int i = 0; i < 1_000; i++) Assert.Equal(first.Id, (await SignAsync(DenialReason.Suspended)).Id);
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.NotEqual(first.Id, (await SignAsync(DenialReason.Suspended)).Id);
        Assert.Equal([LogKinds.DenialIssued], _log.Events.Select(one => one.Kind));
    }

    [Fact]
    public async Task Sign_AnotherReasonOrAfterAnAnswer_IsLoggedAnew()
    {
        await SignAsync(DenialReason.Suspended);
        await SignAsync(DenialReason.Revoked);
        Assert.Equal(2, _log.Events.Count);
        _desk.Answered(Stream);
        _time.Advance(TimeSpan.FromMinutes(1));
        await SignAsync(DenialReason.Revoked);
        Assert.Equal(3, _log.Events.Count);
    }

    /// <summary>A reader that presents a good cursor and a bad one by turns cannot fill the log.</summary>
    [Fact]
    public async Task Sign_AnsweredAndDeniedByTurns_LogsOneAMinute()
    {
        for (int i = 0; i < 100; i++)
        {
            await SignAsync(DenialReason.CursorOfOtherEpoch);
            _desk.Answered(Stream);
        }
        Assert.Single(_log.Events);
    }

    /// <summary>A reader whose urgent stream is answered while its routine one stays denied makes one entry, not one a minute.</summary>
    [Fact]
    public async Task Sign_OneStreamDeniedWhileTheOtherIsAnswered_IsLoggedOnce()
    {
        for (int i = 0; i < 5; i++)
        {
            await SignAsync(DenialReason.CursorAhead);
            _desk.Answered(Stream with { Priority = FeedPriority.Urgent });
            _time.Advance(TimeSpan.FromMinutes(1));
        }
        Assert.Single(_log.Events);
    }

    [Fact]
    public async Task Sign_WhileNothingMayBeSigned_GivesThePlainRefusal()
    {
        var desk = new DenialDesk(_atlantic.Identity, _log, _time, new SigningPermit());
        var refusal = await desk.SignAsync((PullDeniedException)Refusals.ExchangePaused(), Stream, null);
        Assert.Null(refusal.TryReadDenial());
        Assert.Empty(_log.Events);
    }

    public void Dispose()
    {
        _atlantic.Dispose();
        _pacific.Dispose();
    }

    private StreamKey Stream => new(Agreement, _pacific.Partner, FeedPriority.Routine);

    private async Task<SignedDocument> SignAsync(DenialReason reason)
    {
        var refused = new PullDeniedException(reason, new Status(StatusCode.FailedPrecondition, "no"));
        var refusal = await _desk.SignAsync(refused, Stream, Hash256.Of("manifest"u8));
        Assert.Equal((StatusCode.FailedPrecondition, "no"), (refusal.StatusCode, refusal.Status.Detail));
        var signed = refusal.TryReadDenial()!;
        Assert.True(signed.Verify(_atlantic.Card.Card.SigningKey, DocumentContexts.Denial));
        Assert.True(DocumentJson.TryRead<DenialDocument>(signed.Payload.Span, DocumentContexts.Denial, out var document));
        Assert.Equal((reason, Agreement, _atlantic.Partner, _pacific.Partner, Hash256.Of("manifest"u8)), (document.Reason, document.Agreement, document.Provider, document.Receiver, document.Manifest));
        return signed;
    }
}
