using System.Collections.Concurrent;
using Grpc.Core;
using SsaShare.Agreements;
using SsaShare.Domain;
using SsaShare.Exchange;
using SsaShare.Peering;
using SsaShare.Protocol;
using SsaShare.Signing;

namespace SsaShare.Node;

/// <summary>
/// Signs for refusals of pulls. A reader that keeps asking gets the same document for a minute, so that it cannot keep this node signing; the log holds one
/// entry for each reason until the reader is answered again, and at most one a minute.
/// </summary>
public sealed class DenialDesk(NodeIdentity identity, INodeLog log, TimeProvider time, SigningPermit? permit = null)
{
    private static readonly TimeSpan Lasts = TimeSpan.FromMinutes(1);
    private readonly ConcurrentDictionary<(AgreementId, PartnerId, DenialReason), Word> _words = new();

    /// <summary>What the reader of each stream was told last; none where it has been answered since: an answer in the other stream says nothing of this one. With agreements and pinned partners as keys it cannot grow beyond them.</summary>
    private readonly ConcurrentDictionary<StreamKey, DenialReason> _standing = new();

    /// <summary>The refusal with the signed word on it; as it is where this node may sign nothing now.</summary>
    /// <param name="refused">Why.</param>
    /// <param name="stream">Which the reader asked for.</param>
    /// <param name="manifest">That the reader's cursor names.</param>
    public async Task<RpcException> SignAsync(PullDeniedException refused, StreamKey stream, Hash256? manifest)
    {
        if (permit is not null && permit.State != SigningState.Granted) return refused;
        var (signed, isNew) = Take(refused.Reason, stream.Agreement, stream.Peer, manifest);
        if (isNew && Change(stream, refused.Reason))
        {
            // Not the caller's token: a caller that hangs up is still written down.
            await log.AppendAsync([new LogEvent(LogKinds.DenialIssued, signed.ToJson()) { Peer = stream.Peer, Agreement = stream.Agreement }], CancellationToken.None);
        }
        return refused.With(signed);
    }

    /// <summary>The reader is answered: a later denial is news again.</summary>
    public void Answered(StreamKey stream) => _standing.TryRemove(stream, out _);

    private bool Change(StreamKey stream, DenialReason reason)
    {
        bool isNews = !_standing.TryGetValue(stream, out var before) || before != reason;
        _standing[stream] = reason;
        return isNews;
    }

    private (SignedDocument Signed, bool IsNew) Take(DenialReason reason, AgreementId agreement, PartnerId reader, Hash256? manifest)
    {
        var word = _words.GetOrAdd((agreement, reader, reason), _ => new Word());
        lock (word)
        {
            if (word.Signed is { } signed && time.GetElapsedTime(word.At) < Lasts) return (signed, false);
            word.Signed = DenialDocument.Sign(identity.SigningKey, agreement, identity.Partner, reader, reason, Utc.FromDateTime(time.GetUtcNow()), manifest);
            word.At = time.GetTimestamp();
            return (word.Signed, true);
        }
    }

    private sealed class Word
    {
        public SignedDocument? Signed { get; set; }
        public long At { get; set; }
    }
}
