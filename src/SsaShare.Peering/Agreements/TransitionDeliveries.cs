using System.Collections.Concurrent;
using SsaShare.Agreements;
using SsaShare.Domain;

namespace SsaShare.Peering;

/// <summary>How many of this party's transitions each peer has acknowledged since the node started; before, they are brought again and acknowledged again.</summary>
public sealed class TransitionDeliveries
{
    private readonly ConcurrentDictionary<(PartnerId, AgreementId), int> _known = new();

    /// <summary>The highest number that the peer has acknowledged; 0 when none.</summary>
    public int KnownTo(PartnerId peer, AgreementId agreement) => _known.GetValueOrDefault((peer, agreement));

    /// <summary>The peer lacks something that it had: it was restored from a backup, perhaps. All is brought again.</summary>
    internal void Forget(PartnerId peer, AgreementId agreement) => _known.TryRemove((peer, agreement), out _);

    internal void Delivered(PartnerId peer, AgreementId agreement, int number) => _known[(peer, agreement)] = number;
}
